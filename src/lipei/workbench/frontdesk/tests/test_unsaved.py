"""A second tab, Back, or another clerk sends a station that has moved on: refused kindly, and the words typed there are still to be read."""

from __future__ import annotations

import pytest

from lipei.claimfile.models import Fact
from lipei.claimfile.tests.people import Cast, the_cast
from lipei.filing.models import Entry
from lipei.frontdesk.models import Visit
from lipei.frontdesk.tests import calm_talk, talk
from lipei.workbench.frontdesk.tests.refusals import listed
from lipei.workbench.frontdesk.tests.test_pages import at_the_desk, text, url

pytestmark = pytest.mark.django_db
MORE = "还有，摔的时候手机也压坏了。"


@pytest.fixture
def cast() -> Cast:
    return the_cast(today=talk.TODAY)


@pytest.mark.parametrize(("language", "told", "onward"), [
    ("zh-hans", "“倾听”已经办过，没有再办一次", "接着办“出险事实”"), ("en", "“Listening” was done already; it was not done twice", "Go on with Facts"),
])
def test_words_of_a_second_tab_become_an_addition_to_be_read_back(cast: Cast, language: str, told: str, onward: str) -> None:
    clerk = at_the_desk(cast.front_desk, language=language)
    visit = talk.brought_to("facts", cast)
    before = Entry.objects.count()
    page = clerk.post(url(visit, "listening"), {"account": MORE, "read_back": "on"})
    assert page.status_code == 409
    assert told in text(page)
    assert listed(text(page)) == [onward]
    for shown in (page, clerk.get(url(visit, "listening"))):
        added = text(shown).partition('name="addition"')[2]
        assert added.partition("</textarea>")[0].endswith(f">\n{MORE}"), "in the field that adds to the account"
        assert " checked" not in added.partition('name="read_back"')[2].partition(">")[0], "and to be read back first"
    assert Entry.objects.count() == before
    assert clerk.post(url(visit, "listening"), {"do": "add", "addition": MORE, "read_back": "on"}).status_code == 302
    assert Fact.objects.get(name="account", is_current=True).value == f"{talk.ACCOUNT}\n{MORE}"


def test_the_same_words_again_are_no_addition(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    assert text(clerk.post(url(visit, "listening"), {"account": talk.ACCOUNT, "read_back": "on"})).count(talk.ACCOUNT) == 1


def test_an_addition_is_kept_while_it_is_written(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("facts", cast)
    answer = clerk.post(f"{url(visit, 'listening')}draft/", {"addition": MORE}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "陈述" not in text(answer), "nothing lacks at a station that is done"
    assert MORE in text(clerk.get(url(visit, "listening")))


def test_other_facts_of_a_second_tab_stand_in_their_fields_as_a_correction(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("check", cast)
    page = clerk.post(url(visit, "facts"), talk.facts(place="小区门口"))
    assert page.status_code == 409
    assert 'value="小区门口"' in text(page)
    assert "保存更正" in text(page)
    assert Fact.objects.get(name="place", is_current=True).value == "家里卫生间"


def test_what_can_no_longer_be_changed_is_shown_as_not_saved(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("farewell", cast)
    stale = {
        "listening": ({"account": MORE}, (MORE,)),
        "facts": (talk.facts(place="小区门口", cause="illness"), ("小区门口",)),
        "papers": ({"other_1_title": "护工收据", "item_1_label": "护工费", "item_1_amount": "800"}, ("护工收据", "护工费 · 800")),
        "explanation": ({"question_1": "护工费报不报？", "unclear_days": "工作日还是自然日"}, ("护工费报不报？", "工作日还是自然日")),
        "welcome": ({**talk.GREETING, "address": "周老师"}, ("周老师",)),
    }
    before = Entry.objects.count()
    for station, (told, words) in stale.items():
        page = clerk.post(url(visit, station), told)
        assert page.status_code == 409, station
        for shown in (text(page), text(clerk.get(url(visit, station)))):
            unsaved = shown.partition("写在这里，没有保存")[2].partition("</section>")[0]
            assert [w for w in words if w not in unsaved] == [], station
            assert "家里卫生间" not in unsaved, "what stands on file is not said again"
    assert 'value="周女士"' in text(clerk.get(url(visit, "welcome"))), "the fields show what is on file"
    assert Entry.objects.count() == before


def test_another_clerk_reads_who_holds_it_and_keeps_her_words(cast: Cast) -> None:
    other = at_the_desk(cast.front_desk_2)
    visit = talk.brought_to("listening", cast)
    page = other.post(url(visit, "listening"), {"account": MORE, "read_back": "on"})
    assert page.status_code == 409
    assert "陆听澜" in text(page)
    assert MORE in text(page)
    assert MORE not in text(at_the_desk(cast.front_desk).get(url(visit, "listening"))), "they are hers, not the holder's"
    assert Visit.objects.get(number=visit).station == "listening"


def test_numbers_of_a_document_are_not_shown_again(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    page = clerk.post(url(visit, "identity"), talk.identity(talk.choice_of(cast)))
    assert page.status_code == 409
    assert talk.daughter_number() not in text(page)


def test_a_step_of_the_calm_mode_keeps_its_words_too(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = calm_talk.complaint_at("point", cast)
    page = clerk.post(f"/visits/{visit}/calm/", {"step": "listen", "words": MORE, "read_back": "on"})
    assert page.status_code == 409
    assert MORE in text(page)


def test_who_is_logged_out_meanwhile_reads_it_in_place_and_keeps_the_words_on_the_page(cast: Cast) -> None:
    clerk = at_the_desk(cast.front_desk)
    visit = talk.brought_to("listening", cast)
    clerk.logout()
    answer = clerk.post(f"{url(visit, 'listening')}draft/", {"account": MORE}, headers={"HX-Request": "true"})
    assert answer.status_code == 403, "a login page in the place of “saved” would look like an answer"
    assert "登录已经过期，没有保存" in text(answer)
    assert "<html" not in text(answer)
    assert clerk.get(url(visit, "listening"))["Location"].startswith("/login")
