"""Who is excluded from reviewing or deciding: who calculated it, who has an interest in it, whose authority ends below it."""

from __future__ import annotations

from lipei.claimfile.models import Claim, Party
from lipei.filing.actor import Actor
from lipei.filing.refusal import Refused
from lipei.settlement.models import Statement
from lipei.staff.models import User
from lipei.staff.queries import relations_to, who_may_decide
from lipei.terms.money import shown
from lipei.terms.words import Words


def people_of(claim: Claim) -> list[Party]:
    """Everybody written down in a claim."""
    return list(Party.objects.filter(claim=claim).order_by("id"))


def identity_indexes(claim: Claim, *, people: list[Party]) -> frozenset[str]:
    """The blind indexes of everybody in a claim: its people, the insured and the holder of the policy."""
    found = {p.identity_index for p in people if p.identity_index}
    if claim.insured is not None:
        found.add(claim.insured.identity_index)
    if claim.policy is not None:
        found.add(claim.policy.holder_identity_index)
    return frozenset(found)


def excluded(claim: Claim, row: Statement, *, people: list[Party] | None = None) -> dict[int, Words]:
    """Colleagues who may not review or decide this claim, each with the reason."""
    indexes = identity_indexes(claim, people=people if people is not None else people_of(claim))
    found = {
        user: Words(f"与本案的人有登记的利害关系：{relation}", f"declared an interest in a person of this claim: {relation}")
        for user, relation in relations_to(indexes).items()
    }
    found[row.by_id] = Words("计算是自己做的", "made the calculation")
    return found


def signer(by: Actor) -> int:
    """The colleague's id: a calculation, review or decision is signed by a person, never by the system."""
    if by.user_id is None:
        raise Refused("not_permitted", Words("这一步要由一位同事签名。", "This step is signed by a colleague."))
    return by.user_id


def refuse_own_work(claim: Claim, row: Statement, *, by: Actor) -> None:
    """Nobody reviews or decides their own calculation, nor a claim they have an interest in; says who may instead."""
    out = excluded(claim, row)
    if by.user_id not in out:
        return
    who = who_may_decide(row.owed, branch_id=claim.branch_id, without=frozenset(out))
    if by.user_id == row.by_id:
        what = Words("这是您自己算的，要由另一个人复核和决定。", "You made this calculation; somebody else reviews and decides it.")
    else:
        what = Words("您与本案的人有登记的利害关系，不能复核或决定。", "You declared an interest in a person of this claim; you cannot review or decide it.")
    raise Refused("own_work", what, why=Words("谁也不能审自己的工作，或与自己有关的案件。", "Nobody checks their own work, or a claim that concerns them."), do=_hand_to(who))


def refuse_above_authority(claim: Claim, row: Statement, *, amount: int, by: Actor) -> None:
    """An amount above the actor's authority (fen) is decided by somebody whose authority covers it."""
    if amount <= by.authority:
        return
    who = who_may_decide(amount, branch_id=claim.branch_id, without=frozenset(excluded(claim, row)))
    raise Refused(
        "not_permitted",
        Words(f"{shown(amount)} 超过您的权限 {shown(by.authority)}。", f"{shown(amount)} is above your authority of {shown(by.authority)}."),
        do=_hand_to(who),
    )


def _hand_to(who: User | None) -> Words:
    if who is None:
        return Words("现在没有权限够的同事，请主管找管理员。", "Nobody has enough authority now; ask the supervisor to see the administrator.")
    ext = Words(f"（分机 {who.extension}）", f" (ext. {who.extension})") if who.extension else Words("。", ".")
    if who.extension:
        return Words(f"由{who.name}决定{ext.zh}。", f"{who.name_en} decides{ext.en}.")
    return Words(f"由{who.name}决定。", f"{who.name_en} decides.")
