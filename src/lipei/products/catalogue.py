"""The page of all products: what each covers, which steps it shows, its editions and how many worked cases it has."""

from __future__ import annotations

from itertools import groupby

from lipei import products
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.edition import Edition
from lipei.terms.words import Words

COMMON_STEPS = frozenset({"sum", "round"})
"""Steps that nearly every coverage has; the page leaves them out."""
HEAD = """# The products

Policy terms of invented companies, in our own words, one folder each in `src/lipei/products/`. Each line of business has at least one; each edition
comes with worked cases (`lipei products test`): calculated by hand before they were run, but for those that only try an exclusion, which owe nothing. This page is what
`python -m lipei.products.catalogue` prints; a test keeps it so.

| product | line, place | covers | steps that it shows | editions: worked cases |
|---|---|---|---|---|
"""


def page() -> str:
    """The page as Markdown, in English with the Chinese titles."""
    found = [
        list(editions) for _, editions in groupby(products.editions(), key=lambda edition: edition.document.product)
    ]
    total = sum(len(edition.document.cases) for editions in found for edition in editions)
    rows = "".join(_row(editions) for editions in found)
    count = sum(len(editions) for editions in found)
    used = {name for editions in found for name in _steps(editions)} | COMMON_STEPS
    unused = ", ".join(f"`{name}`" for name in STEP_NAMES if name not in used)
    counted = f"{len(found)} products, {count} editions, {total} worked cases."
    return f"{HEAD}{rows}\n{counted} Steps that no product needs yet: {unused}.\n"


def _row(editions: list[Edition]) -> str:
    document = editions[-1].document
    covers = "; ".join(f"{_said(coverage.label)} ({_said(coverage.about)})" for coverage in document.coverages)
    steps = ", ".join(f"`{name}`" for name in _steps(editions))
    cases = ", ".join(
        f"{edition.document.edition} (from {edition.document.in_force.first.isoformat()}): {len(edition.document.cases)}"
        for edition in editions
    )
    title = f"`{document.product}` {document.title.zh} {document.title.en}"
    return (
        f"| {title} | {document.line}, {document.jurisdiction}, {document.currency} | {covers} | {steps} | {cases} |\n"
    )


def _said(words: Words) -> str:
    return words.en.replace("|", "/")


def _steps(editions: list[Edition]) -> list[str]:
    """The steps and the steps of exceptions that the editions use, in order of their names."""
    every = [step for edition in editions for coverage in edition.document.coverages for step in coverage.steps]
    instead = [one.instead.step for step in every for one in step.exceptions if not isinstance(one.instead, str)]
    return sorted({*(step.step for step in every), *instead} - COMMON_STEPS)


if __name__ == "__main__":
    print(page(), end="")
