"""The slow, exact reference for books: `Fraction` everywhere, written apart from engine and kernel, on the drawn dicts themselves.

Arithmetic of steps that the first reference already has is taken from there; what it lacks is here: lines by person and day,
sublimits, families, benefits, tables, shares with others, conditions and exceptions.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lipei.calculation.tests.reference import (
    DEDUCTING,
    ON_LINES,
    ON_TOTAL,
    SHARING,
    half_up,
    largest_remainder,
)

F = Fraction
Facts = dict[str, Any]
DEDUCTIONS = DEDUCTING | {"family_deductible"}
COST_SHARING = SHARING | {"ratio_table", "family_deductible"}
LINE_STEPS = ("exclude", "sublimit")


def holds(condition: str, facts: Facts) -> bool:
    """Whether one of the few drawn conditions holds."""
    return {
        "flag": facts["flag"],
        "not flag": not facts["flag"],
        "level == 'high'": facts["level"] == "high",
        "paid > 100.00": facts["paid"] > 100_00,
        "days in [1, 2, 3]": facts["days"] in (1, 2, 3),
        "value >= paid and not flag": facts["value"] >= facts["paid"] and not facts["flag"],
    }[condition]


def plain(value: Any, facts: Facts) -> Any:
    """The value with names of facts and written expressions worked out."""
    if isinstance(value, list):
        return [plain(one, facts) for one in value]
    if isinstance(value, str) and value in ("value", "paid", "days", "fault"):
        return facts[value]
    if value == "half":
        return F(facts["value"], 2)
    return F(facts["value"] + facts["paid"], 3) if value == "third" else value


class Claim:
    """One claim on its way through its coverages; `used` is changed as it goes."""

    def __init__(self, facts: Facts, bill: list[Any], used: dict[str, int]) -> None:
        self.facts, self.bill, self.used = facts, bill, used
        self.moved: dict[str, int] = {}

    def book(self, name: str, amount: Fraction | int) -> None:
        fen = half_up(F(amount))
        self.used[name] = self.used.get(name, 0) + fen
        self.moved[name] = self.moved.get(name, 0) + fen

    def left(self, most: Any, name: str) -> Fraction:
        return max(F(most) - self.used.get(name, 0), F(0))

    def coverage(self, steps: list[dict[str, Any]]) -> int:
        """What the coverage owes, in fen."""
        if self.facts["on"] < 30 and not self.facts["flag"]:
            return 0
        if self.facts["days"] == 13 and not self.facts["flag"]:
            return 0
        self.now, self.lines, self.taken, self.covered, self.at_end = F(0), [], F(0), None, []
        for step in steps:
            self.step(step)
        owed = half_up(self.now)
        for name in self.at_end:
            self.book(name, owed)
        return owed

    def step(self, step: dict[str, Any]) -> None:
        if "when" in step and not holds(step["when"], self.facts):
            return
        if step.get("quiet") and not any(line[0] == step["of"] for line in self.bill):
            return
        if step["step"] in COST_SHARING and "of" not in step and self.covered is None:
            self.covered = self.now
        before, taken = self.now, step
        if "except" in step and holds(step["except"][0], self.facts):
            taken = step["except"][1]
        if taken != "nothing":
            self.follow({name: plain(value, self.facts) for name, value in taken.items() if name not in ("when", "except")})
        if step["step"] in DEDUCTIONS:
            self.taken += before - self.now

    def follow(self, step: dict[str, Any]) -> None:
        name = step["step"]
        own = getattr(self, "_" + name, None)
        if own is not None:
            own(step)
        elif self.is_of_lines(step):
            chosen = self.chosen(step)
            before = sum(self.lines)
            self.lines = ON_LINES[name](step, self.lines, chosen)
            self.now = sum(self.lines, F(0)) if name == "copayment" else self.now - before + sum(self.lines)
        else:
            known = {"used": self.used, "taken": self.taken, "covered": self.covered}
            if name == "limit":
                self.now = min(self.now, F(step["limit"]))
                return
            before = self.now
            self.now = ON_TOTAL[name](self.filled(step), self.now, known)
            self.uses(step, before)

    def uses(self, step: dict[str, Any], before: Fraction) -> None:
        if step["step"] == "aggregate_deductible":
            self.book(step["accumulator"], before - self.now)
        if step["step"] == "out_of_pocket_max":
            covered = before if self.covered is None else self.covered
            self.book(step["accumulator"], max(covered - self.now, 0))

    def filled(self, step: dict[str, Any]) -> dict[str, Any]:
        """A table for each choice becomes the table of this claim's choice."""
        if step["step"] == "bands" and "table" not in step:
            return {**step, "table": step[self.facts["level"]]}
        return step

    def is_of_lines(self, step: dict[str, Any]) -> bool:
        return step["step"] in ON_LINES and ("of" in step or step.get("scope") in ("item", "person", "day"))

    def chosen(self, step: dict[str, Any]) -> list[int]:
        return [at for at, line in enumerate(self.bill) if step.get("of") in (None, line[0])]

    def cut(self, chosen: list[int], most: Any) -> None:
        """The lines together at most so much, in whole fen by the largest remainder."""
        weights = [self.lines[at] for at in chosen]
        if sum(weights) > most:
            for at, part in zip(chosen, largest_remainder(half_up(F(most)), weights), strict=True):
                self.lines[at] = part

    def _sum(self, step: dict[str, Any]) -> None:
        self.lines = [F(line[1]) for line in self.bill]
        self.now = sum(self.lines, F(0))

    def _limit(self, step: dict[str, Any]) -> None:
        chosen, before = self.chosen(step), sum(self.lines)
        if step.get("scope") == "person":
            for person in {self.bill[at][3] or "0" for at in chosen}:
                self.cut([at for at in chosen if (self.bill[at][3] or "0") == person], step["limit"])
        elif step.get("scope") == "day":
            dated = [at for at in chosen if self.bill[at][2] is not None]
            for at in dated:
                self.lines[at] = min(self.lines[at], F(step["limit"] * self.bill[at][2]))
            left = max(step["days"] - sum(self.bill[at][2] for at in dated), 0)
            self.cut([at for at in chosen if at not in dated], step["limit"] * left)
        elif step.get("scope") == "item":
            for at in chosen:
                self.lines[at] = min(self.lines[at], F(step["limit"]))
        elif "of" in step:
            self.cut(chosen, step["limit"])
        else:
            self.now = min(self.now, F(step["limit"]))
        self.now -= before - sum(self.lines)

    def _sublimit(self, step: dict[str, Any]) -> None:
        chosen, before, name = self.chosen(step), sum(self.lines), step.get("accumulator")
        self.cut(chosen, self.left(step["limit"], name) if name else F(step["limit"]))
        if name:
            self.book(name, sum((self.lines[at] for at in chosen), F(0)))
        self.now -= before - sum(self.lines)

    def _aggregate_limit(self, step: dict[str, Any]) -> None:
        self.now = min(self.now, self.left(step["limit"], step["accumulator"]))
        self.at_end.append(step["accumulator"])

    def _family_deductible(self, step: dict[str, Any]) -> None:
        own, family = step["accumulator"], step["family_accumulator"]
        off = min(self.left(step["amount"], own), self.left(step["family_amount"], family), self.now)
        self.book(own, off)
        self.book(family, off)
        self.now -= off

    def _layer(self, step: dict[str, Any]) -> None:
        inside = min(max(self.now - step["attachment"], F(0)), F(step["limit"]))
        if "accumulator" in step:
            inside = min(inside, self.left(step["limit"] * (1 + step["reinstatements"]), step["accumulator"]))
            self.book(step["accumulator"], inside)
        self.now = inside * step["share"]

    def _percentage_deductible(self, step: dict[str, Any]) -> None:
        off = F(step.get("base", self.now)) * step["ratio"]
        off = max(off, F(step.get("at_least", off)))
        off = min(off, F(step.get("at_most", off)))
        self.now -= min(off, self.now)

    def _depreciation(self, step: dict[str, Any]) -> None:
        share = min(step["periods"] * F(step["rate"]), F(step["cap"]))
        self.now -= min(F(step.get("base", self.now)) * share, self.now)

    def _average(self, step: dict[str, Any]) -> None:
        required = step["value"] * step["required"]
        self.now *= 1 if required <= step["insured"] else F(step["insured"]) / required

    def _prior_payment(self, step: dict[str, Any]) -> None:
        self.now = max(self.now - step["amount"], F(0))

    def _agreed_value(self, step: dict[str, Any]) -> None:
        self.now = F(step["value"])

    def _coordinate(self, step: dict[str, Any]) -> None:
        self.now = min(self.now, F(max(step["allowed"] - step["primary_paid"], 0)))

    def _ratio_table(self, step: dict[str, Any]) -> None:
        self.now *= step[self.facts["level"]]

    def _allocate(self, step: dict[str, Any]) -> None:
        self.now = F(half_up(self.now))

    def _contribution(self, step: dict[str, Any]) -> None:
        sums = [half_up(F(one)) for one in (step["ours"], *step["others"])]
        loss, rule = half_up(self.now), step["rule"]
        if rule == "by_sum_insured":
            share = largest_remainder(loss, [F(one) for one in sums])[0]
        elif rule == "independent_liability":
            alone = [F(min(loss, one)) for one in sums]
            share = largest_remainder(min(loss, int(sum(alone))), alone)[0]
        elif rule == "sequential":
            share = F(max(loss - sum(sums[1:]), 0))
        else:
            share = self.equal_share(loss, sums)
        self.now = min(F(share), F(sums[0]))

    def equal_share(self, loss: int, sums: list[int]) -> Fraction:
        paid = [0] * len(sums)
        while loss > 0 and any(one < most for one, most in zip(paid, sums, strict=True)):
            open_ones = [at for at in range(len(sums)) if paid[at] < sums[at]]
            for at, part in zip(open_ones, largest_remainder(loss, [F(1)] * len(open_ones)), strict=True):
                taken = min(int(part), sums[at] - paid[at])
                paid[at] += taken
                loss -= taken
        return F(paid[0])

    def _per_diem(self, step: dict[str, Any]) -> None:
        days = max(step["days"] - step.get("elimination_days", 0), 0)
        if "days_max" in step:
            days = min(days, max(step["days_max"] - self.used.get(step["accumulator"], 0), 0))
        if "accumulator" in step:
            self.book(step["accumulator"], days)
        self.now = F(step["daily"]) * days

    def _lump_sum(self, step: dict[str, Any]) -> None:
        self.now = F(step["amount"])

    def _schedule(self, step: dict[str, Any]) -> None:
        counts, ratios = [self.facts[name] for name in ("n1", "n2", "n3")], step["grades"]
        found = [at for at, count in enumerate(counts) if count]
        if not found:
            self.now = F(0)
        elif step["combine"] == "add_capped":
            self.now = F(step["insured"]) * min(sum(c * r for c, r in zip(counts, ratios, strict=True)), F(1))
        else:
            up = step["combine"] == "worst_promoted" and counts[found[0]] > 1 and found[0] > 0
            self.now = F(step["insured"]) * ratios[found[0] - up]

    def _amount_table(self, step: dict[str, Any]) -> None:
        reached = [pays for least, pays in step["rows"] if least <= self.facts["days"]]
        self.now = F(plain(reached[-1], self.facts)) if reached else F(0)


PERSON_OF = {"deductible": "family"}
"""In the drawn documents the first accumulator belongs to the family, all others to the member; `cash` is used up in one event."""


def reference(documents: list[Any], rows: list[Any]) -> list[tuple[list[int], dict[str, int]]]:
    """For each row what its coverages owe and what it used; claims by family and order, years from 1 January."""
    used: dict[tuple[str, int, int], int] = {}
    found: list[Any] = [None] * len(rows)
    for at in sorted(range(len(rows)), key=lambda at: (rows[at].family, rows[at].order, at)):
        row = rows[at]
        year = 0 if row.claim["on"] < 365 else 1
        names = ("deductible", "limit", "pocket", "own", "family", "cell", "sub", "cash")
        period = {"cash": row.claim["on"]}
        keys = {name: (name, row.family if name in PERSON_OF else row.member, period.get(name, year)) for name in names}
        claim = Claim(row.claim, row.claim["bill"], {name: used.get(key, 0) for name, key in keys.items()})
        owed = [claim.coverage(steps) for steps in documents[row.edition]]
        for name, amount in claim.used.items():
            used[keys[name]] = amount
        found[at] = (owed, {name: amount for name, amount in claim.moved.items() if amount})
    return found
