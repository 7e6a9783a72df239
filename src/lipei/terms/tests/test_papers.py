"""One complete notice: which papers are needed for what is known, and which questions are still to be asked."""

from __future__ import annotations

from lipei.terms.edition import edition_of
from lipei.terms.papers import papers_required, questions
from lipei.terms.tests.test_wrong_documents import GOOD

TERMS = edition_of(
    GOOD.replace(
        "documents:\n",
        "documents:\n  bill: {label: {zh: 清单, en: Bill}, shows: {zh: 金额, en: the amounts}, clause: \"1\", when: charged('bed') > 10.00}\n"
        "  letter: {label: {zh: 说明, en: Letter}, shows: {zh: 级别, en: the level}, clause: \"1\", when: level == 'high'}\n",
    )
)


def needs(**known: object) -> dict[str, str]:
    return {paper.code: paper.need for paper in papers_required(TERMS, known=known, charged={"bed": 11_00})}


def test_a_paper_whose_condition_is_open_depends_on_the_fact() -> None:
    assert needs() == {"bill": "needed", "letter": "depends", "paper": "needed"}


def test_a_paper_is_asked_for_when_its_condition_holds_and_left_out_when_not() -> None:
    assert needs(level="high")["letter"] == "needed"
    assert "letter" not in needs(level="low")
    assert "bill" not in {paper.code for paper in papers_required(TERMS, known={})}


def test_questions_leave_out_what_is_known() -> None:
    assert [one.name for one in questions(TERMS)] == ["on", "level", "stated", "paid"]
    assert [one.name for one in questions(TERMS, known={"on": None, "paid": 0})] == ["level", "stated"]
    assert questions(TERMS, by="first_view") == ()
