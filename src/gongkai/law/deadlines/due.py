"""A day by which something must be done, and how it was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.law.calendar import Calendar, Day
from gongkai.law.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Due:
    """A due day: of which rule, counted from which day (itself not counted), under which provisions and parameters.

    `period` and `unit` are None for a date that the law or an office fixes. `rolled_from` is the last day of the
    period where it was a rest day and the due day is the next working day. `provisional` dates may change when the
    calendar of a coming year is published.
    """

    rule: str
    due: date
    counted_from: date
    period: int | None
    unit: str | None
    articles: tuple[str, ...]
    settings: tuple[Parameter, ...] = ()
    rolled_from: date | None = None
    provisional: bool = False

    def left(self, today: date, calendar: Calendar) -> int:
        """Return the days left in the period's unit (working days, or calendar days), negative when it is over."""
        if self.unit == "working_day":
            return calendar.count(today, self.due)
        return (self.due - today).days

    def not_counted(self, calendar: Calendar) -> Iterator[Day]:
        """Each rest day between the day counted from and the due day, with its reason; for working days only."""
        if self.unit == "working_day":
            yield from (day for day in calendar.between(self.counted_from, self.due) if not day.working)
