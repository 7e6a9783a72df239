"""The measurer measures the house itself: a generated book passes the seal, is the same by seed, and its figures are figures."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from lipei.adapters.folder_bank import FolderBank
from lipei.adapters.folder_post import FolderPost
from lipei.bench.cli import main, parser, shown
from lipei.bench.desk import growth_of, kept
from lipei.bench.growing import entries_of, seedling
from lipei.bench.loading import Book
from lipei.bench.measuring import Figures, NotAnswered, at_rank, measure
from lipei.bench.pages import Ask, asks, callers
from lipei.bench.patterns import Pattern, read_patterns
from lipei.claimfile.commands import report_claim, write_note
from lipei.claimfile.finding import find
from lipei.claimfile.models import Claim
from lipei.demo.telling import tell_all
from lipei.filing.actor import system
from lipei.filing.models import Entry
from lipei.filing.verification import check
from lipei.launch.database import clone, drop
from lipei.process.outside import Outside, connect
from lipei.staff.models import User
from lipei.staff.queries import actor_of

NOWHERE = Path("/nonexistent")
CLAIMS = 60


@pytest.fixture(scope="module")
def book(template: Any, addresses: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Sixty generated claims, grown in two goes from four told ones, with a real report between, in a database of their own."""
    from conftest import django_on

    folder = tmp_path_factory.mktemp("outside")
    connect(Outside(FolderBank(folder / "out", folder / "in", answers_itself=True), FolderPost(folder / "post", confirms_delivery=True)))
    own = clone(template, f"lipei_bench_{uuid.uuid4().hex[:8]}")
    with django_db_blocker.unblock(), django_on(own.app, back_to=addresses.app):
        tell_all(claims=4, policies=4)
        with psycopg.connect(own.owner.url) as owner:
            patterns = read_patterns(owner)
        made = Book(own.owner.url, patterns=patterns, seed=7)
        made.grow(CLAIMS // 2, say=lambda line: None)
        claim = Claim.objects.order_by("id")[10]
        assert claim.insured_id is not None
        report_claim(claim.policy_id or 0, insured_id=claim.insured_id, channel="phone", by=system())
        made.grow(CLAIMS, say=lambda line: None)
        yield made
    drop(own.owner)


def test_a_generated_book_is_accepted_by_verify_and_an_altered_one_is_not(book: Book) -> None:
    seen = check(NOWHERE)
    assert [w.en for w in seen.findings] == []
    assert Claim.objects.filter(number__contains="-1000").count() == CLAIMS
    with psycopg.connect(book.url) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("UPDATE claim SET claimed = claimed + 1 WHERE id = (SELECT max(id) FROM claim WHERE id < 100000000)")
    assert [w.en for w in check(NOWHERE).findings if "was altered" in w.en]
    with psycopg.connect(book.url) as owner:
        owner.execute("SET session_replication_role = replica")
        owner.execute("UPDATE claim SET claimed = claimed - 1 WHERE id = (SELECT max(id) FROM claim WHERE id < 100000000)")


def test_a_generated_claim_is_found_by_its_people_and_goes_on_through_the_commands(book: Book) -> None:
    auditor = actor_of(User.objects.get(number="8004"))
    claim = Claim.objects.filter(number__contains="-1000").order_by("id").last()
    assert claim is not None
    assert claim.number in [c.number for c in find(claim.insured_name, actor=auditor, at=claim.reported_at).claims]
    handler = actor_of(User.objects.filter(branch_id=claim.branch_id, roles__contains=["handler"])[0])
    before = Entry.objects.filter(file_id=claim.file_id).count()
    write_note(claim.number, text="看过了。", by=handler)
    assert Entry.objects.filter(file_id=claim.file_id).count() == before + 1
    assert check(NOWHERE).findings == []


def test_a_page_is_measured_with_its_statements_and_an_error_page_is_no_measurement(book: Book) -> None:
    everybody = callers()
    with psycopg.connect(book.url) as owner:
        asked = asks(owner, seed=7, size=CLAIMS, samples=8)
        found = measure("claim", asked["claim"], callers=everybody, claims=CLAIMS, owner=owner)
        assert 0 < found.statements <= 15
        assert 0 < found.bare_p50_ms < found.p50_ms <= found.p95_ms
        reported = measure("API report", asked["API report"], callers=everybody, claims=CLAIMS, owner=owner)
        assert reported.bare_p50_ms > 0
        with pytest.raises(NotAnswered, match="404"):
            measure("claim", [Ask("2001", "/claims/JH-2020-000001/")] * 4, callers=everybody, claims=CLAIMS, owner=owner)


def _pattern(told_at: dt.datetime) -> Pattern:
    claim = {"id": 1, "number": "JH-2026-000001", "stage": "registered", "reported_at": told_at}
    entry = {
        "id": 5, "number": 1, "kind": "claim_reported", "version": 1, "at": told_at + dt.timedelta(hours=1), "by_kind": "staff", "by_ref": "1001",
        "by_name": "陆听澜", "why": "", "verb": "claim.report", "plain": '{"number":"JH-2026-000001"}', "personal": None, "personal_digest": None,
    }
    return Pattern({"claim": (claim,), "policy": ({"id": 1, "number": "QH-1"},)}, (entry,), {5: 5}, (), "")


def test_the_same_seed_gives_the_same_claim_and_another_seed_another() -> None:
    patterns = (_pattern(dt.datetime(2026, 11, 1, tzinfo=dt.UTC)),)
    one, again, other = (seedling(4, patterns=patterns, seed=seed) for seed in (1, 1, 2))
    assert (one.file_id, one.back, one.number) == (again.file_id, again.back, again.number)
    assert one.file_id != other.file_id
    at = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert list(entries_of(one, digests={}, recorded_at=at)) == list(entries_of(again, digests={}, recorded_at=at))


def test_ranks_growth_and_promises_are_read_off_the_figures() -> None:
    assert at_rank([3, 1, 2], 50) == 2
    assert at_rank(range(100), 95) == 95
    pages = [
        {"page": "claim", "claims": 10, "p95_ms": 10.0, "statements": 14}, {"page": "claim", "claims": 100, "p95_ms": 16.0, "statements": 16},
        {"page": "board", "claims": 100, "p95_ms": 299.0, "statements": 9}, {"page": "API report", "claims": 100, "p95_ms": 9.0, "statements": 45},
    ]
    assert growth_of([p for p in pages if p["page"] == "claim"]) == {"claim": 1.6}
    assert list(kept([p for p in pages if p["page"] != "API report"][:2]).values()) == [False, True, False]
    assert list(kept(pages[2:]).values()) == [True, True, True]


def test_the_figures_read_well_and_a_size_that_is_none_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import asdict

    figures = Figures("my work", 10_000, 100, 12.34, 20.5, 9, 3.0, 81.26)
    assert round(figures.ratio, 2) == 4.11
    found = {
        "loaded": [{"claims": 10_000, "seconds": 9.4, "entries": 123_456, "history_rows": 7, "findings": 0, "board_refresh_ms": 36.0}],
        "pages": [{**asdict(figures), "ratio": figures.ratio}], "growth": {}, "kept": {"no page above 15 statements": True},
    }
    text = shown(json.loads(json.dumps(found)))
    assert "10,000 claims  123,456 entries" in text
    assert "my work" in text
    assert "81.3" in text
    with pytest.raises(SystemExit):
        parser().parse_args(["desk", "--claims", "0"])
    with pytest.raises(SystemExit):
        main(["desk", "--help"])
    assert "thrown away" in capsys.readouterr().out
