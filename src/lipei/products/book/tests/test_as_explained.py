"""A book of all products: every claim is owed what `explain` owes it with the balances it met, and refused for the same reasons."""

from __future__ import annotations

import pytest

from lipei import products
from lipei.calculation import CannotCalculate
from lipei.calculation.batch import Workspace
from lipei.products.book.adjudicating import calculated
from lipei.products.book.bills import ItemsTable
from lipei.products.book.clause_sample import by_clause, statement_of
from lipei.products.book.reading import piece_of
from lipei.products.book.terms_choice import terms_of
from lipei.products.book.tests.invented import cases_as_book, table_of


def test_every_claim_of_a_mixed_book_is_owed_what_explain_owes_it() -> None:
    terms = terms_of(terms=None, product=None)
    claims, lines = cases_as_book(terms.editions, times=3)
    piece = piece_of(table_of(claims), first_row=1, terms=terms, items=ItemsTable(table_of(lines)))
    done = calculated(piece, terms=terms, workspace=Workspace())
    assert len(piece.ids) == len(claims) > 500
    assert len(done.rows) + len({problem.row for problem in done.problems}) == len(claims)
    met = 0
    for row in range(len(claims)):
        if row in done.rows:
            statement = statement_of(done, row=row, terms=terms)  # compares what is owed
            assert sum(by_clause(statement).values()) == statement.owed
            met += any(balance.used for balance in statement.inputs.balances.values())
        else:
            with pytest.raises(CannotCalculate):
                statement_of(done, row=row, terms=terms)
    assert met > 100
    assert len(done.rows) > 0.95 * len(claims)


def test_the_first_claims_are_the_worked_cases() -> None:
    terms = terms_of(terms=None, product=None)
    claims, lines = cases_as_book(terms.editions, times=1)
    piece = piece_of(table_of(claims), first_row=1, terms=terms, items=ItemsTable(table_of(lines)))
    done = calculated(piece, terms=terms, workspace=Workspace())
    cases = [case for edition in products.editions() for case in edition.document.cases]
    owed = {str(piece.ids[int(row)]): int(done.result.owed[row]) for row in done.rows}
    names = [f"{e.document.product}-{e.document.edition}-{n}-0" for e in products.editions() for n in range(len(e.document.cases))]
    compared = [(owed[name], case.owed) for name, case in zip(names, cases, strict=True) if not case.balances and name in owed]
    assert len(compared) > 150
    assert all(mine == theirs for mine, theirs in compared)
