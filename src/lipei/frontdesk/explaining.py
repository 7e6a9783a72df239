"""What is explained at the counter: the way a claim goes in plain words, and the days, from the law in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from lipei.claimfile.diary import law
from lipei.clocks import Event, readings
from lipei.clocks.clock import Clock
from lipei.terms.words import Words

STEPS: tuple[Words, ...] = (
    Words("申请签名、材料收下以后，我们立案，交给一位理赔员从头办到底。", "Once the application is signed and the papers are here, we register the claim; one handler sees it through."),
    Words("理赔员核对保单和保障，逐份看材料。缺什么，一次说全。", "The handler checks policy and cover and looks at each paper. What is missing is said once, all of it."),
    Words("费用逐项审核，按条款一步一步算；另一位同事复核。", "Costs are reviewed item by item and reckoned step by step by the contract; a colleague checks it."),
    Words("付不付、付多少，书面告诉您，每一笔都写明理由和条款。", "Whether we pay and how much, we tell you in writing, with reason and clause for every amount."),
    Words("您同意以后付款，只付到本人名下的账户。不同意，可以请我们复看，也可以投诉、诉讼。", "After you agree we pay, only to an account in the payee's own name. If you disagree, ask us to look again, complain, or go to court."),
)


@dataclass(frozen=True, slots=True)
class Time:
    """One time limit as told: what, how long, by which day when it can be said, and the law it comes from."""

    what: Words
    by: dt.date | None
    source: Words


_PLAIN: dict[str, Words] = {
    "determination": Words("决定付不付、付多少", "Whether we pay, and how much"),
    "payment": Words("说定以后付款", "Payment, after it is agreed"),
    "denial_notice": Words("不付的，书面写明理由", "A refusal, in writing with its reasons"),
}


def times(*, at: dt.datetime, line: str) -> tuple[Time, ...]:
    """The limits that begin with a claim request at `at`: decision, decision of a complex case, payment, refusal."""
    found = [
        Time(_what(r.clock, _PLAIN[kind]), r.due_day if r.is_open else None, r.clock.source.citation)
        for kind in _PLAIN
        for r in readings(law(at), events=[Event("claim_requested", at)], at=at, line=line)
        if r.id.split(".")[0] == kind
    ]
    return tuple(sorted(found, key=lambda time: time.by is None))


def _what(clock: Clock, plain: Words) -> Words:
    n, is_business = clock.period.amount, clock.period.day_type == "business"
    long = Words(f"{n} 个工作日" if is_business else f"{n} 日", f"{n} working days" if is_business else f"{n} days")
    tag = Words(f"（{clock.tag.zh}）", f" ({clock.tag.en})") if clock.tag else Words("：", ": ")
    joined = tag if not clock.tag else Words(f"{tag.zh}：", f"{tag.en}: ")
    return Words(f"{plain.zh}{joined.zh}{long.zh}", f"{plain.en}{joined.en}{long.en}")
