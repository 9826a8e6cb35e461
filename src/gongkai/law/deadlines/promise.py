"""Days promised to a citizen, and what becomes of them when the calendar is published anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.clock import RequestClock
from gongkai.law.deadlines.history import History
from gongkai.law.parameters import NATIONAL, Jurisdiction
from gongkai.law.rules import carries_out


@dataclass(frozen=True, slots=True)
class Promise:
    """A day told to the applicant, and the digest of the calendar it was counted with."""

    due: date
    calendar: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """A promise beside what another calendar gives; work goes to the earlier of both days."""

    promised: Promise
    computed: Promise
    work_to: date

    @property
    def changed(self) -> bool:
        """Whether the day is another one."""
        return self.promised.due != self.computed.due


@carries_out("regulation.33.2", name="deadlines.promise")
def promised(history: History, today: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Promise:
    """Return the day to promise after some events. Raises InvalidInput while there is no due day."""
    reading = RequestClock(calendar, jurisdiction).read(history, today)
    if reading.due is None:
        raise InvalidInput("law.promise.open", article="regulation.33.2", state=reading.state)
    return Promise(reading.due, calendar.digest, reading.provisional)


@carries_out("regulation.33.2", name="deadlines.recompute")
def recomputed(
    promise: Promise, history: History, today: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL
) -> Revision:
    """Return a promise beside the day that another calendar gives for the same events.

    Raises InvalidInput when the calendar is the one of the promise, or while there is no due day.
    """
    if promise.calendar == calendar.digest:
        raise InvalidInput("law.promise.same_calendar", article="regulation.33.2", digest=calendar.digest)
    computed = promised(history, today, calendar, jurisdiction)
    return Revision(promise, computed, min(promise.due, computed.due))
