"""What a letter must hold before it may go: decision first, every cut with fact and quoted clause, remedies, a person.

All faults are told at once, each with its field and a cure. Sources: Insurance Law art. 22 (one request), 23 (amount and
date), 24 (refusal in writing with reasons), 26 (limitation); Interpretation II art. 9 (deductibles, ratios and exclusions
must be shown with their clause).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lipei.communication.letters import parts as p
from lipei.communication.letters import schemas as s
from lipei.communication.letters.amounts import in_words
from lipei.communication.letters.faults import LetterFault
from lipei.speech import check
from lipei.terms import money
from lipei.terms.words import LANGUAGES, Words, both

PAY_DAYS_MAX = 10  # Insurance Law art. 23: within ten days of the agreement on payment
REFUSAL_DAYS_MAX = 3  # Insurance Law art. 24: within three days of the determination
OWN_WORDS = frozenset({"text", "account_of", "other_insurance"})  # quoted from contract or customer: never corrected

_FAULTS: dict[str, Words] = {
    "sum_wrong": Words(
        "各项加减得 {found}，信里写的是 {written}；请核对每一行",
        "the lines come to {found}, the letter says {written}; please check each line",
    ),
    "nothing_owed": Words(
        "应付是 0 却写了付款日或账户；请删去，或改用拒赔通知书",
        "nothing is owed, yet a date or account is given; take it out, or write a refusal",
    ),
    "pay_date_missing": Words("没有写最晚哪天付到", "the latest day of payment is missing"),
    "account_missing": Words("没有写付到哪个账户", "the account to be paid is missing"),
    "pay_date_past": Words(
        "付款日 {day} 早于信的日期 {date}", "the day of payment {day} is before the letter’s date {date}"
    ),
    "pay_date_late": Words(
        "付款日 {day} 超过发信后 {most} 日（《保险法》第二十三条）",
        "the day of payment {day} is more than {most} days after the letter (Insurance Law art. 23)",
    ),
    "fact_missing": Words("“{label}”没有写事实依据", "“{label}” gives no fact"),
    "clause_missing": Words("“{label}”没有写依据哪一条", "“{label}” names no clause"),
    "clause_text_missing": Words("“{label}”引的{clause}没有抄条款原文", "“{label}” cites {clause} without its words"),
    "refused_missing": Words("没有写不付哪一项、为什么", "no refused item with its reasons"),
    "refused_sum_wrong": Words(
        "不付的各项合计 {found}，申请的是 {written}", "the refused items come to {found}, the claim is for {written}"
    ),
    "change_missing": Words(
        "没有写什么可以改变这个决定；确实没有的，请写明“没有”和原因",
        "nothing says what could change the decision; if truly nothing can, say so and why",
    ),
    "refusal_late": Words(
        "决定是 {decided} 作出的，信的日期是 {date}，超过 {most} 日（《保险法》第二十四条）；请今天发出，并告诉主管",
        "decided on {decided}, dated {date}: more than {most} days (Insurance Law art. 24); send it today and tell your supervisor",
    ),
    "decided_after_letter": Words(
        "决定的日期 {decided} 晚于信的日期 {date}", "the decision of {decided} is later than the letter of {date}"
    ),
    "phone_missing": Words(
        "没有写“{name}”的电话，客户找不到人", "no phone for {name}: the customer cannot reach anyone"
    ),
    "papers_missing": Words("没有写要补哪几份材料", "no paper is asked for"),
    "paper_twice": Words("“{label}”写了两次", "“{label}” is asked for twice"),
    "nothing_received": Words("没有写收到了哪些材料", "no received paper is named"),
    "day_in_past": Words(
        "“{field}”是 {day}，早于信的日期 {date}", "“{field}” is {day}, before the letter’s date {date}"
    ),
    "payment_missing": Words("写的是已付结案，却没有一笔付款", "closed as paid, but no payment is given"),
    "reason_missing": Words("没有写为什么这样结案", "the reason for this ending is missing"),
    "payment_later": Words(
        "付款日期 {day} 晚于结案日期 {date}", "the payment of {day} is later than the closing on {date}"
    ),
    "step_clause_missing": Words("第 {label} 步没有写依据哪一条", "step {label} names no clause"),
    "steps_missing": Words(
        "“{label}”没有一步算式，也没有写为什么不付", "“{label}” shows no step, nor why nothing is paid"
    ),
    "number_twice": Words("保管号 {label} 写了两次", "custody number {label} appears twice"),
    "not_on_page": Words(
        "印出来的信里没有“{label}”；请检查这封信的文本版本",
        "the composed letter lacks “{label}”; please check this letter’s texts",
    ),
    "not_first": Words(
        "第一句话里没有“{label}”；决定要写在最前面", "the first sentence lacks “{label}”; the decision comes first"
    ),
}


_BARRED = Words("“{found}”：{why}可以这样写：{better}", "“{found}”: {why} Better: {better}")


def _fault(code: str, where: str, **values: object) -> LetterFault:
    said = {name: value if isinstance(value, Words) else both(str(value)) for name, value in values.items()}
    return LetterFault(code=code, where=where, words=_FAULTS[code].with_(**said))


def must_hold(letter: s.AnyLetter) -> tuple[LetterFault, ...]:
    """All that keeps this letter from going, judged from its data; empty when it may go."""
    return (*_reachable(letter), *_by_kind(letter), *_speech(letter))


def _by_kind(letter: s.AnyLetter) -> Iterator[LetterFault]:
    match letter:
        case s.DecisionPay():
            yield from _reckoned(letter, refused=0)
        case s.DecisionPart():
            yield from _reckoned(letter, refused=sum(item.amount for item in letter.refused))
            yield from _refusals(letter.refused)
        case s.DecisionRefuse():
            yield from _refuse(letter)
        case s.Acknowledgement():
            yield from _acknowledged(letter)
        case s.SupplementNotice():
            yield from _supplement(letter)
        case s.Closing():
            yield from _closed(letter)
        case s.CalculationStatement():
            yield from _calculated(letter)
        case s.CustodyReceipt():
            yield from _kept(letter)
        case s.ComplaintReceipt():
            yield from _complained(letter)
        case s.ClaimForm():
            return


def _reachable(letter: s.AnyLetter) -> Iterator[LetterFault]:
    """Each letter names a person with a phone; a decision names one more, to talk to about it."""
    if letter.handler.phone is None:
        yield _fault("phone_missing", "handler.phone", name=letter.handler.name)
    remedies = getattr(letter, "remedies", None)
    if isinstance(remedies, p.Remedies) and remedies.ask.phone is None:
        yield _fault("phone_missing", "remedies.ask.phone", name=remedies.ask.name)


def _complained(letter: s.ComplaintReceipt) -> Iterator[LetterFault]:
    """The complainant can reach whoever looks into it, and the day of the answer is still to come."""
    if letter.owner.phone is None:
        yield _fault("phone_missing", "owner.phone", name=letter.owner.name)
    if letter.answer_by is not None and letter.answer_by < letter.date:
        yield _fault("day_in_past", "answer_by", field="answer_by", day=letter.answer_by, date=letter.date)


def _reckoned(letter: s.DecisionPay | s.DecisionPart, *, refused: int) -> Iterator[LetterFault]:
    found = (
        letter.asked - refused + sum(line.amount if line.effect == "plus" else -line.amount for line in letter.lines)
    )
    if found != letter.owed:
        yield _fault("sum_wrong", "owed", found=money.shown(found), written=money.shown(letter.owed))
    yield from _paid(letter)
    for index, line in enumerate(letter.lines):
        yield from _cited(line.label, line.clauses, f"lines[{index}]", must_quote=line.effect == "less")


def _paid(letter: s.DecisionPay | s.DecisionPart) -> Iterator[LetterFault]:
    if letter.owed == 0:
        if letter.pay_by is not None or letter.account is not None:
            yield _fault("nothing_owed", "owed")
        return
    if letter.account is None:
        yield _fault("account_missing", "account")
    if letter.pay_by is None:
        yield _fault("pay_date_missing", "pay_by")
    elif letter.pay_by < letter.date:
        yield _fault("pay_date_past", "pay_by", day=letter.pay_by, date=letter.date)
    elif (letter.pay_by - letter.date).days > PAY_DAYS_MAX:
        yield _fault("pay_date_late", "pay_by", day=letter.pay_by, most=PAY_DAYS_MAX)


def _cited(label: Words, clauses: Iterable[p.Clause], where: str, *, must_quote: bool) -> Iterator[LetterFault]:
    named = tuple(clauses)
    if not named:
        yield _fault("clause_missing", f"{where}.clauses", label=label)
    for clause in named if must_quote else ():
        if clause.text is None:
            yield _fault("clause_text_missing", f"{where}.clauses", label=label, clause=clause.label)


def _refusals(refused: tuple[p.Refusal, ...]) -> Iterator[LetterFault]:
    if not refused:
        yield _fault("refused_missing", "refused")
    for index, item in enumerate(refused):
        where = f"refused[{index}]"
        if not item.facts:
            yield _fault("fact_missing", f"{where}.facts", label=item.label)
        yield from _cited(item.label, item.clauses, where, must_quote=True)


def _refuse(letter: s.DecisionRefuse) -> Iterator[LetterFault]:
    yield from _refusals(letter.refused)
    found = sum(item.amount for item in letter.refused)
    if letter.refused and found != letter.asked:
        yield _fault("refused_sum_wrong", "refused", found=money.shown(found), written=money.shown(letter.asked))
    if not letter.changes:
        yield _fault("change_missing", "changes")
    late = (letter.date - letter.determined_on).days
    if late < 0:
        yield _fault("decided_after_letter", "determined_on", decided=letter.determined_on, date=letter.date)
    if late > REFUSAL_DAYS_MAX:
        yield _fault("refusal_late", "date", decided=letter.determined_on, date=letter.date, most=REFUSAL_DAYS_MAX)


def _acknowledged(letter: s.Acknowledgement) -> Iterator[LetterFault]:
    if not letter.received:
        yield _fault("nothing_received", "received")
    if letter.hear_by < letter.date:
        yield _fault("day_in_past", "hear_by", field="hear_by", day=letter.hear_by, date=letter.date)


def _supplement(letter: s.SupplementNotice) -> Iterator[LetterFault]:
    if not letter.papers:
        yield _fault("papers_missing", "papers")
    names = [paper.name for paper in letter.papers]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield _fault("paper_twice", f"papers[{index}].name", label=name)
    if letter.wanted_by is not None and letter.wanted_by < letter.date:
        yield _fault("day_in_past", "wanted_by", field="wanted_by", day=letter.wanted_by, date=letter.date)


def _closed(letter: s.Closing) -> Iterator[LetterFault]:
    if letter.ending == "paid" and not letter.payments:
        yield _fault("payment_missing", "payments")
    if letter.ending != "paid" and letter.reason is None:
        yield _fault("reason_missing", "reason")
    for index, payment in enumerate(letter.payments):
        if payment.on > letter.closed_on:
            yield _fault("payment_later", f"payments[{index}].on", day=payment.on, date=letter.closed_on)


def _calculated(letter: s.CalculationStatement) -> Iterator[LetterFault]:
    found = sum(coverage.owed for coverage in letter.coverages)
    if found != letter.owed:
        yield _fault("sum_wrong", "owed", found=money.shown(found), written=money.shown(letter.owed))
    for at, coverage in enumerate(letter.coverages):
        last = coverage.steps[-1].after if coverage.steps else 0
        if coverage.stop is None and not coverage.steps:
            yield _fault("steps_missing", f"coverages[{at}].steps", label=coverage.name)
        if last != coverage.owed:
            yield _fault(
                "sum_wrong", f"coverages[{at}].owed", found=money.shown(last), written=money.shown(coverage.owed)
            )
        for index, step in enumerate(coverage.steps):
            if step.bound and step.clause is None:
                yield _fault("step_clause_missing", f"coverages[{at}].steps[{index}].clause", label=step.number)


def _kept(letter: s.CustodyReceipt) -> Iterator[LetterFault]:
    numbers = [paper.number for paper in letter.papers]
    for index, number in enumerate(numbers):
        if number in numbers[:index]:
            yield _fault("number_twice", f"papers[{index}].number", label=number)
    if letter.contact_by is not None and letter.contact_by < letter.date:
        yield _fault("day_in_past", "contact_by", field="contact_by", day=letter.contact_by, date=letter.date)


def _written_in(value: object, where: str) -> Iterator[tuple[str, Words]]:
    """Every text of ours in the letter with its place; quoted words are left alone."""
    if isinstance(value, Words):
        yield where, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _written_in(item, f"{where}[{index}]")
    elif isinstance(value, p.Part):
        for name in type(value).model_fields:
            if name not in OWN_WORDS:
                yield from _written_in(getattr(value, name), f"{where}.{name}".lstrip("."))


def _speech(letter: s.AnyLetter) -> Iterator[LetterFault]:
    """What the speech checks hold up in our own words, in both languages: a letter can always be printed in the other one."""
    for where, words in _written_in(letter, ""):
        for language in LANGUAGES:
            for hint in check(words.in_(language), language=language, kind="letter"):
                if hint.severity == "blocks":
                    yield LetterFault("barred_phrase", where, _BARRED.with_(found=both(hint.words), why=hint.why, better=hint.better))


def page_must_hold(letter: s.AnyLetter, page: Mapping[str, Any]) -> tuple[LetterFault, ...]:
    """What the composed page must show: the decision in its first sentence, then clauses, remedies and a person."""
    blocks = page["blocks"]
    whole = _plain(json.dumps(blocks, ensure_ascii=False))
    first = "".join(run["t"] for block in blocks if block["is"] == "lead" for run in block["runs"])
    missing_first = [_fault("not_first", "texts", label=word) for word in _first_words(letter) if word not in first]
    missing = [
        _fault("not_on_page", "texts", label=word) for word in _words_on_page(letter) if _plain(word) not in whole
    ]
    return (*missing_first, *missing)


def _plain(text: str) -> str:
    return re.sub(r'[\\"]', "", text)


def _first_words(letter: s.AnyLetter) -> Iterator[str]:
    """What the first sentence of a letter has to say."""
    match letter:
        case s.DecisionPay() | s.DecisionPart():
            yield from (money.plain(letter.owed), in_words(letter.owed).in_(letter.language))
            if letter.pay_by is not None:
                yield letter.pay_by.isoformat()
        case s.DecisionRefuse():
            yield from (money.plain(letter.asked), in_words(letter.asked).in_(letter.language))
        case s.Acknowledgement():
            yield from (letter.requested_on.isoformat(), letter.hear_by.isoformat())
        case s.Closing():
            yield letter.closed_on.isoformat()
        case s.ComplaintReceipt():
            yield letter.number
        case _:
            return


def _words_on_page(letter: s.AnyLetter) -> Iterator[str]:
    """What must stand somewhere in the letter."""
    language = letter.language
    yield letter.handler.name.in_(language)
    if isinstance(letter, s.ComplaintReceipt):
        yield from (letter.number, letter.owner.name.in_(language))
    remedies = getattr(letter, "remedies", None)
    if isinstance(remedies, p.Remedies):
        yield from (remedies.regulator_phone, str(remedies.review_days), remedies.ask.name.in_(language))
    for item in (*getattr(letter, "lines", ()), *getattr(letter, "refused", ())):
        yield from (clause.label.in_(language) for clause in getattr(item, "clauses", ()))
