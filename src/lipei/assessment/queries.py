"""What others may ask about the assessment: every item with what was asked, what is allowed and why."""

from __future__ import annotations

from dataclasses import dataclass

from lipei.assessment.models import AllowedItem
from lipei.claimfile.models import LossItem
from lipei.claimfile.visibility import claims_visible_to
from lipei.filing.actor import Actor
from lipei.filing.refusal import not_found
from lipei.policies.queries import edition_of_policy
from lipei.terms.words import Words, both


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One item: asked and allowed in fen; `allowed` is None while it was not assessed."""

    id: int
    number: int
    category: str
    category_word: Words
    label: str
    days: int | None
    claimed: int
    source: str
    allowed: int | None
    reason_code: str
    reason: str
    fact: str
    by_name: str

    @property
    def cut(self) -> int:
        """What was taken away, in fen; 0 while it was not assessed."""
        return 0 if self.allowed is None else self.claimed - self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items of a claim with their sums in fen; `allowed` counts what has been assessed so far."""

    number: str
    name: str
    subject: Words
    stage: str
    line: str
    edition: str
    items: tuple[ItemView, ...]

    @property
    def claimed(self) -> int:
        """What was asked for in all."""
        return sum(i.claimed for i in self.items)

    @property
    def allowed(self) -> int:
        """What is allowed of the items assessed so far."""
        return sum(i.allowed for i in self.items if i.allowed is not None)

    @property
    def cut(self) -> int:
        """What was taken away so far."""
        return sum(i.cut for i in self.items)

    @property
    def open(self) -> int:
        """How many items have not been assessed."""
        return sum(i.allowed is None for i in self.items)

    @property
    def cuts(self) -> tuple[ItemView, ...]:
        """The items that were cut."""
        return tuple(i for i in self.items if i.cut)


def items_of(number: str, *, actor: Actor) -> Items:
    """The items of a claim and what was allowed of each; `Refused` when this actor may not see it. Three statements."""
    claim = claims_visible_to(actor).select_related("policy").filter(number=number).first()
    if claim is None:
        raise not_found(Words(f"找不到案件 {number}。", f"There is no claim {number}."))
    edition = edition_of_policy(claim.policy) if claim.policy else None
    names = edition.document.categories if edition else {}
    allowed = {a.item_id: a for a in AllowedItem.objects.filter(claim=claim).select_related("entry")}
    return Items(
        number=number, name=claim.insured_name, subject=Words(claim.subject_zh or "—", claim.subject_en or "—"), stage=claim.stage,
        line=claim.line, edition=edition.code if edition else "",
        items=tuple(
            _view(item, allowed.get(item.pk), category=names.get(item.category) or both(item.category))
            for item in LossItem.objects.filter(claim=claim).order_by("number")
        ),
    )


def _view(item: LossItem, allowed: AllowedItem | None, *, category: Words) -> ItemView:
    return ItemView(
        id=item.pk, number=item.number, category=item.category, category_word=category, label=item.label, days=item.days, claimed=item.claimed,
        source=item.source, allowed=allowed.allowed if allowed else None, reason_code=allowed.reason_code if allowed else "",
        reason=allowed.reason if allowed else "", fact=allowed.fact if allowed else "", by_name=allowed.entry.by_name if allowed else "",
    )
