"""What the stories of whole books share: the guide's files, a small medical edition, and the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lipei.products import adjudicate_cli, whatif_cli

GUIDE = Path(__file__).resolve().parents[5] / "docs" / "guide" / "books"
Run = Callable[..., tuple[int, dict[str, Any], str]]
SMALL = """
product: small_medical
edition: "{edition}"
title: {{zh: 小医疗, en: Small medical}}
line: medical
jurisdiction: cn
currency: CNY
in_force: {{first: 2026-01-01}}
clauses:
  - {{id: "1", zh: 医疗费用, en: Medical costs}}
  - {{id: "2", zh: 年免赔额, en: Annual deductible}}
  - {{id: "3", zh: 年限额, en: Annual limit}}
facts:
  treated_on: {{kind: date, label: {{zh: 就诊日, en: Day of treatment}}, question: {{zh: 哪天？, en: Which day?}}}}
categories:
  bill: {{zh: 费用, en: Bill}}
accumulators:
  deducted: {{label: {{zh: 已免赔, en: Deducted}}, used_up: {{zh: 用完, en: used up}}, period: calendar_year, person: policy, dated_by: treated_on, clause: "2"}}
  paid: {{label: {{zh: 已付, en: Paid}}, used_up: {{zh: 用完, en: used up}}, period: calendar_year, person: policy, dated_by: treated_on, clause: "3"}}
coverages:
  - id: cover
    label: {{zh: 医疗, en: Medical}}
    about: {{zh: 费用, en: charges}}
    kind: indemnity
    clause: "1"
    trigger: {{label: {{zh: 保险期间内, en: in force}}, clause: "1", when: treated_on >= 2026-01-01}}
    steps:
      - {{step: sum, label: {{zh: 合计, en: Sum}}, clause: "1"}}
      - {{step: aggregate_deductible, label: {{zh: 年免赔, en: Deductible}}, clause: "2", amount: "{deductible}", accumulator: deducted}}
      - {{step: coinsurance, label: {{zh: 比例, en: Ratio}}, clause: "1", pays: {pays}}}
      - {{step: aggregate_limit, label: {{zh: 年限额, en: Limit}}, clause: "3", limit: "20,000.00", accumulator: paid}}
cases:
  - {{name: {{zh: 例, en: Case}}, facts: {{treated_on: 2026-03-01}}, items: [{{category: bill, claimed: "{deductible}"}}], owed: "0.00"}}
"""


@pytest.fixture
def terms(tmp_path: Path) -> Callable[..., str]:
    """A file with the small medical edition; its path."""

    def written(edition: str = "2026", *, deductible: str = "1,000.00", pays: str = "80%") -> str:
        path = tmp_path / f"small_{edition}.yaml"
        path.write_text(SMALL.format(edition=edition, deductible=deductible, pays=pays), encoding="utf-8")
        return str(path)

    return written


@pytest.fixture
def adjudicate(capsys: pytest.CaptureFixture[str]) -> Run:
    """`lipei adjudicate … --json`: exit code, counts, what was said on stderr."""
    return _runner(adjudicate_cli.main, capsys)


@pytest.fixture
def what_if(capsys: pytest.CaptureFixture[str]) -> Run:
    """`lipei what-if … --json`."""
    return _runner(whatif_cli.main, capsys)


def _runner(main: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object, lang: str = "en") -> tuple[int, dict[str, Any], str]:
        code = main([*(str(one) for one in arguments), "--lang", lang, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.strip() else {}, said.err

    return run


@pytest.fixture
def medical_book(tmp_path: Path) -> Path:
    """Three partitions of claims under the small medical edition, three claims a policy."""
    from lipei.products.book.tests.invented import write

    for part in range(3):
        rows = [
            {
                "claim": f"{part}-{number}",
                "policy": f"P{part}-{number // 3}",
                "order": f"2026-0{1 + number % 3}-1{number % 10}",
                "treated_on": f"2026-0{1 + number % 3}-1{number % 10}",
                "bill": f"{300 * (number % 7) + part}.50",
            }
            for number in range(30)
        ]
        write(rows, tmp_path / "book" / f"part-{part}.parquet")
    return tmp_path / "book"
