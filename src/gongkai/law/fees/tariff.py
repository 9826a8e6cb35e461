"""The tariff of the information processing fee: slices of items or pages, each with the price of a unit, from dated data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal, cast, get_args

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.articles import is_known
from gongkai.law.status import Status, status

Mode = Literal["per_item", "per_volume"]
MODES: tuple[Mode, ...] = get_args(Mode)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the working: units `first` to `last`, what each costs in fen."""

    first: int
    last: int
    each: int

    @property
    def count(self) -> int:
        """How many units the line has."""
        return self.last - self.first + 1

    @property
    def amount(self) -> int:
        """What the line costs, in fen."""
        return self.count * self.each


@dataclass(frozen=True, slots=True)
class Step:
    """A part of a tariff from the unit `first` to `last` (None: without end), `each` fen a unit.

    Where `every` is not 0, the step is cut into slices of so many units, each costing `rise` more a unit than the last.
    """

    first: int
    last: int | None
    each: int
    every: int = 0
    rise: int = 0

    def lines(self, first: int, last: int) -> Iterator[Line]:
        """Yield the lines for those of the units `first` to `last` that lie in this step."""
        start = max(first, self.first)
        end = last if self.last is None else min(last, self.last)
        while start <= end:
            number = (start - self.first) // self.every if self.every else 0
            border = self.first + (number + 1) * self.every - 1 if self.every else end
            yield Line(start, min(border, end), self.each + number * self.rise)
            start = border + 1


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff: its mode, article, the dates from and until which it holds, its steps, the deliveries it fits (empty: any)."""

    mode: Mode
    article: str
    since: date
    until: date | None
    status: Status
    steps: tuple[Step, ...]
    deliveries: tuple[str, ...] = ()

    def working(self, first: int, last: int) -> tuple[Line, ...]:
        """Return what the units `first` to `last` (both from 1, both included) cost, slice by slice."""
        return tuple(line for step in self.steps for line in step.lines(first, last))

    def holds(self, on: date) -> bool:
        """Whether the tariff is in force on a date."""
        return self.since <= on and (self.until is None or on < self.until)


def tariff(mode: Mode, on: date) -> Tariff:
    """Return the tariff of a mode in force on a date. Raises InvalidInput for a date on which no fee may be charged."""
    known = [given for given in tariffs() if given.mode == mode]
    for given in known:
        if given.holds(on):
            return given
    raise InvalidInput("law.fees.no_tariff", article=known[0].article, on=on, since=known[0].since)


@cache
def tariffs() -> tuple[Tariff, ...]:
    """Every tariff in the order of the data. Raises InvalidData where the file breaks its own rules."""
    return tuple(_tariff(given) for given in data()["tariff"])


@cache
def data() -> Mapping[str, Any]:
    """The file of fees as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath("fees.toml").read_text(encoding="utf-8"))


def most(mode: Mode) -> int:
    """The largest count that is not taken for a slip of the pen."""
    return int(data()["most"][mode])


def _tariff(given: Mapping[str, Any]) -> Tariff:
    try:
        found = Tariff(
            mode=cast(Mode, given["mode"]),
            article=given["article"],
            since=given["from"],
            until=given.get("until"),
            status=status(given.get("status", "stated")),
            steps=tuple(_step(step) for step in given["step"]),
            deliveries=tuple(given.get("deliveries", ())),
        )
    except KeyError as missing:
        raise InvalidData("law.data.missing", file="fees.toml", entry="tariff", key=str(missing.args[0])) from missing
    if found.mode not in MODES or not is_known(found.article) or not _joined(found.steps):
        raise InvalidData("law.fees.tariff", mode=found.mode, article=found.article)
    return found


def _step(given: Mapping[str, int]) -> Step:
    return Step(given["first"], given.get("last"), given["each"], given.get("every", 0), given.get("rise", 0))


def _joined(steps: tuple[Step, ...]) -> bool:
    """Whether the steps follow each other from 1 on without gap or overlap, the last one without end."""
    borders = [0, *(step.last for step in steps)]
    return borders[-1] is None and all(
        before is not None and step.first == before + 1 for before, step in zip(borders, steps, strict=False)
    )
