"""What the clock of a request stands on: the calendar's counted days and the terms of the law in force."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.terms import FeeTerms, Terms, fee_terms, terms
from gongkai.law.parameters import Jurisdiction, changes, in_force


class Ground:
    """One calendar and one jurisdiction, kept at hand for many requests.

    A day is its place in the calendar: `through[place]` are the working days up to and with it, `working[number - 1]` is
    the day on which that many are reached. `latest` are the terms in force from the place `latest_from` on, so that most
    requests need no search.
    """

    def __init__(self, calendar: Calendar, jurisdiction: Jurisdiction) -> None:
        self.calendar = calendar
        self.jurisdiction = jurisdiction
        self.first = calendar.first
        self.through = calendar.through
        self.working = calendar.working
        self._changes = changes()
        self.latest = terms(in_force(self._changes[-1], jurisdiction))
        self.latest_from = calendar.at(self._changes[-1])
        self._terms: dict[int, Terms] = {}

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
