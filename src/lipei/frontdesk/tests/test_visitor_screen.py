"""The visitor's own screen: paired with one visit by a code, shows only their own words, takes their yes, no and signature, and is rated once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.claimfile.models import Task
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.documents.models import Document
from lipei.filing.actor import Actor
from lipei.filing.drafts import keep_draft
from lipei.filing.models import Entry
from lipei.filing.recording import event_of
from lipei.filing.refusal import Refused
from lipei.frontdesk import commands as desk
from lipei.frontdesk.confirming import answer_on_screen, consent_on_screen
from lipei.frontdesk.knocking import KNOCKS_MAX, WITHIN, knock
from lipei.frontdesk.models import Knock, Rating, Screen, StationRecord, VisitorAnswer
from lipei.frontdesk.queries import visit_of
from lipei.frontdesk.rating import answer_call_back, is_rated, rate_visit, rating_of, rating_sums, rating_visitor
from lipei.frontdesk.screens import CODE_LIVES, RATING_LIVES, end_screen, open_screen, pair_screen, screen_of
from lipei.frontdesk.tests import talk
from lipei.frontdesk.visitor_answers import marked_parts, signature_kept
from lipei.frontdesk.visitor_rules import account_shown, application_shown, digest_of, signature_of
from lipei.frontdesk.visitor_screen import shown_to_visitor

HERE = "10.0.0.7"
STROKES = "M10 20" + "".join(f"L{n} {n + 9}" for n in range(11, 40))


@pytest.fixture
def cast(db: None) -> Cast:
    return the_cast(today=talk.TODAY)


def paired(visit: str, cast: Cast) -> Actor:
    key = pair_screen(open_screen(visit, by=cast.front_desk), address=HERE)
    assert key is not None
    device = screen_of(key)
    assert device is not None
    return device


def typed(visit: str, station: str, cast: Cast, **fields: str) -> None:
    keep_draft(f"visit:{visit}:{station}", fields, by=cast.front_desk)


def say(visit: str, device: Actor, answer: str = "right", **more: Any) -> None:
    shown = shown_to_visitor(visit, actor=device)
    assert shown is not None
    answer_on_screen(visit, answer=answer, digest=shown.digest, language="zh-hans", by=device, **more)


# ---------- pairing ----------


def test_a_code_pairs_one_device_with_one_visit_once(cast: Cast) -> None:
    visit, other = talk.opened(cast.front_desk), talk.opened(cast.front_desk)
    code = open_screen(visit, by=cast.front_desk)
    assert len(code) == 8
    key = pair_screen(f"{code[:4]} {code[4:]}", address=HERE)
    assert key
    assert pair_screen(code, address=HERE) is None, "used up"
    device = screen_of(key)
    assert device is not None
    assert device.kind == "device"
    assert shown_to_visitor(visit, actor=device) is not None
    with pytest.raises(Refused, match="not_found"):
        shown_to_visitor(other, actor=device)
    assert key not in Screen.objects.get().key_sha256, "only the digest is kept"


def test_an_old_code_a_newer_code_and_a_disconnected_screen_open_nothing(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    old = open_screen(visit, by=cast.front_desk, at=dt.datetime.now(dt.UTC) - CODE_LIVES - dt.timedelta(seconds=1))
    assert pair_screen(old, address=HERE) is None
    first = open_screen(visit, by=cast.front_desk)
    second = open_screen(visit, by=cast.front_desk)
    assert pair_screen(first, address=HERE) is None
    key = pair_screen(second, address=HERE)
    end_screen(visit, by=cast.front_desk)
    assert screen_of(key or "") is None
    assert screen_of("") is None


def test_only_who_holds_the_visit_opens_its_screen(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    with pytest.raises(Refused, match="holds"):
        open_screen(visit, by=cast.front_desk_2)


def test_the_screen_ends_with_the_visit_but_for_thanks_and_the_rating(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    key = pair_screen(open_screen(visit, by=cast.front_desk), address=HERE) or ""
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk, at=dt.datetime.now(dt.UTC))
    device = screen_of(key)
    assert device is not None
    assert device.verbs == {"visitor.rate"}
    shown = shown_to_visitor(visit, actor=device)
    assert shown is not None
    assert shown.is_over
    assert (shown.account, shown.facts, shown.papers) == ("", (), ())
    with pytest.raises(Refused):
        answer_on_screen(visit, answer="right", digest="x", language="en", by=device)


def test_minutes_after_the_farewell_the_screen_is_out(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    key = pair_screen(open_screen(visit, by=cast.front_desk), address=HERE) or ""
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk, at=dt.datetime.now(dt.UTC) - RATING_LIVES - dt.timedelta(seconds=1))
    assert screen_of(key) is None


def test_strangers_who_guess_are_stopped_and_told_for_how_long(cast: Cast) -> None:
    visit = talk.opened(cast.front_desk)
    code = open_screen(visit, by=cast.front_desk)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(KNOCKS_MAX):
        assert pair_screen(wrong, address="203.0.113.9") is None
    with pytest.raises(Refused) as refused:
        pair_screen(code, address="203.0.113.9")
    assert refused.value.code == "too_often"
    assert refused.value.what.en == "Please try again in 15 minutes"
    assert pair_screen(code, address=HERE), "others are not concerned"
    assert "203.0.113.9" not in str(list(Knock.objects.values_list("place", flat=True))), "no address is kept in the clear"


def test_after_the_pause_the_door_is_open_again_to_the_minute(cast: Cast) -> None:
    now = dt.datetime.now(dt.UTC)
    for n in range(KNOCKS_MAX):
        assert knock("status", address=HERE, look=lambda: None, at=now + dt.timedelta(minutes=n)) is None
    with pytest.raises(Refused) as refused:
        knock("status", address=HERE, look=lambda: "right", at=now + dt.timedelta(minutes=10))
    assert refused.value.what.en == "Please try again in 5 minutes"
    with pytest.raises(Refused, match=r"in 1 minute$"):
        knock("status", address=HERE, look=lambda: "right", at=now + WITHIN - dt.timedelta(seconds=1))
    assert knock("status", address=HERE, look=lambda: "right", at=now + WITHIN) == "right"
    assert knock("screen", address=HERE, look=lambda: "right", at=now + dt.timedelta(minutes=10)) == "right", "each door counts for itself"


# ---------- what it shows ----------


def test_before_identity_nothing_personal_stands_there(cast: Cast) -> None:
    visit = talk.brought_to("identity", cast)
    typed(visit, "identity", cast, **talk.identity(talk.choice_of(cast)))
    shown = shown_to_visitor(visit, actor=paired(visit, cast))
    assert shown is not None
    assert not shown.is_identified
    assert shown.visit.visitor is None
    assert [t.kind for t in shown.consents] == ["health", "account"]
    assert (shown.account, shown.facts, shown.papers, shown.digest) == ("", (), (), "")


def test_what_the_clerk_writes_stands_on_the_screen(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    device = paired(visit, cast)
    before = shown_to_visitor(visit, actor=device)
    typed(visit, "listening", cast, account=talk.ACCOUNT)
    after = shown_to_visitor(visit, actor=device)
    assert before is not None
    assert after is not None
    assert (before.account, before.digest) == ("", "")
    assert after.account == talk.ACCOUNT
    assert after.version != before.version


def test_facts_and_papers_are_shown_in_words_and_never_another_persons(cast: Cast) -> None:
    visit = talk.brought_to("facts", cast)
    device = paired(visit, cast)
    typed(visit, "facts", cast, cause="accident", place="家里卫生间", hospital__unknown="on")
    shown = shown_to_visitor(visit, actor=device)
    assert shown is not None
    assert [(f.label.en, f.text.en) for f in shown.facts][:3] == [("Cause of the stay", "accident"), ("Where", "家里卫生间"), ("Hospital", "not known yet; we find out")]
    desk.gather_facts(visit, told=talk.facts(), by=cast.front_desk)


def test_afterwards_the_papers_stand_there_with_their_custody_numbers(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    typed(visit, "farewell", cast, **talk.farewell())
    shown = shown_to_visitor(visit, actor=paired(visit, cast))
    assert shown is not None
    assert {p.custody_number for p in shown.papers} == set(Document.objects.values_list("custody_number", flat=True))
    assert str(shown.contact_on) == talk.day(-3)


def test_who_brings_papers_does_not_read_what_another_told(cast: Cast) -> None:
    first = talk.brought_to("papers", cast)
    number = talk.number_of(first)
    desk.take_papers(first, told=talk.PAPERS, by=cast.front_desk)
    desk.say_farewell(first, told=talk.farewell(), by=cast.front_desk)
    visit = talk.opened(cast.front_desk)
    desk.greet(visit, told={"purpose": "bring_papers", "situation": "accompanying", "address": "周女士"}, by=cast.front_desk)
    desk.identify(visit, told=talk.identity(f"claim:{number}"), by=cast.front_desk)
    shown = shown_to_visitor(visit, actor=paired(visit, cast))
    assert shown is not None
    assert shown.is_identified
    assert (shown.account, shown.facts, shown.papers) == ("", (), ())


# ---------- what the visitor says ----------


def test_the_account_confirmed_on_the_screen_needs_no_tick_of_the_clerk(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    device = paired(visit, cast)
    typed(visit, "listening", cast, account=talk.ACCOUNT)
    say(visit, device)
    with pytest.raises(Refused, match="not read back"):
        desk.hear_account(visit, text=talk.ACCOUNT + "后来又摔了一次。", read_back=False, by=cast.front_desk)
    desk.hear_account(visit, text=f"{talk.ACCOUNT}\r\n", read_back=False, by=cast.front_desk)
    assert "自己的屏上" in event_of(Entry.objects.get(kind="account_heard")).sentence().zh
    entry = Entry.objects.get(kind="visitor_answered")
    assert (entry.by_kind, entry.by_ref.startswith("screen:")) == ("device", True)


def test_not_right_is_heard_and_the_tick_is_needed_again(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    device = paired(visit, cast)
    typed(visit, "listening", cast, account=talk.ACCOUNT)
    say(visit, device)
    say(visit, device, "not_right")
    assert visit_of(visit, actor=cast.front_desk).answers["account"].answer == "not_right"
    with pytest.raises(Refused):
        desk.hear_account(visit, text=talk.ACCOUNT, read_back=False, by=cast.front_desk)
    desk.hear_account(visit, text=talk.ACCOUNT, read_back=True, by=cast.front_desk)


def test_a_text_that_changed_under_the_finger_is_asked_again(cast: Cast) -> None:
    visit = talk.brought_to("listening", cast)
    device = paired(visit, cast)
    typed(visit, "listening", cast, account=talk.ACCOUNT)
    seen = shown_to_visitor(visit, actor=device)
    typed(visit, "listening", cast, account=talk.ACCOUNT.replace("左边", "右边"))
    assert seen is not None
    with pytest.raises(Refused, match="look once more"):
        answer_on_screen(visit, answer="right", digest=seen.digest, language="en", by=device)
    assert not VisitorAnswer.objects.exists()


def test_nothing_is_asked_at_a_station_without_a_question(cast: Cast) -> None:
    visit = talk.brought_to("check", cast)
    with pytest.raises(Refused, match="Nothing is to be confirmed"):
        answer_on_screen(visit, answer="right", digest="", language="en", by=paired(visit, cast))


def test_the_application_is_signed_with_the_finger_and_comes_in_as_a_file(cast: Cast) -> None:
    visit = talk.brought_to("papers", cast)
    device = paired(visit, cast)
    papers = {k: v for k, v in talk.PAPERS.items() if not k.startswith("application_")}
    typed(visit, "papers", cast, **papers)
    with pytest.raises(Refused, match="signature is missing"):
        say(visit, device)
    say(visit, device, strokes=STROKES)
    with pytest.raises(Refused) as refused:
        desk.take_papers(visit, told={**papers, "item_1_amount": "1961.00"}, by=cast.front_desk, application=b"%PDF-1.7 signed %%EOF")
    assert {m.field for m in refused.value.missing} == {"application_read", "application_signed"}, "another amount was not signed"
    desk.take_papers(visit, told=papers, by=cast.front_desk, application=b"%PDF-1.7 signed %%EOF")
    application = Document.objects.get(kind="application")
    assert (application.form, application.keeping) == ("electronic", "electronic")
    said = visit_of(visit, actor=cast.front_desk).answers["application"]
    picture = signature_kept(visit, said.id, actor=cast.front_desk)
    assert said.signed == "finger"
    assert STROKES.encode() in picture
    with pytest.raises(Refused, match="not_found"):
        signature_kept(visit, said.id, actor=cast.handler)


def test_consents_are_answered_on_the_screen_and_stand_with_its_language(cast: Cast) -> None:
    visit = talk.brought_to("identity", cast)
    device = paired(visit, cast)
    with pytest.raises(Refused) as refused:
        consent_on_screen(visit, told={"consent_health": "given"}, language="en", by=device)
    assert [m.field for m in refused.value.missing] == ["consent_account", "signed_name"]
    consent_on_screen(visit, told={"consent_health": "given", "consent_account": "refused"}, signed_name="Zhou Yanqiu", language="en", by=device)
    told = {k: v for k, v in talk.identity(talk.choice_of(cast)).items() if not k.startswith("consent_")}
    desk.identify(visit, told=told, by=cast.front_desk)
    from lipei.frontdesk.consenting import consents_seen

    seen = consents_seen(talk.number_of(visit), actor=cast.front_desk)
    assert [(c.kind, c.is_given, c.language, c.how.en) for c in seen] == [
        ("health", True, "en", "signed on the visitor's screen"), ("account", False, "en", "signed on the visitor's screen"),
    ]
    with pytest.raises(Refused, match="step is over"):
        consent_on_screen(visit, told={"consent_health": "refused", "consent_account": "refused"}, language="en", by=device)


# ---------- was this clear ----------


def test_what_the_visitor_marks_as_unclear_is_explained_again_and_stands_in_the_record(cast: Cast) -> None:
    visit = talk.brought_to("explanation", cast)
    device = paired(visit, cast)
    say(visit, device, "not_right", unclear=["papers", "days"])
    assert marked_parts(visit_of(visit, actor=cast.front_desk).answers) == {"papers": True, "days": True}
    with pytest.raises(Refused) as refused:
        desk.explain(visit, told=talk.UNDERSTOOD, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["back_papers", "back_days"]
    with pytest.raises(Refused, match="still have something marked"):
        say(visit, device, "right", unclear=["papers"])
    say(visit, device, "right")
    assert marked_parts(visit_of(visit, actor=cast.front_desk).answers) == {"papers": False, "days": False}
    with pytest.raises(Refused):
        desk.explain(visit, told=talk.UNDERSTOOD, by=cast.front_desk)
    told = {"back_papers": "again", "unclear_papers": "以为要房产证", "back_days": "again", "unclear_days": "五天是不是工作日"}
    desk.explain(visit, told={**talk.UNDERSTOOD, **told}, by=cast.front_desk)
    kept = StationRecord.objects.get(visit__number=visit, station="explanation").content["points"]
    assert [(p["id"], p["outcome"]) for p in kept if p["marked"]] == [("papers", "again"), ("days", "again")]
    event = event_of(Entry.objects.filter(kind="understanding_confirmed").latest("id"))
    assert (event.right, event.again) == (3, 2)  # type: ignore[attr-defined]


def test_who_cannot_say_what_is_unclear_may_still_say_that_something_is(cast: Cast) -> None:
    visit = talk.brought_to("explanation", cast)
    device = paired(visit, cast)
    say(visit, device, "not_right", unclear=["no_such_part"])
    answers = visit_of(visit, actor=cast.front_desk).answers
    assert answers["understanding"].answer == "not_right"
    assert marked_parts(answers) == {}


# ---------- signatures ----------


@pytest.mark.parametrize("strokes", ["M1 1", "M1 1L2 2", "<script>", "M1 1L2 2Z" * 9, "M10 20" + "L1 1" * 8 + '"/>', "M99999 1" + "L1 1" * 9, "M1 1" + "L2 2" * 20_000])
def test_what_is_no_signature_is_not_taken(strokes: str) -> None:
    signature, faults = signature_of(strokes, "")
    assert signature is None
    assert [f.field for f in faults] == ["strokes"]


@given(st.text(max_size=80))
def test_a_typed_name_never_breaks_out_of_its_picture(name: str) -> None:
    signature, faults = signature_of("", name)
    assert (signature is None) == bool(faults)
    if signature is not None:
        inside = signature.picture.decode().partition('font-size="56">')[2].removesuffix("</text></svg>")
        assert "<" not in inside
        assert ">" not in inside


@given(st.text(max_size=60), st.text(max_size=60))
def test_two_texts_have_one_digest_only_when_they_are_the_same(one: str, other: str) -> None:
    same = account_shown(one) == account_shown(other)
    assert (digest_of(account_shown(one)) == digest_of(account_shown(other))) == same
    assert digest_of(application_shown(one, {}, {"item_1_amount": "1"})) != digest_of(application_shown(one, {}, {"item_1_amount": "2"}))


# ---------- the rating ----------


def rated(visit: str, by: Actor, **told: str) -> None:
    rate_visit(visit, told=told, door="screen", language="zh-hans", by=by)


def test_a_visit_is_rated_once_at_its_farewell(cast: Cast) -> None:
    early = talk.brought_to("papers", cast)
    with pytest.raises(Refused, match="not yet time"):
        rated(early, rating_visitor(early), score="5")
    visit = talk.brought_to("farewell", cast)
    rated(visit, paired(visit, cast), score="4", said="很耐心")
    with pytest.raises(Refused, match="already"):
        rated(visit, rating_visitor(visit), score="1")
    assert is_rated(visit)
    entry = Entry.objects.get(kind="visit_rated")
    assert '"score"' not in entry.plain, "how it was rated is sealed"
    assert event_of(entry).sentence().en == "The visitor rated the visit"
    row = Rating.objects.get()
    assert row.said is not None
    assert "很耐心".encode() not in bytes(row.said)
    assert not Task.objects.filter(role="supervisor").exists()


def test_who_wishes_a_call_gets_one_and_the_clerk_sees_nothing_of_it(cast: Cast) -> None:
    from lipei.claimfile.overview import tasks_of

    visit = talk.brought_to("farewell", cast)
    rated(visit, paired(visit, cast), score="1", said="等了两个小时", call_back="on")
    sums = rating_sums(actor=cast.supervisor, at=dt.datetime.now(dt.UTC))
    assert [(c.visit, c.said, c.address) for c in sums.call_backs] == [(visit, "等了两个小时", "周女士")]
    seen = tasks_of(talk.number_of(visit), actor=cast.front_desk, at=dt.datetime.now(dt.UTC))
    assert not any("评价" in task.what.zh for task in seen)
    with pytest.raises(Refused, match="outcome"):
        answer_call_back(sums.call_backs[0].task_id, answer=" ", by=cast.supervisor)
    with pytest.raises(Refused) as refused:
        answer_call_back(sums.call_backs[0].task_id, answer="打过", by=cast.front_desk)
    assert refused.value.code == "not_permitted"
    answer_call_back(sums.call_backs[0].task_id, answer="道了歉，说明那天系统停了一小时。", by=cast.supervisor)
    assert rating_sums(actor=cast.supervisor, at=dt.datetime.now(dt.UTC)).call_backs == ()
    assert Task.objects.get(role="supervisor").state == "done"


def test_the_supervisor_sees_sums_of_visits_that_are_over(cast: Cast) -> None:
    visit = talk.brought_to("farewell", cast)
    rated(visit, paired(visit, cast), score="5")
    desk.say_farewell(visit, told=talk.farewell(), by=cast.front_desk)
    sums = rating_sums(actor=cast.supervisor, at=dt.datetime.now(dt.UTC))
    assert [(s.score, s.count) for s in sums.scores] == [(5, 1), (4, 0), (3, 0), (2, 0), (1, 0)]
    assert (sums.rated, sums.visits) == (1, 1)


def test_a_rating_is_a_face_and_at_most_three_hundred_characters() -> None:
    assert [f.field for f in rating_of({"score": "6"})[1]] == ["score"]
    assert [f.field for f in rating_of({})[1]] == ["score"]
    assert [f.field for f in rating_of({"score": "3", "said": "长" * 301})[1]] == ["said"]
    assert rating_of({"score": "3"})[1] == []
