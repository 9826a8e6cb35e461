"""The clock of a request: twenty working days from receipt, with what stops it, begins it anew or lengthens it.

`RequestClock.read` is made for many requests at once; what a person wants explained is worked out from the same run by
`deadlines.standing`.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.admission import refuse
from gongkai.law.deadlines.ground import Ground
from gongkai.law.deadlines.history import ARTICLES, History
from gongkai.law.deadlines.run import Run
from gongkai.law.deadlines.state import StateName, impossible
from gongkai.law.parameters import NATIONAL, Jurisdiction


class Reading(NamedTuple):
    """What the clock shows on a day.

    `due` is None while nobody can know it: before receipt is confirmed, while a supplement or a payment is awaited, and
    while a consulted party without a period of its own is silent. `used` are the working days used of the present
    clock, `left` those left when it runs (again); negative when the day is past. `late` says that the request was
    answered, or is still open, after the due day.
    """

    state: StateName
    due: date | None
    used: int
    left: int
    late: bool
    provisional: bool


_new = tuple.__new__
"""Makes a Reading of its six values at once: the constructor of a named tuple takes twice as long."""


class RequestClock:
    """The clock under one calendar and in one jurisdiction; days are places in the calendar, as `Ground` says."""

    def __init__(self, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> None:
        self.calendar = calendar
        self.ground = Ground(calendar, jurisdiction)
        self.first = calendar.first
        self.through = calendar.through
        self.working = calendar.working
        self._settled = calendar.through[calendar.at(calendar.span.settled)]

    def read(self, history: History, today: date, run: Run | None = None) -> Reading:
        """Return what the clock shows on a day after the events up to it.

        A `run` that is given has everything afterwards that the events leave behind. Raises InvalidInput, with the article,
        for a history that cannot have happened under the law, and beyond the days of the calendar.
        """
        through, first = self.through, self.first
        now, before = today.toordinal() - first, 0
        if run is None:
            run = Run(self.ground, through)
        try:
            for event in history:
                at = event.on.toordinal() - first
                if at < before:
                    raise impossible("law.history.order", ARTICLES[event.kind], event)
                try:
                    happen = run.state.admits[event.kind]
                except KeyError:
                    refuse(run, event)
                happen(run, event, at)
                before = at
            if now < before and history:
                raise impossible("law.history.future", ARTICLES[event.kind], event)
            base, allowed, finished = run.base, run.allowed, run.finished
            upto = now if finished is None else finished
            if run.pending or run.awaiting is not None or not base:
                return self._standing_still(run, upto)
            target = base + allowed
            used = through[upto] - base
            late = through[upto - 1] >= target
            due = self.working[target - 1]
            return _new(Reading, (run.state.name, due, used, allowed - used, late, target > self._settled))
        except IndexError:
            span = self.calendar.span
            raise InvalidInput("law.calendar.beyond", first=span.first, last=span.last) from None

    def _standing_still(self, run: Run, upto: int) -> Reading:
        """The reading of a clock that does not run, or has not begun."""
        if run.awaiting is not None:
            used = self.through[run.awaiting] - run.base - run.excluded(run.awaiting)
            left = run.allowed - used if run.resumes() else run.terms.answer
            return Reading(run.state.name, None, used, left, False, False)
        return self._suspended(run, upto) if run.pending else Reading(run.state.name, None, 0, 0, False, False)

    def _suspended(self, run: Run, upto: int) -> Reading:
        """The reading of a clock that has been stopped: while it is, the due day is known only if every silence ends."""
        excluded = run.excluded(upto)
        used = self.through[upto] - run.base - excluded
        target = run.base + run.allowed + excluded
        if not run.paused(upto):
            due = self.working[target - 1]
            late = self.through[upto - 1] >= target
            return Reading(run.state.name, due, used, run.allowed - used, late, target > self._settled)
        state: StateName = run.state.name if run.finished is not None else "paused"
        if not run.bounded():
            return Reading(state, None, used, run.allowed - used, False, False)
        target = run.base + run.allowed + run.excluded(len(self.through) - 1)
        return Reading(state, self.working[target - 1], used, run.allowed - used, False, target > self._settled)
