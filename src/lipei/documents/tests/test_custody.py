"""Papers on their way: sent out, sought, in batches, counted on the shelf – and always in exactly one place."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lipei.claimfile.models import Task
from lipei.claimfile.tests.people import SHANGHAI, Cast, the_cast
from lipei.documents import hands
from lipei.documents.batches import accept_batch, send_batch, take_back_batch
from lipei.documents.chains import chain_of
from lipei.documents.commands import (
    move_paper,
    receive_document,
    return_paper,
    say_found,
    say_not_found,
    send_out_paper,
)
from lipei.documents.custody_queries import batch_of, house_of, inventory_of
from lipei.documents.handing import raise_overdue
from lipei.documents.inventories import move_here, seek_missing, take_inventory
from lipei.documents.models import CustodyReceipt, Document, PaperAlarm, PaperBatch, PaperOfBatch
from lipei.documents.queries import paper_of, papers_of
from lipei.documents.receipts import check_receipt, issue_receipt
from lipei.documents.tests.stories import a_claim
from lipei.filing.actor import Actor, system
from lipei.filing.refusal import Refused
from lipei.staff.commands import ColleagueData, engage
from lipei.staff.models import Branch, User
from lipei.staff.queries import actor_of

pytestmark = pytest.mark.django_db
SHELF = "3 柜 · 盒 12"


@pytest.fixture
def cast() -> Cast:
    return the_cast()


def kept(cast: Cast, number: str, *kinds: str, place: str = SHELF) -> list[str]:
    return [receive_document(number, kind=kind, form="original", pages=2, received_from="周砚秋", place=place, by=cast.front_desk) for kind in kinds]


def at_yunling(role: str, *, number: str = "1901") -> Actor:
    """A colleague of the other branch."""
    branch = Branch.objects.get(code="YL")
    user = engage(ColleagueData(number=number, name="白露桐", name_en="Bai Lutong", branch_id=branch.pk, roles=(role,), authority=0, extension=number), by=system())
    return actor_of(User.objects.get(id=user))


def refusal_of(excinfo: pytest.ExceptionInfo[Refused]) -> str:
    return "|".join(m.what.zh for m in excinfo.value.missing) or excinfo.value.what.zh


# ---------- out, and sought ----------


def test_a_paper_sent_to_an_expert_stays_ours_and_comes_back(cast: Cast) -> None:
    (paper,) = kept(cast, a_claim(cast), "receipts")
    send_out_paper(paper, to_hands="镜湖司法鉴定所", place="柳岸街 5 号", by=cast.handler)
    assert paper_of(paper, actor=cast.handler).place.zh == "在外：镜湖司法鉴定所（柳岸街 5 号）"
    with pytest.raises(Refused, match="out already"):
        send_out_paper(paper, to_hands="别处", place="别处", by=cast.handler)
    move_paper(paper, to_hands="沈怀瑾", place=SHELF, by=cast.handler)
    assert paper_of(paper, actor=cast.handler).keeping == "kept"


def test_a_paper_nobody_finds_is_the_supervisors_task_until_it_is_found_with_where(cast: Cast) -> None:
    number = a_claim(cast)
    (paper,) = kept(cast, number, "receipts")
    with pytest.raises(Refused, match="Where you looked"):
        say_not_found(paper, looked="", by=cast.handler)
    say_not_found(paper, looked="3 柜上下各层，问过陆听澜", by=cast.handler)
    seen = papers_of(number, actor=cast.handler)[0]
    assert (seen.is_sought, seen.place.zh) == (True, f"没有找到，正在找；账上在{SHELF}")
    task = Task.objects.get(claim__number=number, state="open")
    assert (task.user.name, task.role) == ("许念慈", "supervisor")  # type: ignore[union-attr]
    assert house_of(actor=cast.supervisor).alarms[0].custody_number == paper

    for attempt in (
        lambda: move_paper(paper, to_hands="沈怀瑾", place="别处", by=cast.handler),
        lambda: return_paper(paper, signed_by="周砚秋", by=cast.front_desk),
        lambda: send_batch([paper], to="archive", by=cast.front_desk),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert "还在找" in refusal_of(refused)
    with pytest.raises(Refused, match="being sought already"):
        say_not_found(paper, looked="再找一次", by=cast.handler)

    say_found(paper, place="4 柜 · 盒 2", by=cast.supervisor)
    seen = papers_of(number, actor=cast.handler)[0]
    assert (seen.is_sought, seen.place.zh) == (False, "4 柜 · 盒 2")
    task.refresh_from_db()
    assert (task.state, task.answer) == ("done", "找到了：4 柜 · 盒 2 / Found: 4 柜 · 盒 2")
    assert PaperAlarm.objects.get().closed_entry is not None
    with pytest.raises(Refused, match="not being sought"):
        say_found(paper, place=SHELF, by=cast.supervisor)


def test_found_where_the_books_had_it_needs_no_hand_over(cast: Cast) -> None:
    (paper,) = kept(cast, a_claim(cast), "receipts")
    say_not_found(paper, looked="柜里", by=cast.handler)
    say_found(paper, place=SHELF, by=cast.handler)
    assert len(chain_of(Document.objects.get(custody_number=paper))) == 1


def test_a_paper_out_too_long_is_asked_for_once_and_settled_when_it_is_back(cast: Cast) -> None:
    long_ago = datetime.now(SHANGHAI) - timedelta(days=40, hours=1)
    number = a_claim(cast)
    early, late = kept(cast, number, "receipts", "itemised_bill")
    send_out_paper(early, to_hands="镜湖司法鉴定所", place="柳岸街 5 号", by=cast.handler, at=long_ago)
    send_out_paper(late, to_hands="镜湖司法鉴定所", place="柳岸街 5 号", by=cast.handler)
    assert raise_overdue(10, by=system()) == 1
    assert raise_overdue(10, by=system()) == 0
    alarm = PaperAlarm.objects.get()
    assert (alarm.document.custody_number, alarm.kind, alarm.task.state) == (early, "overdue", "open")
    assert "在外 40 天" in alarm.task.what_zh
    move_paper(early, to_hands="沈怀瑾", place=SHELF, by=cast.handler)
    alarm.refresh_from_db()
    assert alarm.closed_at is not None
    assert Task.objects.get(pk=alarm.task_id).state == "done"


# ---------- batches ----------


def test_a_batch_to_the_archive_is_accepted_by_the_archivist_and_what_lacked_is_sought(cast: Cast) -> None:
    papers = kept(cast, a_claim(cast), "application", "receipts", "itemised_bill")
    batch = send_batch(papers, to="archive", note="本周结案的", by=cast.front_desk)
    assert batch == f"YJ-JH{datetime.now(SHANGHAI):%m%d}-01"
    assert {paper_of(p, actor=cast.handler).keeping for p in papers} == {"out"}
    with pytest.raises(Refused) as again:
        send_batch(papers[:1], to="YL", by=cast.front_desk)
    assert "在移交途中" in refusal_of(again)
    for somebody in (cast.front_desk, cast.front_desk_2):
        with pytest.raises(Refused, match="receiving end"):
            accept_batch(batch, arrived=papers, place="档案室 A-07", by=somebody)
    with pytest.raises(Refused) as wrong:
        accept_batch(batch, arrived=["JH0000-000-01"], place="", by=cast.archivist)
    assert len(wrong.value.missing) == 2
    assert accept_batch(batch, arrived=papers[:2], place="档案室 A-07", by=cast.archivist) == (papers[2],)
    assert [paper_of(p, actor=cast.handler).place.zh for p in papers[:2]] == ["档案室 A-07"] * 2
    assert paper_of(papers[2], actor=cast.handler).is_sought
    seen, lines = batch_of(batch, actor=cast.front_desk)
    assert (seen.state, [line.state for line in lines]) == ("accepted", ["accepted", "accepted", "lacking"])
    with pytest.raises(Refused, match="settled already"):
        accept_batch(batch, arrived=papers, place="档案室", by=cast.archivist)


def test_another_branch_accepts_papers_of_a_claim_it_does_not_see(cast: Cast) -> None:
    papers = kept(cast, a_claim(cast), "receipts")
    batch = send_batch(papers, to="YL", by=cast.front_desk)
    there = at_yunling("front_desk")
    assert house_of(actor=there).batches[0].may_accept
    accept_batch(batch, arrived=papers, place="1 柜", by=there)
    document = Document.objects.get()
    assert (document.branch.code, document.place) == ("YL", "1 柜")  # type: ignore[union-attr]
    assert [s.place for s in house_of(actor=there).shelves] == ["1 柜"]
    assert house_of(actor=cast.front_desk).shelves == ()
    accept_batch(send_batch(papers, to="JH", by=there), arrived=papers, place=SHELF, by=cast.front_desk)
    document.refresh_from_db()
    assert document.branch is None


def test_shelves_stand_as_people_count_them(cast: Cast) -> None:
    number = a_claim(cast)
    for kind, place in (("receipts", "1 柜 · 盒 13"), ("medical_record", "1 柜 · 盒 4"), ("discharge_summary", "档案室 A-07")):
        kept(cast, number, kind, place=place)
    assert [shelf.place for shelf in house_of(actor=cast.front_desk).shelves] == ["1 柜 · 盒 4", "1 柜 · 盒 13", "档案室 A-07"]


def test_a_batch_nobody_accepted_is_taken_back_to_the_shelves_it_left(cast: Cast) -> None:
    number = a_claim(cast)
    papers = [*kept(cast, number, "receipts"), *kept(cast, number, "itemised_bill", place="5 柜")]
    batch = send_batch(papers, to="YL", by=cast.front_desk)
    with pytest.raises(Refused, match="sending branch"):
        take_back_batch(batch, by=at_yunling("front_desk"))
    take_back_batch(batch, by=cast.front_desk_2)
    assert [paper_of(p, actor=cast.handler).place.zh for p in papers] == [SHELF, "5 柜"]


def test_all_that_a_batch_lacks_is_said_at_once(cast: Cast) -> None:
    number = a_claim(cast)
    seen = receive_document(number, kind="identity", form="sighted", received_from="周砚秋", by=cast.front_desk)
    with pytest.raises(Refused) as refused:
        send_batch([seen, "JH9999-001-01"], to="nowhere", note="长" * 201, by=cast.front_desk)
    assert [m.field for m in refused.value.missing] == ["to", "note", "numbers", "numbers"]
    with pytest.raises(Refused, match="not in your branch"):
        send_batch(kept(cast, number, "receipts"), to="JH", by=at_yunling("front_desk"))


# ---------- the inventory ----------


def test_a_shelf_is_counted_and_each_difference_mended_by_one_press(cast: Cast) -> None:
    number = a_claim(cast)
    right, missing = kept(cast, number, "application", "receipts")
    (elsewhere,) = kept(cast, number, "itemised_bill", place="5 柜 · 盒 1")
    text = f"{right}\n{elsewhere}\nJH0000-000-01\n"
    uuid = take_inventory("3柜盒12", numbers=text, by=cast.front_desk)
    seen = inventory_of(uuid, actor=cast.supervisor)
    assert [(line.number, line.finding) for line in seen.lines] == [(missing, "missing"), (elsewhere, "elsewhere"), ("JH0000-000-01", "unknown"), (right, "right")]
    assert (seen.taker.zh, seen.open) == ("陆听澜", 2)
    assert seen.lines[1].said is not None
    assert seen.lines[1].said.zh == "镜湖支公司 · 5 柜 · 盒 1"

    move_here(uuid, number=elsewhere, by=cast.front_desk)
    seek_missing(uuid, number=missing, by=cast.front_desk)
    seen = inventory_of(uuid, actor=cast.supervisor)
    assert {line.number: line.mended for line in seen.lines} == {missing: "sought", elsewhere: "moved_here", "JH0000-000-01": "", right: ""}
    assert seen.open == 0
    assert paper_of(missing, actor=cast.handler).is_sought
    for press in (move_here, seek_missing):
        with pytest.raises(Refused):
            press(uuid, number=right, by=cast.front_desk)
    with pytest.raises(Refused, match="settled already"):
        move_here(uuid, number=elsewhere, by=cast.front_desk)


def test_a_sought_paper_that_lies_on_another_shelf_is_found_by_counting(cast: Cast) -> None:
    (paper,) = kept(cast, a_claim(cast), "receipts")
    say_not_found(paper, looked="3 柜", by=cast.handler)
    uuid = take_inventory("7 柜", numbers=paper, by=cast.front_desk)
    assert inventory_of(uuid, actor=cast.front_desk).lines[0].said.zh.endswith("（在找）")  # type: ignore[union-attr]
    move_here(uuid, number=paper, by=cast.front_desk)
    seen = paper_of(paper, actor=cast.handler)
    assert (seen.is_sought, seen.place.zh) == (False, "7 柜")


def test_what_moved_since_the_inventory_is_not_sought(cast: Cast) -> None:
    (paper,) = kept(cast, a_claim(cast), "receipts")
    uuid = take_inventory(SHELF, numbers="", by=cast.front_desk)
    move_paper(paper, to_hands="沈怀瑾", place="桌上", by=cast.handler)
    with pytest.raises(Refused) as refused:
        seek_missing(uuid, number=paper, by=cast.front_desk)
    assert "已经移走" in refusal_of(refused)


# ---------- receipts ----------


def test_a_receipt_is_confirmed_by_its_number_and_fingerprint_only(cast: Cast) -> None:
    number = a_claim(cast)
    papers = kept(cast, number, "application", "receipts")
    receipt = issue_receipt(number, occasion="taken", custody_numbers=papers, giver="周砚秋", counter=3, by=cast.front_desk)
    assert receipt == papers[0].rpartition("-")[0]
    code = CustodyReceipt.objects.get().fingerprint
    checked = check_receipt(receipt.lower(), code.upper()).receipt
    assert checked is not None
    assert [line.number for line in checked.content.lines] == papers
    for n in range(len(code)):
        wrong = code[:n] + ("0" if code[n] != "0" else "1") + code[n + 1 :]
        assert check_receipt(receipt, wrong).receipt is None
    assert check_receipt(receipt + "1", code).receipt is None
    again = issue_receipt(number, occasion="taken", custody_numbers=papers[:1], giver="周砚秋", counter=3, by=cast.front_desk)
    assert again == f"{receipt}-R2"
    with pytest.raises(Refused, match="No paper"):
        issue_receipt(number, occasion="taken", custody_numbers=[], giver="周砚秋", counter=3, by=cast.front_desk)


def test_a_receipt_in_the_table_cannot_be_changed_and_if_it_were_its_check_fails(cast: Cast) -> None:
    number = a_claim(cast)
    papers = kept(cast, number, "application")
    receipt = issue_receipt(number, occasion="taken", custody_numbers=papers, giver="周砚秋", counter=3, by=cast.front_desk)
    row = CustodyReceipt.objects.get()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true); UPDATE custody_receipt SET issued_at = now()")
    kept_as = row.content
    for n, changed in enumerate(({**kept_as, "giver": "周砚春"}, {**kept_as, "counter": 4}, {"number": receipt})):
        other = f"{receipt}-R9{n}"
        _forged(row, number=other, content=changed)
        checked = check_receipt(other, row.fingerprint)
        assert (checked.receipt, checked.is_altered) == (None, True)


def _forged(row: CustodyReceipt, *, number: str, content: dict[str, object]) -> None:
    """What somebody with the database's own hands could write: another content under the same fingerprint."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lipei.command', gen_random_uuid()::text, true)")
    CustodyReceipt.objects.create(number=number, claim=row.claim, kind=row.kind, content=content, fingerprint=row.fingerprint, issued_at=row.issued_at, entry=row.entry)


# ---------- whatever is tried ----------

PEOPLE = ("front_desk", "front_desk_2", "handler", "archivist", "supervisor")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["move", "send_out", "return", "seek", "find", "batch", "accept", "take_back", "count"]), st.integers(0, 2),
        st.sampled_from(PEOPLE), st.sampled_from([SHELF, "5 柜", "档案室 A-07", " "]),
    ),
    min_size=4, max_size=14,
)


class RandomHandOvers(TestCase):
    """Three papers through random hands, by the commands, in the database."""

    @given(STEPS)
    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_each_paper_is_always_in_exactly_one_place(self, steps: list[tuple[str, int, str, str]]) -> None:
        cast = the_cast()
        papers = kept(cast, a_claim(cast), "application", "receipts", "itemised_bill")
        for step in steps:
            _try(cast, papers, step)
            for paper in papers:
                _is_in_one_place(paper)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def _try(cast: Cast, papers: list[str], step: tuple[str, int, str, str]) -> None:
    what, n, role, place = step
    paper, by = papers[n], getattr(cast, role)
    batch = PaperBatch.objects.filter(state="offered").values_list("number", flat=True).first() or "YJ-0"
    tries = {
        "move": lambda: move_paper(paper, to_hands=by.name, place=place, by=by),
        "send_out": lambda: send_out_paper(paper, to_hands="镜湖司法鉴定所", place=place, by=by),
        "return": lambda: return_paper(paper, signed_by="周砚秋", by=by),
        "seek": lambda: say_not_found(paper, looked=place, by=by),
        "find": lambda: say_found(paper, place=place, by=by),
        "batch": lambda: send_batch(papers[: n + 1], to="archive", by=by),
        "accept": lambda: accept_batch(batch, arrived=papers[:n], place=place, by=by),
        "take_back": lambda: take_back_batch(batch, by=by),
        "count": lambda: move_here(take_inventory(place, numbers=paper, by=by), number=paper, by=by),
    }
    with contextlib.suppress(Refused):
        tries[what]()


def _is_in_one_place(paper: str) -> None:
    document = Document.objects.get(custody_number=paper)
    chain = chain_of(document)
    assert hands.is_unbroken(chain)
    last = hands.stands_at(chain)
    assert (document.keeping, document.place, document.branch_id) == (last.keeping, last.place, last.branch)
    assert bool(document.place.strip()) == (document.keeping in hands.OURS)
    on_the_way = PaperOfBatch.objects.filter(document=document, state="offered").count()
    assert on_the_way <= 1
    assert on_the_way == 0 or document.keeping == "out"
    assert PaperAlarm.objects.filter(document=document, kind="sought", closed_at=None).count() <= 1
