"""Reference data as it is in force: products with their editions and checks, the law's values with source and grade, texts of letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lipei import jurisdictions, products
from lipei.calculation.worked_cases import cases_said, run_cases
from lipei.clocks.source import GRADE_WORDS, Source
from lipei.communication.letters.wording import editions, in_force
from lipei.communication.letters.wording import letters as letter_names
from lipei.communication.wording_of_kinds import LETTER_KINDS
from lipei.filing.refusal import not_found
from lipei.jurisdictions.pack import Parameter
from lipei.staff.queries import branches, colleagues, partners
from lipei.terms.edition import clause_label
from lipei.terms.money import shown
from lipei.terms.words import Words, both, parted
from lipei.workbench.arriving import actor_in

NATURES = {
    "duty": Words("法律要我们做到", "the law binds us"),
    "promise": Words("指引或我们的承诺", "guidance, or our word"),
    "right": Words("我们的权利，过期作废", "our right, lost if unused"),
    "bar": Words("过了就不能再主张", "ends a right"),
    "hold": Words("必须保存到那时", "must be kept until then"),
}
DAY_TYPES = {
    "calendar": Words("{n} 日", "{n} day{s}"), "business": Words("{n} 个工作日", "{n} working day{s}"), "hour": Words("{n} 小时", "{n} hour{s}"),
    "month": Words("{n} 个月", "{n} month{s}"), "promptly": Words("及时", "promptly"),
}
UNITS = {"days": Words("{n} 日", "{n} day{s}"), "months": Words("{n} 个月", "{n} month{s}"), "count": Words("{n}", "{n}")}
TEXTS = {"frame": Words("信头和落款", "Letterhead and signature"), "remedies": Words("不同意怎么办", "Ways to disagree")}


@require_GET
def reference(request: HttpRequest) -> HttpResponse:
    """What there is, each with its number, and what is to be confirmed."""
    today, actor = timezone.localdate(), actor_in(request)
    pack = jurisdictions.load(settings.JURISDICTION, on=today)
    everybody = colleagues(today)
    context: dict[str, Any] = {
        "products": [
            {"title": e.title, "edition": e.document.edition, "first": e.document.in_force.first, "last": e.document.in_force.last,
             "now": e.document.in_force.holds(today) and one.is_fit, "clauses": len(e.document.clauses), "warnings": len(e.warnings),
             "is_fit": one.is_fit, "url": reverse("reference_product", args=(e.document.product, e.document.edition))}
            for one in products.all_checked() if (e := one.edition) is not None
        ],
        "unreadable": [{"source": one.source, "faults": one.faults[:3], "more": len(one.faults) - 3} for one in products.all_checked() if one.edition is None],
        "place": pack.name, "clocks": len(pack.clocks_in_force()), "parameters": len(pack.parameters_in_force()), "doubts": len(pack.doubts()),
        "branches": len(branches()), "working": sum(c.is_working for c in everybody), "away": sum(bool(c.away) for c in everybody),
        "partners": len(partners()), "letters": len(letter_names()), "may_change": "staff.change" in actor.verbs,
    }
    return render(request, "workbench/reference/reference.html", context)


@require_GET
def product(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """One edition: its clauses in their words, what it asks, and its worked cases run now."""
    try:
        found = products.named(code, edition=edition)
    except products.NoEdition as none:
        raise not_found(Words(f"没有条款 {code} {edition}。", f"There is no edition {edition} of {code}.")) from none
    document = found.document
    results = run_cases(found)
    context: dict[str, Any] = {
        "title": found.title, "product_code": code, "edition": edition, "currency": document.currency, "in_force": document.in_force, "fingerprint": found.fingerprint,
        "now": document.in_force.holds(timezone.localdate()), "warnings": found.warnings, "cases_said": cases_said(results),
        "cases": [{"name": r.case.name, "owed": r.case.owed, "passes": r.passes, "differences": r.differences} for r in results],
        "clauses": [{"label": clause_label(c.id), "heading": c.heading, "text": Words(c.zh, c.en)} for c in document.clauses],
        "coverages": [{"label": c.label, "about": c.about, "clause": clause_label(c.clause), "steps": len(c.steps)} for c in document.coverages],
        "documents": [{"label": d.label, "shows": d.shows, "clause": clause_label(d.clause)} for d in document.documents.values()],
    }
    return render(request, "workbench/reference/product.html", context)


@require_GET
def law(request: HttpRequest) -> HttpResponse:
    """The law's clocks and values in force today, each with source and grade; what was not read in the law itself is flagged."""
    pack = jurisdictions.load(settings.JURISDICTION, on=timezone.localdate())
    context: dict[str, Any] = {
        "place": pack.name, "on": pack.on,
        "clocks": [
            {"label": c.label, "tag": c.tag, "period": _counted(DAY_TYPES, c.period.day_type, c.period.amount), "nature": NATURES[c.nature],
             **_source(c.source), "since": c.effective_from}
            for c in pack.clocks_in_force()
        ],
        "parameters": [
            {"label": p.label, "value": _value(p), **_source(p.source), "since": p.effective_from} for p in pack.parameters_in_force()
        ],
        "doubts": [{"label": d.label, "what": d.what, **_source(d.source)} for d in pack.doubts()],
        "calendar": {"label": pack.counting.citation, **_source(pack.counting)},
    }
    return render(request, "workbench/reference/law.html", context)


def _source(source: Source) -> dict[str, Any]:
    return {
        "citation": source.citation, "words": source.words, "grade": source.grade, "grade_word": GRADE_WORDS[source.grade],
        "checked": source.last_checked, "note": source.note, "open": source.to_be_confirmed,
    }


def _counted(words: dict[str, Words], unit: str, number: int) -> Words:
    return words[unit].with_(n=number, s="" if number == 1 else "s") if unit in words else both(f"{number} {unit}")


def _value(parameter: Parameter) -> Words:
    value = parameter.value
    if isinstance(value, tuple):
        return both(f"{value[0]}/{value[1]}")
    return both(shown(value)) if parameter.unit == "amount" else _counted(UNITS, parameter.unit, value)


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """The texts of letters: each edition, who approved it, from when it is in force."""
    today = timezone.localdate()
    rows = [
        {"name": LETTER_KINDS.get(name) or TEXTS.get(name) or both(name), "edition": e.edition, "since": e.effective_from, "approved_by": parted(e.approved_by),
         "approved_on": e.approved_on, "now": in_force(name, on=today).edition == e.edition, "texts": len(e.words)}
        for name in _in_order(letter_names()) for e in reversed(editions(name))
    ]
    return render(request, "workbench/reference/letters.html", {"rows": rows})


def _in_order(names: Iterable[str]) -> list[str]:
    order = list(LETTER_KINDS)
    return sorted(names, key=lambda n: (order.index(n) if n in order else len(order), n))
