"""A pack of law: one place's clocks, calendar and parameters, every value dated and with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from lipei.clocks.calendar import Calendar
from lipei.clocks.clock import Clock
from lipei.clocks.source import Source
from lipei.terms.words import Words, both

Unit = Literal["amount", "days", "months", "count", "ratio"]
UNITS: tuple[Unit, ...] = ("amount", "days", "months", "count", "ratio")
Value = int | tuple[int, int]

COUNTING = Words("日子怎么算", "how days are counted")


class UnknownParameter(LookupError):
    """A parameter that the pack does not hold on that day; the message names both."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value of law in one version: amounts in minor units, ratios as (n, d), the rest whole numbers of `unit`."""

    id: str
    label: Words
    value: Value
    unit: Unit
    source: Source
    effective_from: date
    effective_to: date | None = None

    def in_force(self, day: date) -> bool:
        """Was this version in force on `day`? Half open."""
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One value that an administrator should confirm, with why it is not sure."""

    what: str
    label: Words
    source: Source


@dataclass(frozen=True, slots=True)
class Pack:
    """The law of one place. `clocks` and `parameters` hold all versions; `on` is the day questions are asked for."""

    code: str
    name: Words
    time_zone: str
    currency: str
    on: date
    lines: frozenset[str]
    groups: dict[str, frozenset[str]]
    line_names: dict[str, Words]
    traits: dict[str, Words]
    calendar: Calendar
    counting: Source
    clocks: tuple[Clock, ...]
    parameters: tuple[Parameter, ...]

    def as_of(self, day: date) -> Pack:
        """The same pack asked for another day."""
        return replace(self, on=day)

    def clocks_in_force(self) -> tuple[Clock, ...]:
        """The clocks that are law on `on`."""
        return tuple(clock for clock in self.clocks if clock.in_force(self.on))

    def parameters_in_force(self) -> tuple[Parameter, ...]:
        """The parameters that hold on `on`."""
        return tuple(parameter for parameter in self.parameters if parameter.in_force(self.on))

    def parameter(self, id_: str, *, on: date | None = None) -> Parameter:
        """The version of a parameter in force on `on` (the pack's own day if not given). Raises `UnknownParameter`."""
        day = on or self.on
        for parameter in self.parameters:
            if parameter.id == id_ and parameter.in_force(day):
                return parameter
        raise UnknownParameter(f"{self.code} holds no {id_!r} on {day}")

    def whole(self, id_: str, *, on: date | None = None) -> int:
        """The whole number of a parameter: minor units for an amount.

        Raises `UnknownParameter`; `TypeError` for a ratio.
        """
        value = self.parameter(id_, on=on).value
        if not isinstance(value, int):
            raise TypeError(f"{id_} is a ratio, not a whole number")
        return value

    def doubts(self) -> tuple[Doubt, ...]:
        """Everything that holds on `on` and was not read in the law itself, to be shown as "to be confirmed"."""
        held: Iterable[Clock | Parameter] = (*self.clocks_in_force(), *self.parameters_in_force())
        years = (year for number, year in sorted(self.calendar.years.items()) if number >= self.on.year)
        found = (
            Doubt("counting", COUNTING, self.counting),
            *(Doubt(item.id, item.label, item.source) for item in held),
            *(Doubt(f"calendar.{year.year}", both(str(year.year)), year.source) for year in years),
        )
        return tuple(doubt for doubt in found if doubt.source.to_be_confirmed)
