"""The static checks of use and of language: facts, values and accumulators that nothing needs, texts in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lipei.terms.document import Document
from lipei.terms.expressions import charged_key
from lipei.terms.faults import Found, Path, error, warning
from lipei.terms.parts import expressions_of, listed, parts_of
from lipei.terms.words import Words

FIRST_YEAR, LAST_YEAR = 1900, 2199
ZH_LATIN_MIN = 24
"""So many Latin letters and no Chinese sign in a Chinese text are hardly a name or an abbreviation."""
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_NAMED = re.compile(r"\{([A-Za-z0-9_]+)\}")
_BY_NAME = ("by", "dated_by", "starts", "about")


def use_faults(document: Document) -> Iterator[Found]:
    """What is declared and not used, texts in the wrong language, days of force that cannot be meant."""
    used = _names_used(document)
    declared = {"policy": [*document.policy], "facts": [*document.facts], "values": [*document.values]}
    for section, names in declared.items():
        for name in names:
            if name not in used:
                yield warning(
                    "unused",
                    (section, name),
                    Words(f"“{name}”没有用到", f"nothing uses “{name}”"),
                    Words("删掉，或在条件或步骤里用它", "remove it, or use it in a condition or step"),
                )
    yield from _unused_accumulators(document)
    yield from _languages(document)
    yield from _days(document)


def _names_used(document: Document) -> set[str]:
    used = {charged_key(name) for name in document.categories}
    for expression, _, _ in expressions_of(document):
        used.update(expression.names)
    for part, _ in parts_of(document):
        used.update(name for field in _BY_NAME if isinstance(name := getattr(part, field, None), str))
        label = getattr(part, "label", None)
        if isinstance(label, Words):
            used.update(_NAMED.findall(label.zh + label.en))
    return used


def _unused_accumulators(document: Document) -> Iterator[Found]:
    used = {
        getattr(part, name, None) for part, _ in parts_of(document) for name in ("accumulator", "family_accumulator")
    }
    for name in document.accumulators:
        if name not in used:
            yield warning(
                "unused-accumulator",
                ("accumulators", name),
                Words("没有步骤用到它", "no step uses it"),
                Words("删掉，或在步骤里用它", "remove it, or use it in a step"),
            )


def _languages(document: Document) -> Iterator[Found]:
    for part, path in parts_of(document):
        for name in type(part).model_fields:
            for value, here in listed(getattr(part, name), (*path, name)):
                if isinstance(value, Words):
                    yield from _language(value.zh, value.en, here)
    for at, clause in enumerate(document.clauses):
        yield from _language(clause.zh, clause.en, ("clauses", at))


def _language(zh: str, en: str, path: Path) -> Iterator[Found]:
    if _HAN.search(en):
        yield warning(
            "language",
            (*path, "en"),
            Words("英文里有汉字", "there are Chinese signs in the English text"),
            Words("en 写英文，zh 写中文", "write English in en and Chinese in zh"),
        )
    if not _HAN.search(zh) and len(_LATIN.findall(zh)) >= ZH_LATIN_MIN:
        yield warning(
            "language",
            (*path, "zh"),
            Words("中文里没有汉字", "there is no Chinese sign in the Chinese text"),
            Words("zh 写中文，en 写英文", "write Chinese in zh and English in en"),
        )


def _days(document: Document) -> Iterator[Found]:
    days = document.in_force
    if days.last is not None and days.last < days.first:
        yield error(
            "never-in-force",
            ("in_force", "last"),
            Words("最后一日早于第一日", "the last day is before the first"),
            Words("改正日期", "correct the dates"),
        )
    for name in ("first", "last"):
        day = getattr(days, name)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            yield error(
                "implausible-date",
                ("in_force", name),
                Words(f"{day.year} 年不会是真的", f"the year {day.year} cannot be meant"),
                Words(f"写 {FIRST_YEAR} 到 {LAST_YEAR} 年的日期", f"write a date from {FIRST_YEAR} to {LAST_YEAR}"),
            )
