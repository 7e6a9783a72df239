"""查找: claims and policies by number, phone, identity number, plate or free text – exact keys first, everything masked.

What was searched is told with the result. A personal number is never searched in the clear: only its blind index is.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lipei import products
from lipei.claimfile.listing import ListedClaim, rows_of
from lipei.claimfile.models import Claim, Party
from lipei.claimfile.visibility import SEES_ALL, SEES_BRANCH, claims_visible_to
from lipei.filing.actor import Actor
from lipei.policies.models import Insured, Policy
from lipei.privacy.cipher import keyring
from lipei.privacy.masking import mask_name
from lipei.terms import bigrams
from lipei.terms.words import Words, both

RESULTS_MAX = 50
POLICIES_MAX = 20
CANDIDATES_MAX = 1_000
QUERY_CHARACTERS_MAX = 100
PHONE = re.compile(r"(?:\+?86)?1\d{10}|0\d{9,11}")
IDENTITY = re.compile(r"\d{17}[\dX]|\d{15}")
PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][A-Z0-9]{5,6}")
CLAIM_NUMBER = re.compile(r"[A-Z]{2,8}-\d{4}-\d{1,6}")
WAYS: dict[str, Words] = {
    "number": Words("案件号", "claim number"),
    "policy": Words("保单号", "policy number"),
    "phone": Words("电话号码，一位不差", "phone number, every digit"),
    "identity": Words("证件号码，一位不差", "identity number, every digit"),
    "plate": Words("车牌", "number plate"),
    "text": Words("姓名、案由、医院、原话里的文字", "words in names, matter, hospital and account"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPolicy:
    """A policy in a result: names masked, how many claims it has."""

    number: str
    product: Words
    holder: str
    insured: tuple[str, ...]
    from_date: dt.date
    to_date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found, and how it searched. `is_cut`: there is more than what is shown."""

    q: str
    ways: tuple[Words, ...]
    claims: tuple[ListedClaim, ...]
    policies: tuple[FoundPolicy, ...]
    is_cut: bool


def ways_of(q: str) -> tuple[str, ...]:
    """How a query is searched, exact keys first; free text when it is none of them."""
    key = written(q).replace(" ", "").upper()
    exact = [way for way, pattern in (("phone", PHONE), ("identity", IDENTITY), ("plate", PLATE)) if pattern.fullmatch(key)]
    if CLAIM_NUMBER.fullmatch(key):
        return ("number", *exact)
    return tuple(exact) if exact else ("number", "policy", "text")


def is_personal(q: str) -> bool:
    """Whether a query is somebody's phone or identity number, which no address may hold."""
    return bool({"phone", "identity"}.intersection(ways_of(q)))


def written(q: str) -> str:
    """The query as it is searched: full-width signs made plain, spaces trimmed, at most `QUERY_CHARACTERS_MAX`."""
    return unicodedata.normalize("NFKC", q)[:QUERY_CHARACTERS_MAX].strip()


def find(q: str, *, actor: Actor, at: dt.datetime) -> Found:
    """Everything `q` finds among what this actor may see: at most `RESULTS_MAX` claims and `POLICIES_MAX` policies."""
    text = written(q)
    ways = ways_of(text) if text else ()
    ids = _claim_ids(text, ways, actor=actor) if text else []
    policies = list(_policies(text, ways, actor=actor)) if text else []
    claims = {c.pk: c for c in Claim.objects.select_related("turn_user", "owner", "branch").filter(id__in=ids[:RESULTS_MAX])} if ids else {}
    listed = sorted((claims[pk] for pk in ids if pk in claims), key=lambda c: (c.number != text.upper(), c.insured_name != text, -c.pk))
    return Found(
        q=text, ways=tuple(WAYS[w] for w in ways), claims=rows_of(listed, actor=actor, at=at),
        policies=tuple(_found_policy(p) for p in policies), is_cut=len(ids) > RESULTS_MAX,
    )


def _claim_ids(text: str, ways: Iterable[str], *, actor: Actor) -> list[int]:
    seen = claims_visible_to(actor)
    if actor.kind != "staff" or not actor.has(*SEES_ALL, *SEES_BRANCH):
        return []
    key = text.replace(" ", "").upper()
    for way in ways:
        found = _by_way(way, key=key, text=text, seen=seen)
        if found:
            return found
    return []


def _by_way(way: str, *, key: str, text: str, seen: QuerySet[Claim]) -> list[int]:
    if way == "number":
        return list(seen.filter(number=key).values_list("id", flat=True))
    if way == "policy":
        return list(seen.filter(policy__number=key).order_by("-id").values_list("id", flat=True)[: RESULTS_MAX + 1])
    if way in ("phone", "identity"):
        return _by_index(way, key=key, seen=seen)
    return _by_words(text, seen=seen)


def _by_index(field: str, *, key: str, seen: QuerySet[Claim]) -> list[int]:
    index = keyring().index(plain_phone(key) if field == "phone" else key)
    people = Party.objects.filter(**{f"{field}_index": index}).values("claim_id")
    insured = Insured.objects.filter(**{f"{field}_index": index}).values("id")
    held = Policy.objects.filter(**{f"holder_{field}_index": index}).values("id")
    # Three indexed questions, one statement: joined by OR they would read the whole table.
    parts = [seen.filter(condition).values_list("id", flat=True) for condition in (Q(id__in=people), Q(insured_id__in=insured), Q(policy_id__in=held))]
    return list(parts[0].union(*parts[1:]).order_by("-id")[: RESULTS_MAX + 1])


def plain_phone(key: str) -> str:
    """A phone number without the country's prefix."""
    digits = key.lstrip("+")
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def _by_words(text: str, *, seen: QuerySet[Claim]) -> list[int]:
    wanted = bigrams.query(text)
    if not wanted:
        return []
    matches = list(seen.extra(where=["claim.search @@ %s::tsquery"], params=[wanted]).values_list("id", flat=True)[:CANDIDATES_MAX])
    policies = list(Policy.objects.extra(where=["policy.search @@ %s::tsquery"], params=[wanted]).values_list("id", flat=True)[:POLICIES_MAX])
    held = seen.filter(policy_id__in=policies).order_by("-id").values_list("id", flat=True)[: RESULTS_MAX + 1] if policies else []
    return sorted({*matches, *held}, reverse=True)[: RESULTS_MAX + 1]


def _policies(text: str, ways: tuple[str, ...], *, actor: Actor) -> Iterable[Policy]:
    if actor.kind != "staff" or not actor.has(*SEES_ALL, *SEES_BRANCH):
        return []
    seen = Policy.objects.prefetch_related("insured")
    if not actor.has(*SEES_ALL):
        seen = seen.filter(branch_id=actor.branch_id or 0)
    key = text.replace(" ", "").upper()
    if "policy" in ways and seen.filter(number=key).exists():
        return seen.filter(number=key)
    way = next((w for w in ways if w in ("phone", "identity")), "")
    if way:
        index = keyring().index(plain_phone(key) if way == "phone" else key)
        insured = Insured.objects.filter(**{f"{way}_index": index}).values("policy_id")
        held = Policy.objects.filter(**{f"holder_{way}_index": index}).values("id")
        return seen.filter(id__in=insured.union(held)).order_by("-to_date", "id")[:POLICIES_MAX]
    wanted = bigrams.query(text)
    if "text" not in ways or not wanted:
        return []
    return seen.extra(where=["policy.search @@ %s::tsquery"], params=[wanted])[:POLICIES_MAX]


def _found_policy(policy: Policy) -> FoundPolicy:
    try:
        product = products.load(policy.product_code, on=policy.from_date).title
    except products.NoEdition:
        product = both(policy.product_code)
    return FoundPolicy(
        number=policy.number, product=product, holder=mask_name(policy.holder_name),
        insured=tuple(mask_name(i.name) for i in policy.insured.all()), from_date=policy.from_date, to_date=policy.to_date,
    )
