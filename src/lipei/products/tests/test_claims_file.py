"""A file of claims of one policy: through the ledger in the order of the clauses, and every fault told with its line at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lipei import products
from lipei.products import explain_cli
from lipei.products.claims_file import claims_of, read_claims
from lipei.terms.faults import TermsFaults

HEAD = 'policy: {cover_from: 2026-01-01, cover_to: 2026-12-31, renewed: "true"}\n'
CLAIM = """  - name: {name}
    facts: {{cause: accident, happened_on: {on}, admitted_on: {on}, discharged_on: {on}, hospital_level: primary, settled_through_social_insurance: "true", social_paid: "0.00"}}
    items: [{{category: surgery, claimed: "{claimed}"}}]
"""
LATE = HEAD + "claims:\n" + "".join(
    CLAIM.format(name=name, on=on, claimed=claimed)
    for name, on, claimed in (("June", "2026-06-01", "2,500.00"), ("January", "2026-01-09", "1,200.00"))
)
WRONG = """policy: {cover_from: 2026-01-01, cover_too: 2026-12-31}
balances: {annual_deductable: "100.00", annual_limit: "-1.00"}
claims:
  - name: one
    facts: {cause: accident, happened_on: 2026-06-01, admitted_on: 2026-06-01, discharged_on: 2026-06-02, hospital_level: first}
    items:
      - {category: surgery, claimed: "600.00"}
      - {category: surgeon, claimed: "600.00"}
  - name: one
    facts: {social_paid: many}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "claims.yaml"


def faults_in(text: str) -> list[str]:
    edition = products.named("anxin_inpatient", edition="2026")
    with pytest.raises(TermsFaults) as caught:
        read_claims(edition, claims_of(text, source="claims.yaml"))
    return [fault.printed("claims.yaml", "en") for fault in caught.value.faults]


def test_a_late_claim_restates_the_one_before_it_in_the_file(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(LATE, encoding="utf-8")
    assert explain_cli.main(["--product", "anxin_inpatient", "--claim", str(file), "--lang", "en"]) == 0
    printed = capsys.readouterr().out
    assert "── June ──" in printed
    assert "In all, 1,615.00 yuan." in printed  # (2,500 − (2,000 − 1,200)) × 95%
    assert "△ claim January came in: June changes from 475.00 to 1,615.00" in printed
    assert "Annual deductible (Clause 2.3(2)): used before 0.00 → 1,200.00" in printed
    assert "proposal" not in printed


def test_the_adjustment_is_in_the_json_too(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(LATE, encoding="utf-8")
    assert explain_cli.main(["--product", "anxin_inpatient", "--claim", str(file), "--json"]) == 0
    june, january, adjustment = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (june["owed"], january["owed"]) == ("1615.00", "0.00")
    assert adjustment["adjustment"]["difference"] == 114_000


def test_everything_that_is_wrong_is_told_at_once_with_line_and_cure() -> None:
    faults = faults_in(WRONG)
    assert all("Cure: " in fault for fault in faults)
    expected = [
        (1, "“cover_too” is not among the facts of these terms"),
        (1, "write cover_to: under policy"),
        (2, "did you mean “annual_deductible”?"),
        (2, "must not be below zero"),
        (5, "“first” is not one of the choices"),
        (8, "has a category “surgeon” that the terms do not know"),
        (9, "two claims have this name"),
        (10, "“many” is not an amount"),
        (10, "write happened_on: under facts"),
    ]
    for line, said in expected:
        assert any(fault.startswith(f"claims.yaml:{line}:") and said in fault for fault in faults), (line, said)
    assert len(faults) == len(set(faults))


def test_a_value_beyond_its_bounds_names_its_line_once() -> None:
    faults = faults_in(LATE.replace('social_paid: "0.00"', 'social_paid: "-1.00"', 1))
    assert faults == [
        "claims.yaml:4:187: error [does-not-fit] claims[0].facts.social_paid: Paid by social insurance must not be below 0.00."
        " Cure: " + faults[0].partition("Cure: ")[2]
    ]


def test_a_file_that_is_one_claim_names_its_lines_too() -> None:
    one = HEAD + 'facts: {cause: accident}\nitems: [{category: surgery, claimed: "1.00"}]\n'
    assert all(fault.startswith("claims.yaml:2:1: error [missing] facts:") for fault in faults_in(one))


def test_each_member_of_a_family_has_an_own_deductible() -> None:
    text = LATE.replace("  - name: January", "  - name: January\n    member: sister")
    read = read_claims(products.named("anxin_inpatient", edition="2026"), claims_of(text, source="claims.yaml"))
    assert [statement.owed for statement in read.statements.values()] == [475_00, 0]
    assert read.adjustments == ()


def cures_of(text: str) -> list[str]:
    with pytest.raises(TermsFaults) as caught:
        claims_of(text, source="claims.yaml")
    return [fault.cure.en for fault in caught.value.faults]


def test_a_misspelt_key_is_corrected_out_of_the_keys_of_that_place() -> None:
    assert "did you mean “claims”? otherwise remove it" in cures_of(LATE.replace("claims:", "claim:"))
    assert cures_of(LATE.replace("items: [", "itmes: [", 1)) == ["did you mean “items”? otherwise remove it"]
    one = HEAD + "name: x\nfact: {cause: accident}\n"
    assert cures_of(one) == ["did you mean “facts”? otherwise remove it"]
