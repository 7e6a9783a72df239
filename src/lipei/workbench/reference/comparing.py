"""Other terms tried over the claims on file: a terms document is given, checked like a new edition, and compared; nothing is changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lipei import products
from lipei.calculation.worked_cases import cases_said, run_cases
from lipei.filing.refusal import not_found
from lipei.settlement.comparing import COMPARED_MAX, Comparison, compare_terms
from lipei.terms.edition import Edition, clause_label, edition_of
from lipei.terms.faults import TermsFaults
from lipei.terms.words import Words

TERMS_BYTES_MAX = 1_000_000
FAULTS_SHOWN_MAX = 40
TOO_LARGE = Words("文件超过 1 MB，条款不会这么大。请看看是不是选错了文件。", "The file is above 1 MB; terms are never that large. See whether it is the right one.")
NOT_TEXT = Words("这个文件不是 UTF-8 文字。条款请用 YAML 或 JSON 保存为 UTF-8。", "This file is not UTF-8 text. Save the terms as YAML or JSON in UTF-8.")
NO_FILE = Words("还没有选文件。", "No file is chosen yet.")


@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Choose a terms document; see who would get more or less, the total, and by which clause."""
    try:
        present = products.named(code, edition=edition)
    except products.NoEdition as none:
        raise not_found(Words(f"没有条款 {code} {edition}。", f"There is no edition {edition} of {code}.")) from none
    context: dict[str, Any] = {"title": present.title, "product_code": code, "edition": edition, "compared_max": COMPARED_MAX}
    status = 200
    if request.method == "POST":
        context |= _tried(request, code)
        status = 200 if "result" in context else 422
    return render(request, "workbench/reference/compare.html", context, status=status)


def _tried(request: HttpRequest, code: str) -> dict[str, Any]:
    file = request.FILES.get("terms")
    if file is None:
        return {"fault": NO_FILE}
    if (file.size or 0) > TERMS_BYTES_MAX:
        return {"fault": TOO_LARGE}
    name = str(file.name)[:80]
    try:
        other = edition_of(file.read().decode(), source=name)
    except UnicodeDecodeError:
        return {"fault": NOT_TEXT, "file": name}
    except TermsFaults as faults:
        return {"faults": faults.faults[:FAULTS_SHOWN_MAX], "faults_count": len(faults.faults), "file": name}
    if other.document.product != code:
        here, there = code, other.document.product
        return {"fault": Words(f"这是产品 {there} 的条款，不是 {here}。", f"These are the terms of {there}, not of {here}."), "file": name}
    return {"result": shown(compare_terms(other), other), "file": name}


def shown(found: Comparison, other: Edition) -> dict[str, Any]:
    """A comparison as the page tells it."""
    results = run_cases(other)
    return {
        "found": found, "difference": found.then - found.now, "edition": other.document.edition, "is_cut": found.on_file > COMPARED_MAX,
        "cases_said": cases_said(results), "cases_pass": all(r.passes for r in results),
        "clauses": [{"label": clause_label(clause), "amount": amount} for clause, amount in found.by_clause],
    }
