"""Who may decide what, where the money may go, and which decision a calculation leads to. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from lipei.claimfile.stages import MILESTONES
from lipei.filing.refusal import Missing
from lipei.terms.money import shown
from lipei.terms.words import Words

Kind = Literal["pay", "part", "zero", "refuse"]
KINDS: dict[str, Words] = {
    "pay": Words("同意给付", "Pay"),
    "part": Words("部分给付", "Pay in part"),
    "zero": Words("属于保障范围，应付为零", "Covered, nothing is owed"),
    "refuse": Words("不属于保障范围", "Not covered"),
}
ORGANISATION = "organisation"
"""What stands in place of a document where the payee is no person: a court, a hospital, a company."""
ACCOUNT_DIGITS = range(8, 33)
CARD_DIGITS = range(13, 20)
REASON_CHARACTERS_MIN = 6
REASON_CHARACTERS_MAX = 2_000


def kind_of(*, owed: int, is_cut: bool, all_stopped: bool) -> Kind:
    """The decision a calculation leads to: owed in fen, whether anything was cut, whether every coverage stopped."""
    if owed > 0:
        return "part" if is_cut else "pay"
    return "refuse" if all_stopped else "zero"


def authority_needed(kind: str, *, owed: int, claimed: int) -> int:
    """The amount (fen) that must lie within authority: what is paid, or – to say no – what was asked for."""
    return claimed if kind in ("refuse", "zero") else owed


def reason_faults(reason: str, *, field: str = "reason") -> list[Missing]:
    """A reason is a sentence: it goes into the letter or to the colleague."""
    n = len(reason.strip())
    if n < REASON_CHARACTERS_MIN:
        return [Missing(Words("还没有写理由", "The reason is missing"), do=Words("请写一句完整的话，说明依据什么。", "Write a whole sentence that says what it rests on."), field=field)]
    if n > REASON_CHARACTERS_MAX:
        what = Words(f"理由有 {n:,} 个字，最多 {REASON_CHARACTERS_MAX:,} 个", f"The reason has {n:,} characters; the most is {REASON_CHARACTERS_MAX:,}")
        return [Missing(what, do=Words("请写短一些，细节放到记录里。", "Shorten it and put the details into a note."), field=field)]
    return []


def kind_faults(asked: str, *, proposed: str, owed: int, where: tuple[str, tuple[str | int, ...]]) -> list[Missing]:
    """A decision follows the calculation; who thinks otherwise sends it back with what to change."""
    if asked == proposed:
        return []
    if asked not in KINDS:
        return [Missing(Words("还没有选怎么决定", "No decision was chosen"), field="decision")]
    name = KINDS[asked]
    if asked == "refuse":
        what = Words(f"按条款和档案里的事实应付 {shown(owed)}，不能拒赔" if owed else "按条款属于保障范围，只是应付为零，不能拒赔",
                     f"by the terms and the facts on file {shown(owed)} is owed; it cannot be refused" if owed else "by the terms it is covered and only nothing is owed; it cannot be refused")
    else:
        said = KINDS[proposed]
        what = Words(f"计算的结果是“{said.zh}”，不是“{name.zh}”", f"the calculation leads to “{said.en}”, not “{name.en}”")
    why = Words("决定要和计算一致。有不同看法，请退回，写明要改哪件事实。", "The decision follows the calculation. To see it otherwise, return it and say which fact must change.")
    return [Missing(what, why=why, where=where, field="decision")]


# ---------- adjustments ----------

GROUND_CHARACTERS_MAX = 400


def adjustment_faults(choice: str, *, difference: int, reason: str, ground: str) -> list[Missing]:
    """What is missing to accept a proposed adjustment or to leave the claim as it was told; `difference` in fen, below zero lowers.

    Whichever leaves the customer with less than the other – accepting less, or leaving out more – names its legal ground.
    """
    faults = [] if choice in ("accept", "leave") else [Missing(Words("还没有选怎么处理", "No choice was made"), field="choice")]
    faults += reason_faults(reason)
    is_against = difference < 0 if choice == "accept" else difference > 0
    if is_against and choice in ("accept", "leave") and not ground.strip():
        what = Words("还没有写法律依据", "The legal ground is missing")
        do = Words("这样定，客户比另一种定法少得。请写明依据的法条或条款。", "This leaves the customer with less. Name the article or the clause that allows it.")
        faults.append(Missing(what, do=do, field="ground"))
    if len(ground.strip()) > GROUND_CHARACTERS_MAX:
        faults.append(Missing(Words(f"法律依据最多 {GROUND_CHARACTERS_MAX} 个字", f"the legal ground may have {GROUND_CHARACTERS_MAX} characters"), field="ground"))
    return faults


# ---------- the payee ----------


def luhn_holds(number: str) -> bool:
    """Whether the last digit of a bank card number is the right check digit (Luhn)."""
    digits = [int(c) for c in reversed(number)]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[1::2])
    return (sum(digits[0::2]) + doubled) % 10 == 0


@dataclass(frozen=True, slots=True)
class PayeeSeen:
    """What is checked of a payee; `people` are the names of the claim's own people, `persons` those of them known to be natural persons.

    `is_organisation`: the account of a court, a hospital, a company. `is_consented`: the customer agreed that account data is noted.
    """

    name: str
    bank_name: str
    account: str
    account_name: str
    authority: str
    people: frozenset[str]
    persons: frozenset[str]
    is_organisation: bool
    is_consented: bool


def payee_faults(payee: PayeeSeen, *, number: str) -> list[Missing]:
    """Everything that stands against paying to this account, all at once."""
    faults = _consent_faults(payee, number=number)
    name, holder = _plain(payee.name), _plain(payee.account_name)
    if not name:
        faults.append(Missing(Words("还没有写收款人", "The payee's name is missing"), field="name"))
    if not payee.bank_name.strip():
        faults.append(Missing(Words("还没有写开户银行", "The bank is missing"), field="bank_name"))
    faults += _account_faults(payee.account)
    if not holder:
        faults.append(Missing(Words("还没有写账户户名", "The name on the account is missing"), field="bank_account_name"))
    elif name and holder != name:
        faults.append(Missing(
            Words(f"账户户名“{payee.account_name.strip()}”不是收款人“{payee.name.strip()}”", f"the account is in the name “{payee.account_name.strip()}”, not “{payee.name.strip()}”"),
            why=Words("钱只付到本人名下。", "Money goes only to an account in the payee's own name."), field="bank_account_name",
        ))
    if name and name not in {_plain(p) for p in payee.people} and not payee.authority.strip():
        faults.append(Missing(
            Words(f"“{payee.name.strip()}”不是本案的当事人", f"“{payee.name.strip()}” is not a person of this claim"),
            why=Words("付给别人，要写明凭什么：委托书、监护或继承的证明。", "To pay somebody else, say what entitles them: mandate, guardianship or succession papers."), field="authority",
        ))
    return faults


def _consent_faults(payee: PayeeSeen, *, number: str) -> list[Missing]:
    """A person's account is noted with the customer's separate consent only (PIPL 29); an organisation's is no personal data."""
    if payee.is_organisation:
        if _plain(payee.name) not in {_plain(p) for p in payee.persons}:
            return []
        return [Missing(Words(f"“{payee.name.strip()}”是个人，不是单位", f"“{payee.name.strip()}” is a person, not an organisation"), do=Words("请选“个人的账户”。", "Choose “of a person”."), field="holder")]
    if payee.is_consented:
        return []
    kind = MILESTONES["account_consented"]
    return [Missing(kind.missing, why=kind.why, do=Words("请先问客户，念给客户听，把答复记下来。", "Ask the customer first: read the text out and record the answer."), where=(kind.place, (number,)))]


def account_number(text: str) -> str:
    """The digits of an account as people write them: spaces and hyphens dropped, full-width digits made plain."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "")


def _account_faults(account: str) -> list[Missing]:
    number = account_number(account)
    if not number:
        return [Missing(Words("还没有写账号", "The account number is missing"), field="bank_account")]
    tail = number[-4:]
    if not (number.isascii() and number.isdigit()):
        return [Missing(Words("账号里有不是数字的字符", "The account number holds something that is not a digit"), do=Words("请只写数字，空格可以有。", "Write digits only; spaces may stand between."), field="bank_account")]
    if len(number) not in ACCOUNT_DIGITS:
        return [Missing(Words(f"账号有 {len(number)} 位，应为 8 至 32 位", f"the account number has {len(number)} digits; it must have 8 to 32"), field="bank_account")]
    if len(number) in CARD_DIGITS and not luhn_holds(number):
        what = Words(f"尾号 {tail} 的账号校验位不对", f"the check digit of the account ending in {tail} is wrong")
        return [Missing(what, do=Words("请对着银行卡再读一遍。", "Read it again from the card."), field="bank_account")]
    return []


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()


def levels_shown(levels: Iterable[tuple[str, int]], *, own: int) -> tuple[tuple[Words, int, bool], ...]:
    """The approvers' limits of authority, rising: label, limit in fen, whether it is one's own."""
    limits = sorted({limit for role, limit in levels if role == "approver"} | ({own} if own > 0 else set()))
    return tuple(
        (Words("您", "You") if limit == own else Words("审批人", "Approver"), limit, limit == own) for limit in limits
    )
