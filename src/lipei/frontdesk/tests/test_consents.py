"""Consent to health and account data, told by clerk and visitor: asked before anything is taken, refused without harm, withdrawn at any time."""

from __future__ import annotations

import datetime as dt

import pytest

from lipei.claimfile.models import Claim, Milestone, Task
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.consent_rules import (
    KINDS,
    consents_of,
    editions,
    health_facts,
    may_not_note,
    may_not_take,
    must_ask,
    must_be_a_guardian,
    text_of,
    texts_on,
)
from lipei.frontdesk.consenting import consents_seen, record_consent, withdraw_consent
from lipei.frontdesk.facts_rules import asked_at_desk
from lipei.frontdesk.models import Consent
from lipei.frontdesk.taking import paper_kinds
from lipei.frontdesk.tests import talk
from lipei.products import load
from lipei.settlement.commands import record_payee
from lipei.settlement.tests.steps import the_payee

TODAY = dt.date(2026, 11, 23)
INPATIENT = load("anxin_inpatient", on=dt.date(2026, 1, 1))
ASKED = asked_at_desk(INPATIENT)
LAW_POINTS = 6  # what, why, effect, to whom, how long, rights: PIPL 17 and 30


# ---------- the texts and the rules ----------


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_tells_what_the_law_wants_told_in_both_languages(kind: str) -> None:
    for edition in editions():
        text = text_of(kind, edition)
        assert len(text.points) == LAW_POINTS
        for words in (text.ask, text.if_refused, text.if_withdrawn, *(w for point in text.points for w in point)):
            assert words.zh
            assert words.en
            assert words.zh != words.en
        assert "29" in text.law.zh


def test_the_text_of_a_day_is_the_latest_edition_not_after_it() -> None:
    assert texts_on(dt.date(2026, 11, 23))["health"].edition == "2026-01-01"
    assert texts_on(dt.date(2020, 1, 1))["health"].edition == min(editions()), "before the first edition, the first"


def test_health_is_asked_where_the_contract_asks_about_health_and_only_once() -> None:
    assert must_ask(ASKED, purpose="new_loss", answered=frozenset()) == ("health", "account")
    assert must_ask(ASKED, purpose="bring_papers", answered=frozenset()) == ("health",)
    assert must_ask(ASKED, purpose="bring_papers", answered=frozenset({"health"})) == ()
    assert must_ask(ASKED, purpose="ask", answered=frozenset()) == ()
    assert must_ask((), purpose="new_loss", answered=frozenset()) == ("account",)
    assert {"hospital", "admitted_on"} <= health_facts(ASKED)
    assert "place" not in health_facts(ASKED)


def test_an_answer_says_how_it_was_given_and_the_account_may_wait() -> None:
    _, faults = consents_of({}, needed=KINDS, on_screen={}, today=TODAY)
    assert [f.field for f in faults] == ["consent_health", "consent_account"]
    _, faults = consents_of({"consent_health": "given", "consent_account": "later"}, needed=KINDS, on_screen={}, today=TODAY)
    assert [f.field for f in faults] == ["consent_health_how"]
    answered, faults = consents_of({"consent_health": "refused", "consent_health_how": "voice", "consent_account": "later"}, needed=KINDS, on_screen={}, today=TODAY)
    assert faults == []
    assert [(a.kind, a.is_given, a.how) for a in answered] == [("health", False, "voice")]
    _, faults = consents_of({"consent_health": "later", "consent_account": "later"}, needed=KINDS, on_screen={}, today=TODAY)
    assert [f.field for f in faults] == ["consent_health"], "health cannot wait"


def test_what_the_visitor_said_on_their_screen_stands_above_what_the_clerk_ticked() -> None:
    told = {"consent_health": "given", "consent_health_how": "voice", "consent_account": "later"}
    answered, _ = consents_of(told, needed=KINDS, on_screen={"health": "refused"}, today=TODAY)
    assert [(a.kind, a.is_given, a.how) for a in answered] == [("health", False, "screen")]


def test_a_refusal_closes_health_facts_and_papers_and_nothing_else() -> None:
    told = {"place": "家里", "hospital": "镜湖市第一人民医院", "admitted_on": "2026-10-28", "admitted_on__unknown": "on"}
    assert [f.field for f in may_not_note(ASKED, told)] == ["hospital"]
    kinds = paper_kinds(INPATIENT)
    papers = {"paper_identity_form": "sighted", "paper_discharge_summary_form": "copy", "paper_receipts_form": ""}
    assert [f.field for f in may_not_take(papers, kinds=kinds)] == ["paper_discharge_summary_form"]


@pytest.mark.parametrize(("born", "capacity", "is_refused"), [
    (dt.date(2012, 11, 24), "insured", True), (dt.date(2012, 11, 23), "insured", False), (dt.date(2020, 1, 1), "guardian", False), (dt.date(1955, 3, 8), "insured", False),
])
def test_a_child_under_fourteen_comes_with_a_guardian(born: dt.date, capacity: str, is_refused: bool) -> None:
    faults = must_be_a_guardian(identity_number(born, order=5), capacity=capacity, today=TODAY)
    assert [f.field for f in faults] == (["capacity"] if is_refused else [])


def test_a_number_that_is_no_identity_number_is_left_to_its_own_rule() -> None:
    assert must_be_a_guardian("E12345678", capacity="insured", today=TODAY) == []
    assert must_be_a_guardian("11010120AB0101001X", capacity="insured", today=TODAY) == []


# ---------- at the counter ----------


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast(today=talk.TODAY)


def test_identity_is_not_left_before_consent_is_asked(cast: Cast) -> None:
    visit = talk.brought_to("identity", cast)
    told = {k: v for k, v in talk.identity(talk.choice_of(cast)).items() if not k.startswith("consent_")}
    with pytest.raises(Refused) as refused:
        desk.identify(visit, told=told, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["consent_health", "consent_account"]
    assert not Claim.objects.exists(), "nothing is half done"


def test_each_consent_stands_on_file_with_text_time_and_way(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    seen = consents_seen(talk.number_of(visit), actor=cast.front_desk)
    assert [(c.kind, c.is_given, c.stands, c.text.edition, c.how.en) for c in seen] == [
        ("health", True, True, "2026-01-01", "read out, answered by voice"), ("account", True, True, "2026-01-01", "read out, answered by voice"),
    ]
    assert Entry.objects.filter(kind="consent_answered").count() == 2


def refused_visit(cast: Cast) -> str:
    visit = talk.brought_to("identity", cast)
    told = talk.identity(talk.choice_of(cast), consent_health="refused", consent_account="later")
    desk.identify(visit, told=told, by=cast.front_desk)
    desk.hear_account(visit, text="东西掉下来砸了一下。", read_back=True, by=cast.front_desk)
    return visit


def test_after_a_refusal_the_visit_goes_on_but_no_health_fact_is_noted(cast: Cast) -> None:
    visit = refused_visit(cast)
    with pytest.raises(Refused) as refused:
        desk.gather_facts(visit, told=talk.facts(), by=cast.front_desk)
    named = {m.field for m in refused.value.missing}
    assert {"hospital", "admitted_on"} <= named
    assert "place" not in named
    who = {f"{name}__{part}": value for name in named for part, value in (("unknown", "on"), ("who", str(cast.front_desk.user_id)), ("until", talk.day(-2)))}
    desk.gather_facts(visit, told={**talk.facts(), **who}, by=cast.front_desk)
    assert Task.objects.filter(kind="find_out").count() == len(named)


def test_who_agrees_later_is_asked_no_second_time_and_everything_is_taken(cast: Cast) -> None:
    visit = refused_visit(cast)
    number = talk.number_of(visit)
    record_consent(number, kind="health", answer="given", how="paper", by=cast.front_desk)
    desk.gather_facts(visit, told=talk.facts(), by=cast.front_desk)
    assert Consent.objects.filter(kind="health").count() == 2, "the refusal stays on file"
    assert [c.stands for c in consents_seen(number, actor=cast.front_desk)] == [True]


def test_a_withdrawal_stops_what_is_new_and_somebody_sees_to_it(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    number = talk.number_of(visit)
    withdraw_consent(number, kind="health", said="我不想再给你们看病历了。", by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        desk.take_papers(visit, told=talk.PAPERS, by=cast.front_desk)
    assert {m.field for m in refused.value.missing} == {"paper_receipts_form", "paper_itemised_bill_form", "paper_discharge_summary_form"}
    assert [c.stands for c in consents_seen(number, actor=cast.front_desk)] == [False, True]
    entry = Entry.objects.get(kind="consent_withdrawn")
    assert "我不想再给你们看病历了" in event_of(entry).sentence().zh
    assert "我不想" not in entry.plain, "their words are sealed"
    assert Task.objects.filter(kind="follow_up", what_zh__startswith="客户撤回了对健康信息的同意").count() == 1
    with pytest.raises(Refused, match="no consent to withdraw"):
        withdraw_consent(number, kind="health", by=cast.front_desk)


def test_an_answer_is_recorded_whole_or_refused_with_all_that_lacks(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    with pytest.raises(Refused) as refused:
        record_consent(talk.number_of(visit), kind="mood", answer="maybe", how="shout", by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["kind", "answer", "how"]
    with pytest.raises(Refused):
        withdraw_consent(talk.number_of(visit), kind="health", said="长" * 301, by=cast.front_desk)


def payee_noted(number: str, cast: Cast) -> int:
    """The handler writes down the policyholder's own account."""
    return record_payee(number, data=the_payee(name="周砚秋", bank_account_name="周砚秋"), by=cast.handler)


@pytest.mark.parametrize("answer", ["refused", "later"])
def test_an_account_is_noted_only_after_the_customer_agreed(cast: Cast, answer: str) -> None:
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told=talk.GREETING, by=cast.front_desk)
    desk.identify(visit, told=talk.identity(talk.choice_of(cast), consent_account=answer), by=cast.front_desk)
    number = talk.number_of(visit)
    with pytest.raises(Refused, match="not agreed that we note the account"):
        payee_noted(number, cast)
    record_consent(number, kind="account", answer="given", how="voice", by=cast.handler)
    assert payee_noted(number, cast)


def test_after_a_withdrawal_the_account_on_file_pays_nothing_new(cast: Cast) -> None:
    number = talk.number_of(talk.brought_to("listening", cast))
    payee_noted(number, cast)
    withdraw_consent(number, kind="health", by=cast.front_desk)
    assert Milestone.objects.filter(claim__number=number, kind="payee_verified", is_valid=True).exists(), "health is another matter"
    withdraw_consent(number, kind="account", by=cast.front_desk)
    assert not Milestone.objects.filter(claim__number=number, kind="payee_verified", is_valid=True).exists()
    with pytest.raises(Refused, match="not agreed that we note the account"):
        payee_noted(number, cast)
    record_consent(number, kind="account", answer="given", how="paper", by=cast.front_desk)
    payee_noted(number, cast)
    assert Milestone.objects.filter(claim__number=number, kind="payee_verified", is_valid=True).exists()


def test_only_the_desk_and_the_handler_record_and_withdraw(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    for actor in (cast.approver, cast.auditor, cast.supervisor):
        with pytest.raises(Refused) as refused:
            withdraw_consent(talk.number_of(visit), kind="health", by=actor)
        assert refused.value.code == "not_permitted"
