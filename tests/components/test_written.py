"""How money, dates, words and personal values are written for Chinese and English readers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation

from lipei.templatetags import lipei as library
from lipei.terms.words import Words

FRIDAY = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def the_day_of_the_design(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "today", lambda zone=None: FRIDAY)


@pytest.fixture
def chinese() -> Iterator[None]:
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def written(source: str, **values: object) -> str:
    return Template("{% load lipei %}" + source).render(Context(values))


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_reads_chinese_whatever_the_code() -> None:
    words = Words("应付", "Owed")
    for code in ("zh-hans", "zh-cn", "zh"):
        with translation.override(code):
            assert written("{{ w|say }}", w=words) == "应付"
    assert written("{{ w|say }}", w={"zh": "应付", "en": "Owed"}) == "应付"
    assert written("{{ w|say }}", w="<b>") == "&lt;b&gt;", "what customers wrote is never markup"


@pytest.mark.usefixtures("english")
def test_an_english_reader_reads_english() -> None:
    assert written("{{ w|say }}", w=Words("应付", "Owed")) == "Owed"
    assert written("{{ p|named }}", p={"name": "沈怀瑾", "name_en": "Shen Huaijin"}) == "Shen Huaijin"


@pytest.mark.parametrize(
    ("fen", "shown", "plain", "signed"),
    [
        (1, "¥0.01", "0.01", "+0.01"),
        (9999999999, "¥99,999,999.99", "99,999,999.99", "+99,999,999.99"),
        (-28000, "−¥280.00", "−280.00", "−280.00"),
        (0, "¥0.00", "0.00", "0.00"),
    ],
)
def test_money_has_two_decimals_and_a_real_minus(fen: int, shown: str, plain: str, signed: str) -> None:
    assert written("{{ f|money }} {{ f|plain }} {{ f|signed }}", f=fen) == f"{shown} {plain} {signed}"


def test_the_cents_of_the_one_amount_are_smaller_and_never_missing() -> None:
    assert written("{{ f|money_html }}", f=2632033) == '¥26,320<span class="fen">.33</span>'
    assert written("{{ f|in_capitals }}", f=2632033) == "人民币贰万陆仟叁佰贰拾元叁角叁分"
    assert written("{{ f|money }}", f=None) == ""


@pytest.mark.usefixtures("chinese")
def test_today_is_always_said() -> None:
    morning = datetime(2026, 11, 27, 1, 31, tzinfo=UTC)  # 09:31 in Shanghai
    assert "今天" in written("{{ d|day }}", d=FRIDAY)
    assert ">今天</time>" in written("{{ d|short_day }}", d=FRIDAY)
    assert ">今天 09:31</time>" in written("{{ d|moment }}", d=morning)
    assert written("{{ d|weekday }}{{ d|weekday_short }}", d=FRIDAY) == "星期五五"


@pytest.mark.usefixtures("english")
def test_other_days_are_dates_and_another_year_is_named() -> None:
    assert written("{{ d|short_day }}", d=date(2026, 12, 1)) == '<time datetime="2026-12-01">12-01</time>'
    assert ">2025-12-01</time>" in written("{{ d|short_day }}", d=date(2025, 12, 1))
    late = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)  # 00:30 on the 27th in Shanghai
    assert ">today 00:30</time>" in written("{{ d|moment }}", d=late), "the local day counts, not the day in Greenwich"
    assert written("{{ d|weekday }}", d=FRIDAY) == "Friday"


def test_personal_values_are_covered() -> None:
    assert written("{{ p|mask_phone }}", p="19900000042") == "199••••0042"
    assert written("{{ p|mask_account }}", p="6222000011110042") == "••••0042"
    assert written("{{ p|mask_id }}", p="110101195001012624") == "••••••••••••••2624"


def test_a_link_follows_chinese_punctuation_without_a_gap() -> None:
    assert written("{{ t|lead }}|", t="都不适用。") == "都不适用。|"
    assert written("{{ t|lead }}|", t="none applies.") == "none applies. |"
