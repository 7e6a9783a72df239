"""Whatever is tried with a paper, it is in exactly one place: the chain of hands never breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lipei.documents.hands import (
    OURS,
    HandOver,
    brought,
    given_back,
    is_unbroken,
    moved,
    must_hold_move,
    must_hold_return,
    must_hold_sending,
    place_in_words,
    received_hands,
    sent_out,
    stands_at,
)

NAMES = st.sampled_from(["陆听澜", "沈怀瑾", "梁守拙", "周砚秋", ""])
PLACES = st.sampled_from(["3 柜 · 盒 12", "3 柜 · 盒 13", "档案室 A-07", " "])
TRIES = st.lists(st.tuples(st.sampled_from(["move", "send", "bring", "return"]), NAMES, PLACES), max_size=12)
FORMS = st.sampled_from(["original", "copy", "sighted", "electronic"])


def try_it(chain: tuple[HandOver, ...], step: tuple[str, str, str]) -> tuple[HandOver, ...]:
    """One attempt: done when the rule allows it, left as it was when not."""
    what, name, place = step
    if what == "move":
        return chain if must_hold_move(chain, to_hands=name, place=place) else (*chain, moved(chain, to_hands=name, place=place))
    if what == "send":
        return chain if must_hold_sending(chain, to_hands=name, place=place) else (*chain, sent_out(chain, to_hands=name, place=place))
    if what == "bring":
        return chain if must_hold_move(chain, to_hands=name, place=place) else (*chain, brought(chain, to_hands=name, place=place, branch=2))
    return chain if must_hold_return(chain, signed_by=name) else (*chain, given_back(chain, to_hands=name))


@given(FORMS, st.booleans(), TRIES)
def test_a_paper_is_always_in_exactly_one_place(form: str, is_returned: bool, tries: list[tuple[str, str, str]]) -> None:
    chain = received_hands(form, giver="周砚秋", taker="陆听澜", place="3 柜 · 盒 12", is_returned=is_returned)
    assert is_unbroken(chain)
    for step in tries:
        chain = try_it(chain, step)
        assert is_unbroken(chain)
        here = stands_at(chain)
        assert (here.keeping in OURS) == bool(here.place.strip())
        assert place_in_words(here.keeping, place=here.place, hands=here.to_hands).en
        if here.keeping not in OURS:
            assert try_it(chain, ("move", "沈怀瑾", "3 柜 · 盒 9")) == chain


def test_an_identity_card_only_looked_at_goes_back_at_once() -> None:
    chain = received_hands("sighted", giver="周砚秋", taker="陆听澜", place="", is_returned=False)
    assert [(h.from_hands, h.to_hands, h.keeping) for h in chain] == [("周砚秋", "陆听澜", "kept"), ("陆听澜", "周砚秋", "returned")]
    assert place_in_words("returned", place="", hands="周砚秋").zh == "已退还周砚秋"


def test_a_file_has_no_paper_to_hand_over() -> None:
    chain = received_hands("electronic", giver="周砚秋", taker="陆听澜", place="", is_returned=False)
    assert [m.what.en for m in must_hold_return(chain, signed_by="周砚秋")] == ["This is a file; there is no paper to hand over"]


def test_all_that_a_hand_over_lacks_is_said_at_once() -> None:
    chain = received_hands("original", giver="周砚秋", taker="陆听澜", place="3 柜 · 盒 12", is_returned=False)
    assert [m.field for m in must_hold_move(chain, to_hands=" ", place="")] == ["to_hands", "place"]
    assert must_hold_move(chain, to_hands="陆听澜", place="3 柜 · 盒 12")[0].what.en == "It already is with 陆听澜, at “3 柜 · 盒 12”"


def test_a_paper_without_any_hand_over_is_nowhere() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        stands_at(())
