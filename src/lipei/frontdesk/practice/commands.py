"""What a colleague does in practice: begin, answer, end, share, let go. Nothing is written to any file; nothing here is a fact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from lipei.filing.actor import Actor
from lipei.filing.command import NOW, command
from lipei.filing.drafts import drop_draft
from lipei.filing.refusal import Missing, Refused, not_found, not_permitted, refuse_if
from lipei.frontdesk.practice import calm_steps
from lipei.frontdesk.practice.keeping import opened, sealed
from lipei.frontdesk.practice.models import Practice
from lipei.frontdesk.practice.reading import scenarios
from lipei.frontdesk.practice.rules import FACT, facts_of, faults_of_turn
from lipei.frontdesk.practice.scenario import Scenario
from lipei.frontdesk.practice.talking import is_over, said_at
from lipei.terms.words import LANGUAGES, Language, Words

NO_SUCH = Words("找不到这次演练。", "There is no such practice visit.")


def place_of(uuid: str) -> str:
    """Where the draft of the next turn lies."""
    return f"practice:{uuid}"


@command("practice.play")
def begin_practice(scenario: str, *, language: str, by: Actor, why: str = "", at: datetime = NOW) -> str:
    """Begin a practice visit, or take up the open one of this scenario. Returns its UUID."""
    if by.user_id is None:
        raise not_permitted(Words("演练属于一位同事。", "A practice visit belongs to a colleague."), who=Words("请用自己的账号。", "Use your own account."))
    if scenario not in scenarios() or language not in LANGUAGES:
        raise not_found(Words("没有这个情景。", "There is no such scenario."))
    row, _ = Practice.objects.get_or_create(
        owner_id=by.user_id, scenario=scenario, ended_at=None, defaults={"language": language, "content": sealed((), {}), "begun_at": at}
    )
    return str(row.uuid)


def _own(uuid: str, *, by: Actor) -> Practice:
    row = Practice.objects.select_for_update().filter(uuid=uuid, owner_id=by.user_id or 0).first()
    if row is None or row.scenario not in scenarios():
        raise not_found(NO_SUCH)
    return row


def _open(uuid: str, *, by: Actor) -> tuple[Practice, Scenario]:
    row = _own(uuid, by=by)
    if row.ended_at is not None:
        raise Refused("conflict", Words("这次演练已经结束", "This practice visit has ended"), do=Words("可以看结果，或者再练一次。", "Look at the result, or practise again."))
    return row, scenarios()[row.scenario]


def language_of(row: Practice) -> Language:
    """The language the visitor speaks."""
    return "en" if row.language == "en" else "zh"


@command("practice.play")
def answer_visitor(
    uuid: str, *, turn: int, station: str, said: str, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW
) -> None:
    """Say something at a station, as turn number `turn` from 1; `told` holds the facts as typed (`fact_<id>`), and in the calm mode
    what is filled in at the step the talk stands at."""
    row, scenario = _open(uuid, by=by)
    turns, before = opened(row.content)
    if is_over(scenario, turns):
        raise Refused("conflict", Words("客户已经走了", "The visitor has left"), do=Words("请看结果。", "Look at the result."))
    if turn != len(turns) + 1:
        raise Refused("conflict", Words("这一轮已经在另一个窗口说过了", "This turn was already taken in another window"),
                      do=Words("您写的还在；请看客户刚说的话，再接着说。", "What you wrote is kept; see what the visitor said, and go on."))
    facts, faults = facts_of(scenario, told)
    step = calm_steps.present_step(turns) if station == calm_steps.CALM and calm_steps.has_calm(scenario) else None
    filled = calm_steps.kept_of(step.id, told) if step else {}
    faults += calm_steps.faults_of_size(filled)
    refuse_if([*faults_of_turn(scenario, station=station, said=said), *faults], Words("还不能说给客户听", "It cannot be said yet"))
    turns = (*turns, said_at(scenario, turns, station=station, said=said.strip(), language=language_of(row), step=step.id if step else "", told=filled))
    row.content = sealed(turns, facts if told else before)
    row.save(update_fields=["content"])


@command("practice.play")
def end_practice(uuid: str, *, told: Mapping[str, str], by: Actor, why: str = "", at: datetime = NOW) -> None:
    """End the visit with the facts as filled in; ended again, nothing changes."""
    row = _own(uuid, by=by)
    if row.ended_at is not None:
        return
    scenario = scenarios()[row.scenario]
    turns, before = opened(row.content)
    facts, faults = facts_of(scenario, told)
    if not turns:
        faults.append(Missing(Words("还没有和客户说话", "Nothing was said to the visitor yet"), field="said"))
    refuse_if(faults, Words("还不能看结果", "The result cannot be shown yet"))
    row.content = sealed(turns, facts if any(name.startswith(FACT) for name in told) else before)
    row.ended_at = at
    row.save(update_fields=["content", "ended_at"])
    drop_draft(place_of(uuid), by=by)


@command("practice.play")
def share_practice(uuid: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """Let the supervisor of the branch see an ended practice visit; shared again, nothing changes."""
    row = _own(uuid, by=by)
    if row.ended_at is None:
        raise Refused("missing", Words("还没有结束的演练不能给人看", "A practice visit that has not ended cannot be shared"))
    if row.shared_at is None:
        row.shared_at = at
        row.save(update_fields=["shared_at"])


@command("practice.play")
def forget_practice(uuid: str, *, by: Actor, why: str = "", at: datetime = NOW) -> None:
    """The owner lets a practice visit go, with all that was said in it."""
    row = Practice.objects.select_for_update().filter(uuid=uuid, owner_id=by.user_id or 0).first()
    if row is None:
        raise not_found(NO_SUCH)
    row.delete()
    drop_draft(place_of(uuid), by=by)
