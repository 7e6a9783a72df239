"""Writes programs: instructions one after the other, lists in the pool, registers, and jumps that find their place later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lipei.calculation.batch.frame import REGISTERS_MAX
from lipei.calculation.batch.opcodes import NUMBERS, WIDTH
from lipei.terms.words import Words

CATEGORIES_MAX = 60
"""More kinds of charges than bits in a mask are calculated the exact way."""
ALL_CATEGORIES = 2**62 - 1


class TakesExactWay(Exception):
    """An edition that the kernel cannot carry out; `why` says it, and all its claims are explained one by one."""

    def __init__(self, why: Words) -> None:
        super().__init__(why.en)
        self.why = why


TOO_FINE = Words("比例太细，64 位放不下", "its ratios are too fine for 64 bits")
RATIO_OF_FACTS = Words(
    "分段、等级或选项表里的比例由事实算出", "a ratio in its bands, grades or table is worked out of facts"
)
TOO_MANY_CATEGORIES = Words(f"费用类别超过 {CATEGORIES_MAX} 种", f"it has more than {CATEGORIES_MAX} categories")
TOO_MUCH = Words("条款太长", "it is too long")
FACT_NOT_THERE = Words("表里没有“{name}”这一列，条款也没有默认值", "the table has no column “{name}”, and there is no default")
LINES_AFTER_RATIO = Words(
    "例外改成了按总额的比例，后面又按类别算", "an exception puts a ratio of the total before steps on categories"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the frame keeps each fact: its row, that of its denominators; the numbers of choices; slots of accumulators a claim."""

    columns: Mapping[str, int]
    parts: Mapping[str, int]
    choices: Mapping[str, int]
    slots: int = 0


class Label:
    """A place in the program that jumps aim at before it is known."""

    def __init__(self) -> None:
        self.aimed: list[tuple[int, int]] = []


class InPool(int):
    """A place in the pool, which moves behind the instructions in the end."""


@dataclass(slots=True)
class Writer:
    """The programs of all editions of a call, one after the other; before them stands where each begins
    and which shape it has."""

    editions: int
    code: list[list[int]] = field(default_factory=list)
    pool: list[int] = field(default_factory=list)
    next_register: int = 0

    def here(self) -> int:
        """The place of the next instruction."""
        return 2 * self.editions + WIDTH * len(self.code)

    def emit(self, name: str, *fields: int) -> None:
        """Adds an instruction."""
        if any(not -(2**63) <= number < 2**63 for number in fields):
            raise TakesExactWay(TOO_FINE)
        self.code.append([NUMBERS[name], *fields, *[0] * (WIDTH - 1 - len(fields))])

    def jump(self, name: str, label: Label, *fields: int) -> None:
        """Adds a jump whose last field is the place of the label."""
        self.emit(name, *fields, 0)
        label.aimed.append((len(self.code) - 1, len(fields) + 1))

    def bind(self, label: Label) -> None:
        """The label is here."""
        for place, at in label.aimed:
            self.code[place][at] = self.here()

    def register(self) -> int:
        """A register that nothing else uses until `next_register` is put back."""
        self.next_register += 1
        if self.next_register > REGISTERS_MAX:
            raise TakesExactWay(TOO_MUCH)
        return self.next_register - 1

    def keep(self, numbers: list[int]) -> InPool:
        """Puts a list into the pool; where it begins."""
        if any(not -(2**62) <= number < 2**62 for number in numbers):
            raise TakesExactWay(TOO_FINE)
        self.pool += numbers
        return InPool(len(self.pool) - len(numbers))

    def finished(self, starts: list[int], shapes: list[int]) -> list[int]:
        """The whole table: where each edition begins and its shape, the instructions, the pool."""
        behind = self.here()
        head = [number for pair in zip(starts, shapes, strict=True) for number in pair]
        flat = [number + behind if isinstance(number, InPool) else number for one in self.code for number in one]
        return [*head, *flat, *self.pool]
