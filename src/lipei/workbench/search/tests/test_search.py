"""Search finds by exact keys first and by words of a text; personal numbers are looked up without ever being shown."""

from __future__ import annotations

import pytest
from django.urls import reverse

from lipei.claimfile.commands import PartyData, record_fact, record_party
from lipei.claimfile.finding import ways_of
from lipei.claimfile.tests.people import Cast, identity_number, the_cast
from lipei.coverage.tests.steps import reported
from lipei.filing.actor import system
from lipei.settlement.tests.steps import to_calculation
from lipei.staff.commands import ColleagueData, engage
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of
from lipei.terms.words import Words
from lipei.workbench.claim.tests.walking import browser_of, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return the_cast()


@pytest.mark.parametrize(
    ("q", "ways"),
    [
        ("JH-2026-000001", ("number",)),
        ("ｊｈ－2026－000001".upper(), ("number",)),
        ("199 0000 0042", ("phone",)),
        ("+8619900000042", ("phone",)),
        ("11010519491231002X", ("identity",)),
        ("镜B12345", ("plate",)),
        ("方玉兰", ("number", "policy", "text")),
        ("QH-2026-M-0071-4420", ("number", "policy", "text")),
    ],
)
def test_how_a_query_is_searched_follows_from_its_shape(q: str, ways: tuple[str, ...]) -> None:
    assert ways_of(q) == ways


def found(cast: Cast, q: str) -> str:
    return searched(cast, q).split("查找案件")[1]


def searched(cast: Cast, q: str, *, language: str = "zh-hans") -> str:
    """The page of a search as it is typed into the bar."""
    browser = browser_of(cast.handler, language=language)
    answer = browser.post(reverse("search"), {"q": q})
    return read(browser, answer["Location"])


def test_a_claim_is_found_by_every_key_a_customer_may_have(cast: Cast) -> None:
    number = to_calculation(cast)
    born = cast.policy.insured.get().born_on
    for q in (number, number.lower(), cast.policy.number, "方玉兰", "玉兰", "周砚秋", "19900000176", "199 0000 0042",
              identity_number(born, order=284), "意外受伤"):
        assert number in found(cast, q), q


def test_the_words_of_the_account_and_a_plate_are_found(cast: Cast) -> None:
    number = reported(cast)
    for name, text in (("account", "那天早上在家中卫生间滑倒，左边胯着地"), ("plate", "镜B12345")):
        record_fact(number, name=name, label=Words("陈述", "account"), value=text, shown=text, source="visitor", by=cast.front_desk)
    record_party(number, data=PartyData(role="payee", name="方玉兰"), by=cast.front_desk)
    assert number in found(cast, "卫生间滑倒")
    assert number in found(cast, "镜B12345")


def test_a_number_that_differs_in_one_digit_finds_nothing(cast: Cast) -> None:
    to_calculation(cast)
    page = found(cast, "19900000177")
    assert "没有找到“19900000177”" in page
    assert "号码要一位不差" in page


def test_what_is_found_shows_no_personal_number_and_masks_the_policys_people(cast: Cast) -> None:
    to_calculation(cast)
    answer = browser_of(cast.handler).post(reverse("search"), {"q": "19900000176"}, follow=True)
    html = answer.content.decode()
    assert html.count("19900000176") == html.count('value="19900000176"') == 1, "only where it was typed"
    assert "周••" in html


def test_search_tells_what_it_searched(cast: Cast) -> None:
    page = searched(cast, "19900000176")
    assert "电话号码，一位不差" in page
    english = searched(cast, "19900000176", language="en")
    assert "phone number, every digit" in english


def test_another_branch_finds_nothing_of_ours(cast: Cast) -> None:
    number = to_calculation(cast)
    user_id = engage(
        ColleagueData(number="2101", name="白露生", name_en="Bai Lusheng", branch_id=Branch.objects.get(code="YL").pk, roles=("handler",)),
        by=system(),
    )
    stranger = browser_of(actor_of(User.objects.get(id=user_id)))
    for q in (number, "方玉兰", "19900000176", cast.policy.number):
        page = read(stranger, stranger.post(reverse("search"), {"q": q})["Location"])
        assert "没有找到" in page
        assert "意外受伤" not in page


@pytest.mark.parametrize("q", ["'", "a & b | !", "）（", "\\", "😀", "%", "x" * 5_000, "::tsquery", "   "])
def test_signs_of_the_query_language_are_only_signs(cast: Cast, q: str) -> None:
    assert browser_of(cast.handler).get(reverse("search"), {"q": q}).status_code == 200


@pytest.mark.parametrize("q", ["19900000176", "+86 199 0000 0176", "11010519491231002X"])
def test_no_address_holds_a_personal_number_however_it_was_asked(cast: Cast, q: str) -> None:
    browser = browser_of(cast.handler)
    for answer in (browser.post(reverse("search"), {"q": q}), browser.get(reverse("search"), {"q": q})):
        assert answer.status_code == 302
        assert "0000" not in answer["Location"]
        assert "1949" not in answer["Location"]
        assert browser.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("k", ["", "AAAA", "不是密文", "=" * 40, "A" * 5_000])
def test_an_altered_address_finds_nothing_and_breaks_nothing(cast: Cast, k: str) -> None:
    assert "没有找到" not in read(browser_of(cast.handler), f"{reverse('search')}?k={k}")
