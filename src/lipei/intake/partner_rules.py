"""What a partner's report must hold, and how the facts it tells are read: values in, all faults out at once. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lipei.filing.refusal import Missing
from lipei.terms.edition import Edition
from lipei.terms.fact_values import fact_written, out_of_range, value_of_text, value_shown
from lipei.terms.faults import TextFault
from lipei.terms.money import AmountFault, amount_of, machine, shown
from lipei.terms.words import Words, both

NAME_CHARACTERS_MAX = 60
PHONE_CHARACTERS_MAX = 24
ACCOUNT_CHARACTERS_MAX = 4_000
TEXT_CHARACTERS_MAX = 200
TEXTS = {"hospital": Words("哪家医院", "Hospital"), "place": Words("在哪里", "Where"), "diagnosis": Words("诊断", "Diagnosis")}
COST = Words("大概花了多少", "Rough cost")


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact as it is kept (`value`, text) and as people read it."""

    name: str
    label: Words
    value: str
    shown: Words


def faults_of_report(*, name: str, phone: str, account: str) -> list[Missing]:
    """Who reports and what they say must be there, in a sensible length."""
    given = (
        ("reporter_name", Words("报案人姓名", "The reporter's name"), name, NAME_CHARACTERS_MAX),
        ("reporter_phone", Words("联系电话", "A phone number"), phone, PHONE_CHARACTERS_MAX),
        ("account", Words("经过（客户原话）", "What happened, in their own words"), account, ACCOUNT_CHARACTERS_MAX),
    )
    faults = []
    for field, label, text, most in given:
        faults += _text_faults(text, label=label, most=most, field=field)
        if not text.strip():
            faults.append(Missing(Words(f"缺少{label.zh}", f"{label.en} is missing"), field=field))
    digits = sum(c.isdigit() and c.isascii() for c in phone)
    if phone.strip() and not 7 <= digits <= 15:
        faults.append(Missing(Words("联系电话应有 7 至 15 位数字", "A phone number has 7 to 15 digits"), field="reporter_phone"))
    return faults


def _text_faults(text: str, *, label: Words, most: int, field: str) -> list[Missing]:
    faults = []
    if len(text) > most:
        faults.append(Missing(Words(f"{label.zh}有 {len(text)} 个字，最多 {most} 个", f"{label.en} has {len(text)} characters; the most is {most}"), field=field))
    if any((ord(c) < 32 and c not in "\n\r\t") or 0xD800 <= ord(c) <= 0xDFFF for c in text):
        faults.append(Missing(Words(f"{label.zh}里有控制字符", f"{label.en} holds control characters"), field=field))
    return faults


def facts_read(edition: Edition, texts: Mapping[str, str], *, today: date) -> tuple[tuple[FactRead, ...], list[Missing]]:
    """The facts told, each by the terms' own kinds; else every fault, each with its field `facts.<name>`."""
    found: list[FactRead] = []
    faults: list[Missing] = []
    for name, text in texts.items():
        fact, wrong = _fact(edition, name, text, today=today)
        faults += [Missing(w, field=f"facts.{name}"[:80]) for w in wrong]
        if fact is not None and not wrong:
            found.append(fact)
    return tuple(found), faults


def _fact(edition: Edition, name: str, text: str, *, today: date) -> tuple[FactRead | None, list[Words]]:
    if name in TEXTS:
        wrong = [m.what for m in _text_faults(text, label=TEXTS[name], most=TEXT_CHARACTERS_MAX, field="")]
        return FactRead(name, TEXTS[name], text.strip(), both(text.strip())) if text.strip() else None, wrong
    try:
        if name == "estimated_cost":
            fen = amount_of(text)
            return FactRead(name, COST, machine(fen), both(shown(fen))), [] if fen > 0 else [Words("金额要大于零", "the amount must be above zero")]
        spec = edition.document.facts.get(name)
        if spec is None:
            return None, [Words(f"这一产品没有“{name[:40]}”这件事实", f"this product has no fact “{name[:40]}”")]
        value = value_of_text(spec, text)
    except AmountFault as fault:
        return None, [fault.words]
    except TextFault as fault:
        return None, [Words(f"{fault.what.zh}，{fault.cure.zh}", f"{fault.what.en}; {fault.cure.en}")]
    beyond = out_of_range(spec, value)
    late = [Words(f"{value} 还没有到", f"{value} has not come yet")] if isinstance(value, date) and value > today else []
    shown_value = value_shown(spec.kind, value, spec.choices)
    return FactRead(name, spec.label, fact_written(spec, value), shown_value), [*([beyond] if beyond else []), *late]
