"""Where bars, dots and marks stand, told with the amounts of the designed pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lipei.templatetags import shapes


def test_a_share_is_exact_and_never_leaves_the_drawing() -> None:
    assert shapes.share(2467033, 6842050) == "36.06%"
    assert shapes.share(1, 3) == "33.33%"
    assert shapes.share(5, 5) == "100%"
    assert shapes.share(7, 5) == "100%"
    assert shapes.share(-1, 5) == "0%"
    assert shapes.share(1, 0) == "0%"


def test_the_money_falls_from_claimed_to_owed() -> None:
    rows = [
        {"amount": 10000, "kind": "sum"},
        {"amount": -2500, "kind": "minus"},
        {"amount": -2500, "kind": "minus"},
        {"amount": 1000, "kind": "plus"},
        {"amount": 6000, "kind": "total"},
    ]
    assert [(f.left, f.width) for f in shapes.fall(rows)] == [("0%", "100%"), ("75%", "25%"), ("50%", "25%"), ("50%", "10%"), ("0%", "60%")]


def test_an_empty_fall_and_a_fall_of_nothing_are_drawn_as_nothing() -> None:
    assert shapes.fall([]) == []
    assert shapes.fall([{"amount": 0, "kind": "sum"}])[0].width == "0%"


def test_a_step_shows_what_is_left_and_what_it_took() -> None:
    assert shapes.kept({"before": 6224050, "after": 3103370}, 6842050) == shapes.Kept("45.36%", "45.61%")
    assert shapes.kept({"before": 0, "after": 165000, "added": True}, 6842050) == shapes.Kept("2.41%", "0%")


def test_due_bars_keep_their_scale_until_the_tallest_would_leave_the_page() -> None:
    assert [b.height for b in shapes.due_bars([{"number": 0}, {"number": 9}], step=14, tallest=140)] == [0, 126]
    assert [b.height for b in shapes.due_bars([{"number": 1}, {"number": 700}], step=14, tallest=140)] == [2, 140]
    assert shapes.due_bars([], step=14, tallest=140) == []


def test_the_amount_stands_inside_the_level_that_may_decide_it() -> None:
    levels = [{"limit": 2000000}, {"limit": 5000000}, {"limit": 20000000}]
    scale = shapes.authority(levels, 2632033)
    assert [(v.left, v.width) for v in scale.levels] == [("0%", "25%"), ("25%", "30%"), ("55%", "45%")]
    assert scale.at == "31.32%"
    assert not scale.turned
    assert shapes.authority(levels, 99999999).at == "100%"
    assert shapes.authority(levels, 0).at == "0%"


def test_similar_decisions_that_would_cover_each_other_stand_above_each_other() -> None:
    decisions = [{"permille": 394}, {"permille": 396}, {"permille": 398}, {"permille": 523, "unlike": "limit not applied"}]
    strip = shapes.similar(decisions, own=385, low=348, high=435)
    assert [dot.y for dot in strip.dots] == [56, 43, 30, 56]
    assert strip.own_word == "38.5%"
    assert [tick.word for tick in strip.ticks] == ["35%", "40%", "45%", "50%", "55%"]
    assert strip.dots[-1].turned, "near the right end its words stand to the left"


@given(st.lists(st.integers(0, 1000), max_size=40), st.integers(0, 1000))
def test_no_dot_leaves_the_strip(ratios: list[int], own: int) -> None:
    strip = shapes.similar([{"permille": r} for r in ratios], own=own, low=own, high=own)
    assert all(5 <= float(x.rstrip("%")) <= 95 for x in [strip.own, *(d.x for d in strip.dots)])
    assert len(strip.ticks) <= 11


@given(st.lists(st.integers(-(10**12), 10**12), max_size=12))
def test_no_bar_of_the_fall_leaves_the_drawing(amounts: list[int]) -> None:
    rows = [{"amount": abs(sum(amounts)) + 1, "kind": "sum"}, *({"amount": a, "kind": "minus"} for a in amounts)]
    assert all(0 <= float(f.left.rstrip("%")) <= 100 and 0 <= float(f.width.rstrip("%")) <= 100 for f in shapes.fall(rows))


@given(st.integers(0, 10**13), st.integers(1, 10**13))
def test_a_share_is_never_further_than_half_a_hundredth_from_the_truth(part: int, whole: int) -> None:
    part = min(part, whole)
    assert abs(shapes.hundredths(part, whole) * whole - part * shapes.HUNDREDTHS) * 2 <= whole
