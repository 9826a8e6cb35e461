"""Working days: Monday to Friday, less the days that a notice frees, plus the rest days that it makes working days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.calendar.day import Day, Notice
from gongkai.law.calendar.source import CalendarSource

_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Week:
    """How days count without a notice: the working days of a week (ISO numbers), and how far ahead they are foreseen.

    From `unsettled_from` (MM-DD) of the last published year on, the notice of the next one may still change single days.
    """

    working: frozenset[int]
    unsettled_from: str
    foreseen_years: int


@dataclass(frozen=True, slots=True)
class Span:
    """The days a calendar knows; `settled` is the last one that no later notice is expected to change."""

    first: date
    settled: date
    last: date


class Calendar:
    """Every day of a span, counted once, so that a deadline is two look-ups.

    `through[n]` is the number of working days from the first day up to day n; `working[k]` is the k-th of them, from 0.
    Both are for reading only.
    """

    def __init__(self, notices: Sequence[Notice], span: Span, week: Week) -> None:
        self.notices = tuple(notices)
        self.span = span
        self.week = week
        self.first = span.first.toordinal()
        self.days = _arranged(notices)
        self.working: list[date] = []
        self.through: list[int] = []
        for day in _each(span.first, span.last):
            if self._day(day).working:
                self.working.append(day)
            self.through.append(len(self.working))

    def day(self, day: date) -> Day:
        """Return a day with its kind, the holiday it belongs to and the notice. Raises InvalidInput outside the span."""
        self.at(day)
        return self._day(day)

    def _day(self, day: date) -> Day:
        return self.days.get(day) or Day(day, "weekday" if day.isoweekday() in self.week.working else "weekend")

    def is_working(self, day: date) -> bool:
        """Whether a day counts. Raises InvalidInput for a day outside the span."""
        at = self.at(day)
        return self.through[at] > self.through[at - 1] if at else bool(self.through[at])

    def after(self, day: date, number: int) -> date:
        """Return the `number`-th working day after a day, which itself is not counted; `number` is 1 or more.

        Raises InvalidInput where that day lies outside the span.
        """
        place = self.through[self.at(day)] + number - 1
        if not 0 <= place < len(self.working):
            raise InvalidInput("law.calendar.beyond", first=self.span.first, last=self.span.last)
        return self.working[place]

    def count(self, after: date, through: date) -> int:
        """Return how many working days lie after the one day, up to and with the other; negative backwards."""
        return self.through[self.at(through)] - self.through[self.at(after)]

    def roll(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next one."""
        return day if self.is_working(day) else self.after(day, 1)

    def provisional(self, day: date) -> bool:
        """Whether a notice that is not published yet may still change how days up to this one are counted."""
        return day > self.span.settled

    def between(self, after: date, through: date) -> Iterator[Day]:
        """Each day after the one day, up to and with the other. Raises InvalidInput outside the span."""
        return map(self.day, _each(after + _DAY, through))

    def at(self, day: date) -> int:
        """Return the place of a day in `through`. Raises InvalidInput for a day outside the span."""
        at = day.toordinal() - self.first
        if not 0 <= at < len(self.through):
            raise InvalidInput("law.calendar.outside", day=day, first=self.span.first, last=self.span.last)
        return at

    @cached_property
    def digest(self) -> str:
        """The digest of everything that the calendar says; two calendars with the same digest give the same dates."""
        lines = [f"{self.span.first} {self.span.settled} {self.span.last} {sorted(self.week.working)}"]
        lines += [f"{day.day} {day.kind} {day.name} {day.notice}" for _, day in sorted(self.days.items())]
        return sha256("\n".join(lines).encode()).hexdigest()


def build(sources: Iterable[CalendarSource], week: Week) -> Calendar:
    """Return the calendar of some sources, a later one standing over an earlier one.

    Raises InvalidData where no notice arranges a whole year, or one between two that are arranged has none.
    """
    notices = _standing([notice for source in sources for notice in source.notices()])
    years = sorted({notice.year for notice in notices if not notice.amends})
    if not years:
        raise InvalidData("law.calendar.empty")
    missing = [year + 1 for year in years[:-1] if year + 1 not in years]
    if missing:
        raise InvalidData("law.calendar.gap", missing=missing[0], last=years[-1])
    settled = date.fromisoformat(f"{years[-1]}-{week.unsettled_from}") - _DAY
    last = date(years[-1] + week.foreseen_years + 1, 1, 1) - _DAY
    return Calendar(notices, Span(date(years[0], 1, 1), settled, last), week)


def _standing(notices: list[Notice]) -> list[Notice]:
    """The notices that hold: of those that arrange the same whole year the last, with what amends it afterwards."""
    last = {notice.year: number for number, notice in enumerate(notices) if not notice.amends}
    return [notice for number, notice in enumerate(notices) if number >= last.get(notice.year, 0)]


def _arranged(notices: Iterable[Notice]) -> dict[date, Day]:
    days: dict[date, Day] = {}
    for notice in notices:
        days |= {day: Day(day, "holiday", name, notice.number) for day, name in notice.holidays.items()}
        days |= {day: Day(day, "make_up", name, notice.number) for day, name in notice.make_up.items()}
    return days


def _each(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
