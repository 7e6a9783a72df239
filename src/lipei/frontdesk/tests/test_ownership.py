"""First asked stays owner until closed, or until the matter is handed over with a summary: visit, claim, promises, open questions."""

from __future__ import annotations

import pytest

from lipei.claimfile.models import Claim, Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.answer_queries import questions_asked, sources_of
from lipei.frontdesk.holding import end_of
from lipei.frontdesk.models import StationRecord, Visit, VisitQuestion
from lipei.frontdesk.queries import visit_of
from lipei.frontdesk.tests import talk

pytestmark = pytest.mark.django_db
UNCLEAR = {"back_papers": "open", "unclear_papers": "以为要交房产证", "open_papers__until": talk.day(-2)}


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


def explained(cast: Cast, **changes: str) -> str:
    visit = talk.brought_to("explanation", cast)
    desk.explain(visit, told={**talk.UNDERSTOOD, **changes}, by=cast.front_desk)
    return visit


def claim_of(visit: str) -> Claim:
    return Claim.objects.get(number=talk.number_of(visit))


def test_what_stays_unclear_becomes_a_task_and_stands_in_visit_and_claim(cast: Cast) -> None:
    visit = explained(cast, **UNCLEAR, open_papers__who=str(cast.handler.user_id), back_days="again", unclear_days="工作日还是自然日")
    task = Task.objects.get(kind="open_question")
    assert (task.user_id, task.what_zh) == (cast.handler.user_id, "要哪些材料：以为要交房产证")
    row = StationRecord.objects.get(visit__number=visit, station="explanation")
    assert [p["outcome"] for p in row.content["points"]] == ["right", "open", "again", "right", "right"]
    entries = Entry.objects.filter(kind="understanding_confirmed")
    assert {e.file_id for e in entries} == {claim_of(visit).file_id, Visit.objects.get(number=visit).file_id}
    assert all("工作日还是自然日" in event_of(e).sentence().zh for e in entries)


def test_a_colleague_who_serves_later_does_not_take_the_matter_over(cast: Cast) -> None:
    first = talk.brought_to("papers", cast)
    desk.mark_not_applicable(first, station="papers", reason="nothing_brought", by=cast.front_desk)
    desk.say_farewell(first, told=talk.farewell(), by=cast.front_desk)
    visit = talk.opened(cast.front_desk_2)
    desk.greet(visit, told={**talk.GREETING, "purpose": "bring_papers"}, by=cast.front_desk_2)
    desk.identify(visit, told=talk.identity(f"claim:{talk.number_of(first)}"), by=cast.front_desk_2)
    desk.take_papers(visit, told=talk.PAPERS, by=cast.front_desk_2)
    desk.explain(visit, told=talk.UNDERSTOOD, by=cast.front_desk_2)
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk_2)
    assert claim_of(first).first_asked_id == cast.front_desk.user_id
    promises = Task.objects.filter(kind="promise").values_list("user_id", flat=True)
    assert list(promises) == [cast.front_desk.user_id] * 2, "what is promised is kept by who was asked first"


def test_a_hand_over_with_a_summary_passes_the_matter_and_its_open_tasks(cast: Cast) -> None:
    visit = explained(cast, **UNCLEAR, open_papers__who=str(cast.front_desk.user_id))
    desk.hand_over_visit(visit, to_user_id=cast.front_desk_2.user_id or 0, summary="还差念读申请书，周女士担心费用", by=cast.front_desk)
    assert claim_of(visit).first_asked_id == cast.front_desk_2.user_id
    assert Task.objects.get(kind="open_question").user_id == cast.front_desk_2.user_id
    assert visit_of(visit, actor=cast.front_desk_2).first_asked_id == cast.front_desk_2.user_id
    said = [event_of(e).sentence().zh for e in Entry.objects.filter(kind="visit_handed_over", file_id=claim_of(visit).file_id)]
    assert len(said) == 1
    assert "跟到底" in said[0]
    assert "1 件" in said[0]


def test_without_a_summary_nothing_passes(cast: Cast) -> None:
    visit = explained(cast)
    with pytest.raises(Refused):
        desk.hand_over_visit(visit, to_user_id=cast.front_desk_2.user_id or 0, summary="", by=cast.front_desk)
    assert claim_of(visit).first_asked_id == cast.front_desk.user_id


def test_the_hand_over_of_a_later_visit_leaves_the_matter_where_it_was(cast: Cast) -> None:
    visit = explained(cast)
    later = talk.opened(cast.front_desk_2)
    desk.greet(later, told={**talk.GREETING, "purpose": "bring_papers"}, by=cast.front_desk_2)
    desk.identify(later, told=talk.identity(f"claim:{talk.number_of(visit)}"), by=cast.front_desk_2)
    desk.hand_over_visit(later, to_user_id=cast.front_desk.user_id or 0, summary="来交材料", by=cast.front_desk_2)
    assert claim_of(visit).first_asked_id == cast.front_desk.user_id


def test_an_answer_is_written_down_with_its_source_in_visit_and_claim(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    desk.say_answer(visit, question="床位费一天最多报多少？", key="clause:2.2.1", by=cast.front_desk)
    asked = questions_asked(visit)[0]
    assert asked.source is not None
    assert "第 2.2 条第 1 项" in asked.source.zh
    entries = Entry.objects.filter(kind="question_answered")
    assert {e.file_id for e in entries} == {claim_of(visit).file_id, Visit.objects.get(number=visit).file_id}
    assert "120 元" in event_of(entries[0]).sentence().zh


def test_what_nothing_answers_becomes_a_task_with_person_and_day_never_a_guess(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    with pytest.raises(Refused) as refused:
        desk.leave_question(visit, told={}, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["question", "question__who", "question__until"]
    desk.leave_question(visit, told={"question": "保费明年会涨吗？", "question__who": str(cast.front_desk.user_id), "question__until": talk.day(-2)}, by=cast.front_desk)
    task = Task.objects.get(kind="open_question")
    assert (task.claim_id, task.user_id, task.due_at) == (claim_of(visit).pk, cast.front_desk.user_id, end_of(talk.TODAY.fromisoformat(talk.day(-2))))
    assert questions_asked(visit)[0].is_open


def test_a_source_of_another_contract_is_refused(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    for key in ("clause:99.9", "clause", "", "paper:police_finding"):
        with pytest.raises(Refused):
            desk.say_answer(visit, question="赔吗？", key=key, by=cast.front_desk)
    assert not VisitQuestion.objects.exists()


def test_before_identity_only_law_and_procedure_answer(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told={**talk.GREETING, "purpose": "ask"}, by=cast.front_desk)
    assert {p.kind for p in sources_of(visit, at=end_of(talk.TODAY))} == {"clock", "stage", "station", "way"}
    desk.mark_not_applicable(visit, station="identity", reason="general_question", by=cast.front_desk)
    with pytest.raises(Refused):
        desk.answer_question(visit, by=cast.front_desk)
    desk.leave_question(visit, told={"question": "网点几点关门？", "question__who": str(cast.front_desk.user_id), "question__until": talk.day(-1)}, by=cast.front_desk)
    task = Task.objects.get()
    assert (task.claim_id, task.file_id) == (None, Visit.objects.get(number=visit).file_id)
    desk.answer_question(visit, by=cast.front_desk)
    assert Visit.objects.get(number=visit).station == "farewell"


def test_the_clock_of_this_claim_says_its_day(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    clock = next(p for p in sources_of(visit, at=end_of(talk.TODAY)) if p.key == "clock:determination.normal")
    assert "这个案件" in clock.text.zh
    stage = next(p for p in sources_of(visit, at=end_of(talk.TODAY)) if p.key == "stage:reported")
    assert "现在在这一步" in stage.text.zh


def test_another_clerk_does_not_answer_in_this_visit(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    with pytest.raises(Refused):
        desk.say_answer(visit, question="赔吗？", key="way:disagree", by=cast.front_desk_2)
