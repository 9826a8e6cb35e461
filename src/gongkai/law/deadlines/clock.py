"""The clock of a request: twenty working days from receipt, with what stops it, begins it anew or lengthens it.

`RequestClock.read` is made for many requests at once; what a person wants explained is worked out from the same run by
`deadlines.standing`.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.history import History
from gongkai.law.deadlines.run import Run, State
from gongkai.law.deadlines.states import STATES, refuse
from gongkai.law.deadlines.terms import FeeTerms, Terms, fee_terms, terms
from gongkai.law.parameters import NATIONAL, Jurisdiction, changes, in_force


class Reading(NamedTuple):
    """What the clock shows on a day.

    `due` is None while nobody can know it: before receipt is confirmed, while a supplement or a payment is awaited, and
    while a consulted party without a period of its own is silent. `used` are the working days used of the present
    clock, `left` those left when it runs (again); negative when the day is past. `late` says that the request was
    answered, or is still open, after the due day.
    """

    state: State
    due: date | None
    used: int
    left: int
    late: bool
    provisional: bool


class RequestClock:
    """The clock under one calendar and in one jurisdiction.

    It keeps the calendar's counted days at hand: a day is its place there, `through[place]` the working days up to and
    with it, `working[number - 1]` the day on which that many are reached.
    """

    def __init__(self, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> None:
        self.calendar = calendar
        self.jurisdiction = jurisdiction
        self.first = calendar.first
        self.through = calendar.through
        self.working = calendar.working
        self._settled = calendar.span.settled
        self._changes = changes()
        self._terms: dict[int, Terms] = {}

    def read(self, history: History, today: date) -> Reading:
        """Return what the clock shows on a day after the events up to it.

        Raises InvalidInput, with the article, for a history that cannot have happened under the law.
        """
        return self.shown(self.run(history, today), today.toordinal() - self.first)

    def run(self, history: History, today: date) -> Run:
        """Let the events run through the clock and return what they leave behind."""
        run = Run(self)
        before = 0
        for event in history:
            at = event.on.toordinal() - self.first
            if at < before:
                raise InvalidInput("law.history.order", article="regulation.33.2", event=event.kind, on=event.on)
            handle = STATES[run.state].get(event.kind)
            if handle is None:
                refuse(run, event)
            else:
                handle(run, event, at)
            before = at
        if today.toordinal() - self.first < before:
            raise InvalidInput("law.history.future", article="regulation.33.2", event=event.kind, on=event.on)
        return run

    def shown(self, run: Run, now: int) -> Reading:
        """Return what the clock shows on the day at the place `now`, which no event of the run comes after."""
        state = run.state
        if state == "unconfirmed":
            return Reading(state, None, 0, 0, False, False)
        upto = now if run.finished is None else run.finished
        if run.awaiting is not None:
            return Reading(state, None, self.through[run.awaiting] - run.base, run.terms.answer, False, False)
        if not run.suspensions:
            excluded, target = 0, run.base + run.allowed
        else:
            excluded = run.excluded(upto)
            target = run.base + run.allowed + excluded
            if run.paused(upto):
                return self._paused(run, state, upto, excluded)
        due = self.working[target - 1]
        used = self.through[upto] - run.base - excluded
        late = self.through[upto - 1] >= target
        return Reading(state, due, used, run.allowed - used, late, due > self._settled)

    def _paused(self, run: Run, state: State, upto: int, excluded: int) -> Reading:
        """While somebody's answer is open: the due day is known only if every silence ends by itself."""
        used = self.through[upto] - run.base - excluded
        due = None
        if run.bounded():
            due = self.working[run.base + run.allowed + run.excluded(len(self.through) - 1) - 1]
        shown: State = state if state == "ended" else "paused"
        return Reading(shown, due, used, run.allowed - used, False, due is not None and due > self._settled)

    def terms_on(self, on: date) -> Terms:
        """Return the terms of requests received on a day. Raises InvalidInput before the Regulation was in force."""
        interval = bisect_right(self._changes, on)
        found = self._terms.get(interval)
        if found is None:
            found = self._terms[interval] = terms(in_force(on, self.jurisdiction))
        return found

    def fee_terms_on(self, on: date) -> FeeTerms:
        """Return the terms of a fee noticed on a day. Raises InvalidInput before there was a fee."""
        return fee_terms(in_force(on, self.jurisdiction))
