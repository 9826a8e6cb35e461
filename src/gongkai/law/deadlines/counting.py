"""The one way in which periods are counted: the first day does not count, a last day on a rest day moves on."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from gongkai.errors import InvalidData
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import InForce, Parameter


def period(
    rule: str, start: date, name: str, inforce: InForce, calendar: Calendar, articles: tuple[str, ...] = ()
) -> Due:
    """Count the period that the parameter `name` gives in its unit, from the day after `start`.

    The parameter's own article stands before `articles`. Raises InvalidInput outside the calendar's days.
    """
    return counted(rule, start, inforce[name], calendar, articles)


def counted(rule: str, start: date, given: Parameter, calendar: Calendar, articles: tuple[str, ...] = ()) -> Due:
    """Count a period given as a parameter, from the day after `start`."""
    number = int(given.value)
    basis = tuple(dict.fromkeys((given.article, *articles)))
    last = ended(start, number, given.unit, calendar)
    due = calendar.roll(last)
    rolled = last if due != last else None
    return Due(rule, due, start, number, given.unit, basis, (given,), rolled, calendar.provisional(due))


def ended(start: date, number: int, unit: str, calendar: Calendar) -> date:
    """Return the last day of a period before it moves on from a rest day."""
    if unit == "working_day":
        return calendar.after(start, number) if number else start
    if unit == "calendar_day":
        return start + timedelta(number)
    if unit == "month":
        return months_later(start, number)
    if unit == "year":
        return months_later(start, number * _MONTHS)
    raise InvalidData("law.unit.unknown", unit=unit)


def months_later(start: date, number: int) -> date:
    """Return the same day of the month so many months later, or the month's last day where it has no such day."""
    year, month = divmod(start.year * _MONTHS + start.month - 1 + number, _MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


_MONTHS = date.max.month
