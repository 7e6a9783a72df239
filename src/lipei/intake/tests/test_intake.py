"""When two reports are probably the same loss."""

from __future__ import annotations

from datetime import date

import pytest

from lipei.intake.rules import LossSeen, duplicate_faults, same_loss

ONE = LossSeen("A", "person", date(2026, 10, 24), "镜湖市第一人民医院")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (LossSeen("B", "person", date(2026, 10, 24), "镜湖市第一 人民医院"), True),
        (LossSeen("B", "person", date(2026, 10, 24), ""), True),
        (LossSeen("B", "person", date(2026, 10, 24), "云岭医院"), False),
        (LossSeen("B", "person", date(2026, 10, 25), "镜湖市第一人民医院"), False),
        (LossSeen("B", "other", date(2026, 10, 24), "镜湖市第一人民医院"), False),
        (LossSeen("B", "person", None, "镜湖市第一人民医院"), False),
        (LossSeen("A", "person", date(2026, 10, 24), "镜湖市第一人民医院"), False),
    ],
)
def test_same_person_day_and_provider(other: LossSeen, same: bool) -> None:
    assert same_loss(ONE, other) is same


def test_a_sentence_lets_it_pass_and_every_duplicate_is_named() -> None:
    assert duplicate_faults(["A", "B"], why="同一天两次住院。") == []
    assert [m.what.zh[:1] for m in duplicate_faults(["A", "B"], why="是")] == ["A", "B"]
