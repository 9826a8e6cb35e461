"""Duties with a day by which they are done although nobody asks: publishing, reporting, keeping current."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.counting import counted, months_later
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import NATIONAL, Jurisdiction, Parameter, in_force, parameters
from gongkai.law.rules import carries_out
from gongkai.messages import Listing

DutyKind = Literal["after", "within", "each_year", "each_period"]
DueRule = Callable[[date, Calendar, Jurisdiction], Due]


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty: what kind of time it knows, the event it counts from, its parameter and provisions, and its rule."""

    code: str
    kind: DutyKind
    event: str
    parameter: str
    articles: tuple[str, ...]
    due: DueRule


def duty(code: str) -> Duty:
    """Return a duty. Raises InvalidInput for a code that the data does not hold."""
    try:
        return duties()[code]
    except KeyError:
        raise InvalidInput("law.duty.unknown", given=code, known=Listing(tuple(duties()))) from None


@cache
def duties() -> Mapping[str, Duty]:
    """Every duty by its code, in the order of the data. Raises InvalidData where the file breaks its own rules."""
    data = tomllib.loads(resources.files(__package__).joinpath("duties.toml").read_text(encoding="utf-8"))
    return {code: _duty(code, given) for code, given in data.items()}


def act_by(due: Due, calendar: Calendar) -> date:
    """Return the last working day on which a duty can be done in time: a fixed date is never moved on."""
    return due.due if calendar.is_working(due.due) else calendar.after(due.due, 0)


def _duty(code: str, given: dict[str, Any]) -> Duty:
    try:
        name = given["parameter"]
        articles = tuple(dict.fromkeys(held.article for held in parameters() if held.name == name))
        rule = _RULES[given["kind"]](code, name)
        marked = carries_out(*articles, name=f"duties.{code}", parameters=(name,))(rule)
        return Duty(code, given["kind"], given["event"], name, articles, marked)
    except KeyError as missing:
        raise InvalidData("law.data.missing", file="duties.toml", entry=code, key=str(missing.args[0])) from missing


def _after(code: str, name: str) -> DueRule:
    def after(start: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
        """Count the period from the day of the event, which itself does not count."""
        return counted(f"duties.{code}", start, in_force(start, jurisdiction)[name], calendar)

    return after


def _within(code: str, name: str) -> DueRule:
    def within(start: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
        """Return the last day of the time from the day of the event; it is never moved on from a rest day."""
        found = counted(f"duties.{code}", start, in_force(start, jurisdiction)[name], calendar)
        return replace(found, due=found.rolled_from or found.due, rolled_from=None)

    return within


def _each_year(code: str, name: str) -> DueRule:
    def each_year(start: date, _calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
        """Return the date of the year that comes next, on the day given or after it; it is never moved.

        The date is the one that holds in the year in which it lies.
        """
        for on in (start, start.replace(year=start.year + 1, month=1, day=1)):
            given = in_force(on, jurisdiction)[name]
            found = date.fromisoformat(f"{on.year}-{given.value}")
            if found >= start:
                break
        return _fixed(code, found, start, given)

    return each_year


def _each_period(code: str, name: str) -> DueRule:
    def each_period(start: date, _calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
        """Return the last day of the calendar period in which a day lies; it is never moved."""
        given = in_force(start, jurisdiction)[name]
        months = int(given.value)
        first = start.replace(day=1, month=1)
        while first <= start:
            first = months_later(first, months)
        return _fixed(code, first - date.resolution, start, given)

    return each_period


def _fixed(code: str, day: date, start: date, given: Parameter) -> Due:
    """A date that no calendar moves, and that is therefore never provisional."""
    return Due(f"duties.{code}", day, start, None, None, (given.article,), (given,))


_RULES: Mapping[str, Callable[[str, str], DueRule]] = {
    "after": _after,
    "within": _within,
    "each_year": _each_year,
    "each_period": _each_period,
}
duties()
