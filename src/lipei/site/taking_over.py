"""`lipei take-over FILE`: policies from the policy system, as a CSV file; each is a command with its entry, all faults told at once."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lipei.launch.attached import site
from lipei.launch.trouble import Trouble, terminal_language
from lipei.terms.words import Words

if TYPE_CHECKING:
    from lipei.policies.commands import PolicyData

ROWS_MAX = 1_000_000
FAULTS_SHOWN_MAX = 20
COLUMNS = (
    "number", "product_code", "branch_code", "from_date", "to_date", "premium_paid_to", "first_from_date", "explained_on", "explained_to",
    "holder_name", "holder_sex", "holder_born_on", "holder_identity", "holder_phone",
    "insured_name", "insured_sex", "insured_born_on", "insured_identity", "insured_phone", "insured_relation", "insured_social_insurance",
)
OPTIONAL = frozenset({"explained_on", "explained_to"})
DESCRIPTION = f"""Take policies over from a CSV file (UTF-8, first line the column names, dates as 2026-01-31, one insured person a row;
rows of the same policy number belong together). A policy that is known already stays as it is. Nothing is taken over while a row is wrong.

columns: {", ".join(COLUMNS)}
         (explained_on and explained_to may be empty; sex F or M; insured_social_insurance yes or no)"""
NO_COLUMN = Words(zh="文件缺少这些列：{names}", en="The file lacks these columns: {names}")
FAULT = Words(zh="第 {line} 行，{column}：“{value}”{why}", en="Line {line}, {column}: “{value}” {why}")
NOT_A_DATE = Words("不是日期；请写成 2026-01-31", "is not a date; write it like 2026-01-31")
EMPTY = Words("是空的", "is empty")
UNKNOWN = Words("没有登记", "is not known here")
NOTHING = Words(zh="{count} 处要改，什么也没有承接：\n{faults}", en="{count} to mend; nothing was taken over:\n{faults}")
DONE = Words(zh="承接了 {count} 份保单。", en="{count} policies were taken over.")


def main(argv: Sequence[str] | None = None) -> int:
    """Read, check, take over; returns the exit code. Raises `Trouble` with every fault, in both languages."""
    parser = argparse.ArgumentParser(prog="lipei take-over", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, metavar="FILE")
    path = parser.parse_args(argv).file
    with path.open(encoding="utf-8-sig", newline="") as file, site():
        count = take_over(list(csv.DictReader(file))[:ROWS_MAX])
    print(DONE.with_(count=count).in_(terminal_language()))
    return 0


def take_over(rows: list[dict[str, str]]) -> int:
    """Take the rows over; returns how many policies. Raises `Trouble` with all faults, and then nothing was written."""
    from lipei.filing.actor import system
    from lipei.policies.commands import take_over_policy

    faults = faults_of(rows)
    if faults:
        shown = faults[:FAULTS_SHOWN_MAX]
        said = {"zh": "\n".join(f.zh for f in shown), "en": "\n".join(f.en for f in shown)}
        raise Trouble(NOTHING.with_(count=len(faults), faults=Words(said["zh"], said["en"])))
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["number"].strip(), []).append(row)
    for group in grouped.values():
        take_over_policy(policy_of(group), by=system())
    return len(grouped)


def faults_of(rows: list[dict[str, str]]) -> list[Words]:
    """Everything wrong with the rows: missing columns, empty values, dates, unknown branches and products."""
    from lipei import products
    from lipei.staff.queries import branches

    lacking = [c for c in COLUMNS if rows and c not in rows[0]]
    if lacking or not rows:
        return [NO_COLUMN.with_(names=", ".join(lacking or COLUMNS))]
    known: dict[str, set[str]] = {"branch_code": {b.code for b in branches()}, "product_code": set(products.codes())}
    found = []
    for line, row in enumerate(rows, start=2):
        for column in COLUMNS:
            why = _fault(column, (row[column] or "").strip(), known)
            if why:
                found.append(FAULT.with_(line=line, column=column, value=(row[column] or "").strip()[:40], why=why))
    return found


def _fault(column: str, value: str, known: Mapping[str, set[str]]) -> Words | None:
    if not value:
        return None if column in OPTIONAL else EMPTY
    if column in known and value not in known[column]:
        return UNKNOWN
    if column.endswith(("_date", "_on", "paid_to")):
        try:
            date.fromisoformat(value)
        except ValueError:
            return NOT_A_DATE
    return None


def policy_of(group: list[dict[str, str]]) -> PolicyData:
    """One policy with its insured, from the rows of its number."""
    from lipei.policies.commands import PersonData, PolicyData

    def person(row: dict[str, str], who: str, **more: object) -> PersonData:
        plain = {f: row[f"{who}_{f}"].strip() for f in ("name", "sex", "identity", "phone")}
        return PersonData(born_on=date.fromisoformat(row[f"{who}_born_on"].strip()), **plain, **more)  # type: ignore[arg-type]

    first = {k: (v or "").strip() for k, v in group[0].items()}
    insured = tuple(
        person(row, "insured", relation=row["insured_relation"].strip(), social_insurance=row["insured_social_insurance"].strip() == "yes")
        for row in group
    )
    return PolicyData(
        number=first["number"], product_code=first["product_code"], branch_code=first["branch_code"], holder=person(group[0], "holder"),
        insured=insured, explained_on=date.fromisoformat(first["explained_on"]) if first["explained_on"] else None,
        explained_to=first["explained_to"], from_date=date.fromisoformat(first["from_date"]), to_date=date.fromisoformat(first["to_date"]),
        premium_paid_to=date.fromisoformat(first["premium_paid_to"]), first_from_date=date.fromisoformat(first["first_from_date"]),
    )
