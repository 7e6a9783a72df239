"""Every combinator has its instructions: nothing goes the slow way in silence, and what goes it says why."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from lipei.calculation import CannotCalculate, LineItem, explain
from lipei.calculation.batch import MISSING, Balances, Claims, Items, Policies, Workspace, batch
from lipei.calculation.batch.compiling_more_steps import COMPILERS
from lipei.calculation.batch.opcodes import AMOUNTS, VALUES
from lipei.calculation.batch.running import prepared_for
from lipei.calculation.batch.tests import drawn_books
from lipei.calculation.tests.small_terms import edition_with
from lipei.terms.combinators import STEP_NAMES
from lipei.terms.edition import Edition


def claims_of(*bills: int, **columns: list[int]) -> Claims:
    """Claims of one policy, one bill of category `a` each, in order."""
    many = len(bills)
    facts = {name: np.array(values) for name, values in columns.items()}
    return Claims(np.zeros(many, dtype=np.int64), np.arange(many), facts, choices=("low", "high"), bill=np.array(bills), bill_category="a")


ONE_POLICY = Policies(np.zeros(1, dtype=np.int64))


def test_every_combinator_is_compiled() -> None:
    assert set(COMPILERS) == set(STEP_NAMES)


def test_every_combinator_is_drawn_for_the_property_test() -> None:
    text = " ".join(repr(strategy) for strategy in (drawn_books.on_lines, drawn_books.on_total, drawn_books.starts))
    drawn = {name for name in STEP_NAMES if f"'{name}'" in text}
    assert set(STEP_NAMES) - drawn == {"sum"}  # every indemnity begins with it


def test_every_instruction_says_what_it_does() -> None:
    assert [name for name, function in {**AMOUNTS, **VALUES}.items() if not getattr(function, "py_func", function).__doc__] == []


def test_ratios_too_fine_for_64_bits_take_the_exact_way_and_are_counted() -> None:
    fine = [f"step: coinsurance, pays: {10**11 - 1}/{10**11 + number}" for number in (3, 9)]
    edition = edition_with(*fine)
    result = batch([edition], policies=ONE_POLICY, claims=claims_of(100_00, 7))
    assert result.exact == (0, 1)
    assert result.why_exact[0].en == "its ratios are too fine for 64 bits"
    assert list(result.owed) == [explain(edition, facts={}, items=[LineItem("a", bill)]).owed for bill in (100_00, 7)]


def test_a_single_amount_too_large_for_the_scale_takes_the_exact_way_alone() -> None:
    edition = edition_with("step: coinsurance, pays: 1/1000003", "step: coinsurance, pays: 99%")
    result = batch([edition], policies=ONE_POLICY, claims=claims_of(10_000_00, 10**13, 5))
    assert result.exact == (1,)
    assert result.why_exact == {}
    assert int(result.owed[1]) == explain(edition, facts={}, items=[LineItem("a", 10**13)]).owed


def test_bands_with_a_ratio_of_facts_say_why_they_are_slow() -> None:
    edition = edition_with("step: bands, kind: marginal, on: excess, table: [{ratio: days / 10}]")
    result = batch([edition], policies=ONE_POLICY, claims=claims_of(100_00, days=[7]))
    assert list(result.owed) == [70_00]
    assert "ratio in its bands" in result.why_exact[0].en


LIMITED = edition_with(
    'step: aggregate_deductible, amount: "100.00", accumulator: borne',
    'step: aggregate_limit, limit: "250.00", accumulator: paid',
    amounts=("borne", "paid"),
)


def test_balances_go_from_claim_to_claim_and_out_again() -> None:
    result = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(60_00, 80_00, 300_00))
    assert list(result.owed) == [0, 40_00, 210_00]
    assert result.moved.tolist() == [[60_00, 40_00, 0], [0, 40_00, 210_00]]
    closing = {result.closing.names[a]: int(u) for a, u in zip(result.closing.accumulator, result.closing.used, strict=True)}
    assert closing == {"borne": 100_00, "paid": 250_00}


def test_what_came_out_of_one_stretch_goes_into_the_next() -> None:
    first = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(60_00, 80_00))
    second = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(300_00), balances=first.closing)
    assert list(second.owed) == [210_00]


def test_claims_in_no_order_give_the_same_as_claims_in_order() -> None:
    claims = claims_of(300_00, 60_00, 80_00)
    mixed = Claims(claims.policy, np.array([2, 0, 1]), bill=claims.bill, bill_category="a")
    result = batch([LIMITED], policies=ONE_POLICY, claims=mixed)
    assert list(result.owed) == [210_00, 0, 40_00]
    assert not result.was_in_order


def test_a_row_explained_by_itself_sees_and_leaves_the_right_balances() -> None:
    edition = edition_with(
        'step: aggregate_deductible, amount: "100.00", accumulator: borne', "step: coinsurance, pays: 1/1000003", amounts=("borne",)
    )
    result = batch([edition], policies=ONE_POLICY, claims=claims_of(60_00, 10**13, 100_00_00))
    assert result.exact == (1,)
    assert result.moved[0].tolist() == [60_00, 40_00, 0]


def test_what_cannot_be_calculated_is_a_problem_with_the_same_words_and_changes_nothing() -> None:
    facts = {"days": [1, 2 * 10**9, 3], "level": [0, 1, 7], "on": [MISSING, 739_700, 739_700]}
    result = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(60_00, 80_00, 80_00, **facts))
    assert [problem.row for problem in result.problems] == [1, 2]
    with pytest.raises(CannotCalculate) as stopped:
        explain(LIMITED, facts={"days": 2 * 10**9}, items=[LineItem("a", 80_00)])
    assert result.problems[0].needs == stopped.value.needs
    assert list(result.owed) == [0, 0, 0]


def test_bill_lines_that_cannot_be_are_problems_and_the_others_go_on() -> None:
    items = Items(
        np.array([0, 1, 2, 4]), np.array([0, 5, 0, 1]), np.array([100, 100, 10, 10]), ("a", "b"),
        allowed=np.array([MISSING, MISSING, 11, MISSING]),
    )  # fmt: skip
    claims = Claims(np.zeros(3, dtype=np.int64), np.arange(3))
    result = batch([edition_with("step: coinsurance, pays: 50%")], policies=ONE_POLICY, claims=claims, items=items)
    assert [problem.row for problem in result.problems] == [1, 2]
    assert list(result.owed) == [50, 0, 0]


def test_a_column_with_fractions_is_refused() -> None:
    with pytest.raises(TypeError):
        batch([LIMITED], policies=ONE_POLICY, claims=claims_of(1, value=[Fraction(1, 2)]))


def test_tables_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="value"):
        batch([LIMITED], policies=ONE_POLICY, claims=claims_of(1, 2, value=[1]))


def test_a_workspace_gives_the_same_again_and_again() -> None:
    workspace, found = Workspace(), []
    for bills in ((60_00, 80_00, 300_00), (60_00,), (60_00, 80_00, 300_00)):
        result = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(*bills), workspace=workspace)
        found.append([int(one) for one in result.owed])
    assert found == [[0, 40_00, 210_00], [0], [0, 40_00, 210_00]]


def test_two_threads_give_what_one_gives() -> None:
    policies = Policies(np.zeros(40, dtype=np.int64))
    claims = Claims(np.repeat(np.arange(40), 5), np.tile(np.arange(5), 40), bill=np.arange(200) * 1_00, bill_category="a")
    one, two = (batch([LIMITED], policies=policies, claims=claims, threads=threads) for threads in (1, 2))
    assert (one.by_coverage == two.by_coverage).all()
    assert (one.moved == two.moved).all()
    assert sorted(zip(one.closing.person, one.closing.used, strict=True)) == sorted(zip(two.closing.person, two.closing.used, strict=True))


def test_a_kernel_written_for_the_shapes_gives_the_same() -> None:
    sharing = edition_with("step: coinsurance, pays: 1/3", 'step: limit, limit: "2,000.00"')
    policies = Policies(np.arange(40) % 2)
    claims = Claims(np.repeat(np.arange(40), 5), np.tile(np.arange(5), 40), bill=np.arange(200) * 37_01, bill_category="a")
    general, written = (batch([LIMITED, sharing], policies=policies, claims=claims, speed=speed) for speed in ("ready", "fastest"))
    assert prepared_for((LIMITED, sharing), (), (), ()).program.patterns
    assert (general.by_coverage == written.by_coverage).all()
    assert (general.moved == written.moved).all()


def test_no_claims_are_no_trouble() -> None:
    edition: Edition = LIMITED
    assert batch([edition], policies=ONE_POLICY, claims=claims_of()).owed.tolist() == []


def test_the_balances_before_are_seen() -> None:
    year = 739_617
    before = Balances(("paid",), np.array([0]), np.array([0]), np.array([year]), np.array([200_00]))
    result = batch([LIMITED], policies=ONE_POLICY, claims=claims_of(300_00), balances=before)
    assert list(result.owed) == [50_00]
