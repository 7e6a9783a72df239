"""What others may ask about colleagues: the actor behind a login, whose authority suffices, who is working."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lipei.filing.actor import Actor
from lipei.staff.models import Absence, Branch, Interest, PartnerToken, User
from lipei.staff.permissions import verbs_of
from lipei.terms.words import Words


def actor_of(user: User) -> Actor:
    """The actor a colleague is: their roles' verbs, branch and authority (fen)."""
    roles = frozenset(user.roles)
    return Actor(
        "staff", user.number, user.name, verbs=verbs_of(roles), roles=roles, branch_id=user.branch_id,
        user_id=user.pk, authority=user.authority,
    )


def user_of_account(account_id: int) -> User | None:
    """The working colleague behind a login, or None."""
    return User.objects.select_related("branch").filter(account_id=account_id, is_working=True).first()


def latin_name(column: str) -> Coalesce:
    """For `annotate`: the Latin name of the colleague whose staff number stands in `column`; empty for anybody else."""
    return Coalesce(Subquery(User.objects.filter(number=OuterRef(column)).values("name_en")[:1]), Value(""))


def in_both_languages(name: str, latin: str) -> Words:
    """A colleague's name as it was written, and its Latin form where there is one."""
    return Words(name, latin or name)


def working(on: date, *, role: str, branch_id: int | None = None) -> QuerySet[User]:
    """Colleagues with `role` who work on a day, of one branch or of all, by number."""
    return working_as(on, roles=(role,), branch_id=branch_id)


def working_as(on: date, *, roles: tuple[str, ...], branch_id: int | None = None) -> QuerySet[User]:
    """Colleagues with any of `roles` who work on a day, of one branch or of all, by number."""
    away = Absence.objects.filter(from_date__lte=on, to_date__gte=on).values("user_id")
    found = User.objects.filter(is_working=True, roles__overlap=list(roles)).exclude(id__in=away)
    if branch_id is not None:
        found = found.filter(branch_id=branch_id)
    return found.order_by("number")


def authority_holders() -> tuple[User, ...]:
    """The working approvers and handlers, by authority and number."""
    roles = Q(roles__contains=["approver"]) | Q(roles__contains=["handler"])
    return tuple(User.objects.filter(roles, is_working=True).order_by("authority", "number"))


def colleague_ids(branch_id: int) -> frozenset[int]:
    """Everybody who works in a branch."""
    return frozenset(User.objects.filter(branch_id=branch_id, is_working=True).values_list("id", flat=True))


def who_may_decide(
    amount: int, *, branch_id: int, without: frozenset[int] = frozenset(), among: tuple[User, ...] | None = None
) -> User | None:
    """The approver with the lowest authority that covers `amount` (fen), of the branch first, then of all.

    `without` are the ids of colleagues who may not decide this one: they calculated it, or have an interest in it. `among` are the
    `authority_holders`, where they were looked up already.
    """
    holders = authority_holders() if among is None else among
    able = [u for u in holders if "approver" in u.roles and u.authority >= amount and u.pk not in without]
    return next((u for u in able if u.branch_id == branch_id), able[0] if able else None)


def relations_to(identity_indexes: frozenset[str]) -> dict[int, str]:
    """Which colleagues declared an interest in any of these persons (blind indexes): user id → the relation they declared."""
    rows = Interest.objects.filter(identity_index__in=identity_indexes).order_by("id")
    return {row.user_id: row.relation for row in rows}


def authority_levels(among: tuple[User, ...]) -> list[tuple[str, int]]:
    """The distinct limits at which the authority of these holders ends, rising: (role, limit in fen)."""
    seen: dict[int, str] = {}
    for user in among:
        if user.authority > 0:
            role = "approver" if "approver" in user.roles else "handler"
            seen.setdefault(user.authority, role)
    return [(role, limit) for limit, role in sorted(seen.items())]


@dataclass(frozen=True, slots=True)
class BranchView:
    """A branch as doors show it."""

    id: int
    code: str
    name_zh: str
    name_en: str
    address_zh: str
    address_en: str
    phone: str


def branches() -> tuple[BranchView, ...]:
    """All branches, by code."""
    return tuple(
        BranchView(b.pk, b.code, b.name_zh, b.name_en, b.address_zh, b.address_en, b.phone) for b in Branch.objects.order_by("code")
    )


@dataclass(frozen=True, slots=True)
class ColleagueView:
    """A colleague as the administration shows them; authority in fen, `away` the absences from today on."""

    id: int
    number: str
    name: str
    name_en: str
    branch_id: int
    branch: Words
    roles: tuple[str, ...]
    authority: int
    extension: str
    is_working: bool
    away: tuple[tuple[date, date, str], ...] = ()


def colleagues(on: date, *, number: str = "") -> tuple[ColleagueView, ...]:
    """Everybody (or the one with `number`), those who work first, with the absences that have not ended by `on`."""
    users = User.objects.select_related("branch").order_by("-is_working", "branch__code", "number")
    if number:
        users = users.filter(number=number)
    away: dict[int, list[tuple[date, date, str]]] = {}
    for absence in Absence.objects.filter(to_date__gte=on).order_by("from_date"):
        away.setdefault(absence.user_id, []).append((absence.from_date, absence.to_date, absence.reason))
    return tuple(
        ColleagueView(
            u.pk, u.number, u.name, u.name_en, u.branch_id, Words(u.branch.name_zh, u.branch.name_en), tuple(u.roles), u.authority,
            u.extension, u.is_working, tuple(away.get(u.pk, ())),
        )
        for u in users
    )


def partners() -> tuple[tuple[str, int], ...]:
    """Partners of the machine door with how many valid tokens each has; the tokens themselves are not kept."""
    counted = PartnerToken.objects.filter(is_valid=True).values_list("partner").annotate(n=Count("id")).order_by("partner")
    return tuple((str(name), int(n)) for name, n in counted)


def partner_of(token_digest: str) -> Actor | None:
    """The partner a token belongs to (by its digest), or None; only what the token's verbs name is theirs to do."""
    row = PartnerToken.objects.filter(token_digest=token_digest, is_valid=True).first()
    return Actor("partner", row.partner, row.partner, verbs=frozenset(row.verbs)) if row is not None else None


def first_administrator() -> str:
    """The staff number of the first working administrator; empty when there is none."""
    found = User.objects.filter(is_working=True, roles__contains=["administrator"]).order_by("number").first()
    return found.number if found else ""
