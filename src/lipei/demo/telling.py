"""Tells the demonstration story by story through the commands, in a database marked as demo; what was told already is not told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from lipei.claimfile.models import Claim
from lipei.demo.custody import keep_house
from lipei.demo.design import design_stories
from lipei.demo.desk import tell_the_desk
from lipei.demo.drawing import CLAIMS, drawn_story
from lipei.demo.people import COLLEAGUES, actors, crew_for, engage_everybody
from lipei.demo.policies import POLICIES, drawn_policy, noon_of
from lipei.demo.stories import tell
from lipei.demo.timing import ends_in_order
from lipei.demo.told import Told
from lipei.demo.waiting import sit_in_the_hall
from lipei.filing.actor import Actor, system
from lipei.filing.models import Entry, File
from lipei.filing.refusal import Refused
from lipei.policies.commands import take_over_policy
from lipei.policies.models import Policy
from lipei.process.inline import Inline, followers_inline

SEED = 20_26
FIRST_CLAIMS = 40
DESIGNED = 3
"""The last of the stories of the pictures: two visitors sit at the counters then, and others in the hall."""
FOUNDED_DAYS = 720
POLICIES_A_CLAIM = 5
"""Policies taken over between two claims, so that both are full at the same time."""


class HoldsOtherData(Exception):
    """The database holds data that the demonstration did not make."""


def all_stories(*, seed: int, now: datetime) -> Iterator[Told]:
    """Every story of the demonstration in the order they are told: those of the pictures first."""
    made = design_stories(seed=seed, now=now)
    yield from made
    for number, end in enumerate(ends_in_order(seed=seed)[: CLAIMS - len(made)]):
        yield drawn_story(number, end=end, seed=seed, now=now)


def how_many_told() -> int:
    """How many claims stand in the database."""
    return Claim.objects.count()


def is_whole() -> bool:
    """Whether everything was told."""
    return how_many_told() >= CLAIMS and Policy.objects.count() >= POLICIES


def refuse_other_data() -> None:
    """Raises `HoldsOtherData` when somebody's own files stand in an installation the demonstration did not found."""
    ours = {c[0] for c in COLLEAGUES}
    if File.objects.exists() and not ours.issubset(actors()):
        raise HoldsOtherData


def stop_at_refusal(told: Told, refusal: Refused) -> None:
    """Raise the refusal: in a test every step must be right."""
    raise refusal


def tell_all(
    *, claims: int = CLAIMS, policies: int = POLICIES, seed: int = SEED, say: Callable[[str], None] = lambda line: None,
    refused: Callable[[Told, Refused], None] = stop_at_refusal,
) -> int:
    """Tell up to `claims` claims and `policies` policies; returns how many claims were told now. Begun again, it goes on where it stopped.

    `refused` hears of a step that the house refused; the claim then stays where it is. By default the refusal is raised.
    """
    _need_not_wait_for_the_disk()
    now = began_at()
    engage_everybody(at=now - timedelta(days=FOUNDED_DAYS))
    everybody = actors()
    told_now = taken = 0
    with followers_inline() as followers:
        tell_the_desk(everybody, now=now, drain=followers.drain)
        for n, told in enumerate(all_stories(seed=seed, now=now)):
            if n >= claims:
                break
            told_now += _tell_once(told, everybody=everybody, followers=followers, refused=refused)
            if n == DESIGNED:
                sit_in_the_hall(clerk=everybody["1001"], now=now)
            say(f"{n + 1} / {CLAIMS}")
            taken = _take_over(range(taken, min(policies, (n + 1) * POLICIES_A_CLAIM)), seed=seed, now=now)
        _take_over(range(taken, policies), seed=seed, now=now)
        keep_house(everybody, now=now)
    return told_now


def _need_not_wait_for_the_disk() -> None:
    """What is lost in a crash here is told again; nothing acknowledged to a person depends on it."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def began_at() -> datetime:
    """The moment the demonstration is told from: when it was begun, so that going on later tells the same stories."""
    first = Entry.objects.order_by("id").first()
    return first.recorded_at if first else timezone.now()


def _take_over(indexes: range, *, seed: int, now: datetime) -> int:
    """Take over these policies, where they are not there yet; returns the index of the next one."""
    drawn = [drawn_policy(i, seed=seed, today=now.date()) for i in indexes]
    known = set(Policy.objects.filter(number__in=[p.number for p in drawn]).values_list("number", flat=True))
    for data in drawn:
        if data.number not in known:
            take_over_policy(data, by=system(), at=noon_of(data))
    return indexes.stop


def _tell_once(told: Told, *, everybody: dict[str, Actor], followers: Inline, refused: Callable[[Told, Refused], None]) -> bool:
    if Claim.objects.filter(policy__number=told.policy.number).count() >= told.nth:
        return False
    crew = crew_for(told.policy.branch_code, turn=told.number, everybody=everybody)
    take_over_policy(told.policy, by=system(), at=noon_of(told.policy))
    try:
        tell(told, crew, drain=followers.drain)
    except Refused as refusal:
        followers.waiting.clear()
        refused(told, refusal)
    return True
