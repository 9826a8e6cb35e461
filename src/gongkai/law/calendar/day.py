"""A day of the calendar: whether it counts, why, and by which notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.law.status import Status

DayKind = Literal["weekday", "weekend", "holiday", "make_up"]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice on holidays: the year it arranges, its number, the days it frees and the rest days it makes working days.

    `holidays` and `make_up` give the Chinese name of the holiday by day. One that `amends` changes single days of a
    year; any other arranges the whole year and takes the place of an earlier one.
    """

    year: int
    number: str
    issued: date | None
    holidays: dict[date, str]
    make_up: dict[date, str]
    amends: bool = False
    status: Status = "stated"


@dataclass(frozen=True, slots=True)
class Day:
    """A day: its kind, the holiday it belongs to and the number of the notice that arranged it, where there are any."""

    day: date
    kind: DayKind
    name: str = ""
    notice: str = ""

    @property
    def working(self) -> bool:
        """Whether the day counts as a working day."""
        return self.kind in ("weekday", "make_up")
