"""A shelf is scanned: every number gets exactly one finding, and a spelling does not make another shelf."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lipei.documents.inventory_rules import InTheBooks, compared, must_hold_inventory, scanned, shelf_key
from lipei.terms.words import Words

JH = Words("镜湖", "Jinghu")
SHELF = "3 柜 · 盒 12"
NUMBERS = st.integers(1, 20).map(lambda n: f"JH1122-001-{n:02d}")


def book(place: str = SHELF, *, keeping: str = "kept", branch: int = 1, is_sought: bool = False) -> InTheBooks:
    """Where the books have a paper."""
    return InTheBooks(branch=branch, branch_name=JH, keeping=keeping, place=place, hands="陆听澜", is_sought=is_sought)


BOOKS = st.dictionaries(
    NUMBERS,
    st.builds(book, st.sampled_from([SHELF, "3柜盒12", "3 柜 · 盒 13"]), keeping=st.sampled_from(["kept", "out", "returned"]), branch=st.sampled_from([1, 2]), is_sought=st.booleans()),
)


@given(st.lists(NUMBERS, unique=True), BOOKS)
@settings(deadline=None)
def test_each_number_is_found_once_and_nothing_that_should_be_here_is_forgotten(numbers: list[str], books: dict[str, InTheBooks]) -> None:
    lines = compared(numbers, branch=1, place=SHELF, books=books)
    assert len({line.number for line in lines}) == len(lines)
    should = {n for n, b in books.items() if b.keeping == "kept" and b.branch == 1 and shelf_key(b.place) == shelf_key(SHELF)}
    assert {line.number for line in lines} == set(numbers) | should
    by = {finding: {line.number for line in lines if line.finding == finding} for finding in ("right", "elsewhere", "missing", "unknown")}
    assert by["missing"] == should - set(numbers)
    assert by["unknown"] == set(numbers) - set(books)
    assert by["right"] == {n for n in set(numbers) & should if not books[n].is_sought}
    assert by["elsewhere"] == (set(numbers) & set(books)) - by["right"]


def test_where_the_books_have_it_is_said() -> None:
    (line,) = compared(["JH1122-001-01"], branch=1, place=SHELF, books={"JH1122-001-01": book("档案室", branch=2)})
    assert (line.finding, line.said) == ("elsewhere", Words("镜湖 · 档案室", "Jinghu · 档案室"))


def test_a_scanner_types_lines_and_a_person_may_scan_twice() -> None:
    assert scanned("jh1122-001-01\r\nJH1122-001-02\n\nJH1122-001-01\n") == ("JH1122-001-01", "JH1122-001-02")


def test_what_an_inventory_lacks_is_said_at_once() -> None:
    assert [m.field for m in must_hold_inventory([f"JH-{n}" for n in range(501)], place=" ")] == ["place", "numbers"]
    assert must_hold_inventory(["9" * 41], place=SHELF)[0].do is not None
    assert must_hold_inventory([], place=SHELF) == []
