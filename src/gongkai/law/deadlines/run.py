"""What the events of a request do to its clock, one method an event.

Which events a state admits stands in `deadlines.admission`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from gongkai.law.deadlines.ground import Ground
from gongkai.law.deadlines.history import ARTICLES, ASKS, OF_APPLICANT, Event
from gongkai.law.deadlines.state import (
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    ENDED,
    RUNNING,
    UNCONFIRMED,
    State,
    impossible,
)
from gongkai.law.deadlines.suspension import Suspension, counted_out


class Run:
    """One history in the clock. Days are places in the calendar, amounts are working days.

    `begun` are the days that a clock counted from, the last that of the present one, `allowed` what may be used of it.
    `base` is the number of working days up to that day with all that is not counted since: those of `pending`
    suspensions, of which one at least has no answer, are added when all have; they do not reach back before `reached`.
    """

    __slots__ = (
        "allowed", "awaiting", "base", "begun", "extension", "fee_noticed", "finished", "ground", "pay_until", "pending",
        "postponed", "reached", "reasons", "state", "supplement_until", "suspensions", "terms", "through",
    )  # fmt: skip

    def __init__(self, ground: Ground, through: Sequence[int]) -> None:
        self.ground = ground
        self.through = through
        self.state = UNCONFIRMED
        self.terms = ground.latest
        self.begun: tuple[int, ...] = ()
        self.base = 0
        self.reached = 0
        self.allowed = 0
        self.awaiting: int | None = None
        self.finished: int | None = None
        self.suspensions: tuple[Suspension, ...] = ()
        self.pending: tuple[Suspension, ...] = ()
        self.supplement_until: int | None = None
        self.pay_until: int | None = None
        self.extension = 0
        self.postponed = False
        self.reasons: Literal["", "asked", "given"] = ""
        self.fee_noticed = False

    # --- what is known -----------------------------------------------------------------------------------------------

    def excluded(self, upto: int) -> int:
        """Working days up to a day that pending suspensions take out."""
        return self.taken_out(upto)[0]

    def taken_out(self, upto: int) -> tuple[int, int]:
        """Working days up to a day that pending suspensions take out, and the last day that is not counted."""
        used = self.terms.sending_day_used
        return counted_out(self.pending, self.reached, upto, self.through, sending_day_used=used)

    def paused(self, at: int) -> bool:
        """Whether a day is not counted because somebody's answer is still open."""
        return any(given.open(at) for given in self.pending)

    def bounded(self) -> bool:
        """Whether every open suspension ends by itself."""
        return all(given.end is not None or given.limit is not None for given in self.pending)

    def resumes(self) -> bool:
        """Whether what is left runs on after a payment, rather than the whole period beginning anew."""
        return any(given.end is None and given.kind == "fee" for given in self.pending)

    def suspended(self, at: int) -> Suspension | None:
        """Return the suspension for which a day is not counted, if there is one."""
        shift = 0 if self.terms.sending_day_used else 1
        return next((given for given in self.suspensions if given.begin - shift < at <= given.until(at)), None)

    def expired(self, at: int) -> bool:
        """Whether the due day lies before a day."""
        over = self.through[at - 1] - self.base - self.allowed
        if over < 0 or not self.pending:
            return over >= 0
        return not self.paused(at) and over >= self.excluded(at)

    def due(self, at: int) -> date:
        """Return the due day as far as a day knows it, which nothing pauses then."""
        excluded = self.excluded(at) if self.pending else 0
        return self.ground.working[self.base + self.allowed + excluded - 1]

    # --- what happens ------------------------------------------------------------------------------------------------

    def arrived(self, _event: Event, _at: int) -> None:
        """The request is there, but its receipt is not confirmed with the applicant."""

    def begin(self, event: Event, at: int) -> None:
        """Count the whole period from a day, which itself does not count; the terms are those of the day of receipt."""
        if self.state is UNCONFIRMED and at < self.ground.latest_from:
            self.terms = self.ground.terms_on(event.on)
        self.begun += (at,)
        self.reached = at
        self.base = self.through[at]
        self.allowed = self.terms.answer
        self.awaiting = None
        self.state = RUNNING

    def ask_supplement(self, event: Event, at: int) -> None:
        """The one notice on what is missing; the clock will begin anew."""
        if self.supplement_until is not None:
            raise impossible("law.history.second_supplement", "regulation.30", event)
        if len(self.begun) > 1 or self.through[at - 1] >= self.through[self.begun[0]] + self.terms.notice:
            raise impossible(
                "law.history.supplement_after_its_period",
                "regulation.30",
                event,
                period=self.terms.notice,
                due=self.ground.working[self.through[self.begun[0]] + self.terms.notice - 1],
            )
        if event.until is None or event.until <= event.on:
            raise impossible("law.history.supplement_without_period", "regulation.30", event)
        self.supplement_until = self.place(event.until)
        self.wait(AWAITING_SUPPLEMENT, at)

    def supplemented(self, event: Event, at: int) -> None:
        """The corrected request is there: the whole period begins."""
        if self.over(self.supplement_until, at) and not event.excused:
            raise impossible(
                "law.history.supplement_late", "regulation.30", event, due=self.moved_on(self.supplement_until or at)
            )
        self.begin(event, at)

    def wait(self, state: State, at: int) -> None:
        """Stand still until the applicant has done something."""
        self.awaiting = at
        self.state = state

    def ask_reasons(self, event: Event, at: int) -> None:
        """The applicant of an excessive request is asked for reasons."""
        if self.reasons:
            raise impossible("law.history.second_reasons", "regulation.35", event)
        if self.expired(at):
            raise impossible("law.history.after_due", "regulation.35", event, due=self.due(at))
        self.reasons = "asked"
        if self.terms.reasons_suspend:
            self.suspend(event, at)

    def give_reasons(self, event: Event, at: int) -> None:
        """The applicant has given the reasons asked for."""
        if self.reasons != "asked":
            raise impossible("law.history.reasons_not_asked", "regulation.35", event)
        self.reasons = "given"
        if self.terms.reasons_suspend:
            self.resume(event, at)

    def postpone(self, event: Event, at: int) -> None:
        """The reasons are good, but the period cannot be kept: a later day is set."""
        if self.reasons != "given" or self.postponed:
            raise impossible("law.history.postponed_without_reasons", "regulation.35", event)
        if self.expired(at):
            raise impossible("law.history.after_due", "regulation.35", event, due=self.due(at))
        until = self.place(event.until) if event.until is not None else at
        excluded = self.excluded(at)
        target = self.through[until - 1] + 1
        if until <= at or target <= self.base + self.allowed + excluded:
            raise impossible("law.history.postponed_to_earlier", "regulation.35", event)
        self.postponed = True
        self.allowed = target - self.base - excluded

    def consult(self, event: Event, at: int) -> None:
        """A letter of consultation is sent."""
        if self.expired(at):
            raise impossible("law.history.after_due", ARTICLES[event.kind], event, due=self.due(at))
        if self.pending and self.suspension(event) is not None:
            raise impossible("law.history.consulted_twice", ARTICLES[event.kind], event)
        self.suspend(event, at)

    def reach(self, event: Event, at: int) -> None:
        """The letter has reached the party, whose period begins."""
        given = self.suspension(event)
        if given is None or given.reached:
            raise impossible("law.history.not_consulted", ARTICLES[event.kind], event)
        given.reached = True
        if self.terms.silence_ends:
            period = self.terms.third_party if event.kind == "third_party_reached" else self.terms.joint
            given.limit = self.ground.working[self.through[at] + period - 1].toordinal() - self.ground.first

    def suspend(self, event: Event, at: int) -> None:
        """Stop counting after a day."""
        given = Suspension(ASKS[event.kind], event.party, at)
        self.suspensions += (given,)
        self.pending += (given,)

    def resume(self, event: Event, at: int) -> None:
        """Count again from the day after."""
        given = self.suspension(event)
        if given is None:
            raise impossible("law.history.not_consulted", ARTICLES[event.kind], event)
        given.end = at
        for other in self.pending:
            if other.end is None:
                return
        counted = at if self.awaiting is None else self.awaiting
        taken_out, self.reached = self.taken_out(counted)
        self.base += taken_out
        self.pending = ()

    def suspension(self, event: Event) -> Suspension | None:
        """Return the suspension without an answer that an event belongs to, by what was asked and of whom."""
        kind = ASKS[event.kind]
        for given in self.pending:
            if given.end is None and given.kind == kind and (given.party == event.party or kind in OF_APPLICANT):
                return given
        return None

    def extend(self, event: Event, at: int) -> None:
        """The head of the disclosure office has approved more time, once."""
        if self.extension or self.postponed:
            raise impossible("law.history.second_extension", "regulation.33.2", event)
        days = event.days
        if not 0 < days <= self.terms.extension:
            raise impossible(
                "law.history.extension_too_long", "regulation.33.2", event, most=self.terms.extension, given=days
            )
        if self.expired(at):
            raise impossible("law.history.after_due", "regulation.33.2", event, due=self.due(at))
        self.extension = days
        self.allowed += days

    def notice_fee(self, event: Event, at: int) -> None:
        """The notice of the fee is sent within the handling period."""
        if self.fee_noticed:
            raise impossible("law.history.second_fee_notice", "fee_measure", event)
        if self.expired(at):
            raise impossible("law.history.after_due", "fee_measure", event, due=self.due(at))
        self.fee_noticed = True
        if not self.ground.fee_terms_on(event.on).anew:
            self.suspend(event, at)
        self.wait(AWAITING_PAYMENT, at)

    def reach_fee(self, event: Event, _at: int) -> None:
        """The notice of the fee has reached the applicant, whose period of payment begins."""
        if self.pay_until is not None:
            raise impossible("law.history.second_fee_notice", "fee_measure", event)
        last = self.ground.fee_terms_on(event.on).last_day(event.on, self.ground.calendar)
        self.pay_until = self.place(last)

    def pay(self, event: Event, at: int) -> None:
        """The fee is paid: the period begins anew, or what is left of it runs on."""
        if self.over(self.pay_until, at):
            raise impossible(
                "law.history.payment_late", "fee_measure", event, due=self.moved_on(self.pay_until or at)
            )
        if self.suspension(event) is None:
            self.begin(event, at)
        else:
            self.awaiting, self.state = None, RUNNING
            self.resume(event, at)

    def abandon(self, event: Event, at: int) -> None:
        """Nothing came in time: the request is no longer processed."""
        supplement = self.state is AWAITING_SUPPLEMENT
        if not self.over(self.supplement_until if supplement else self.pay_until, at):
            raise impossible("law.history.not_lapsed", "regulation.30" if supplement else "fee_measure", event)
        self.finish(event, at)

    def finish(self, _event: Event, at: int) -> None:
        """The request is answered or withdrawn."""
        self.finished = at
        self.state = ENDED

    # --- how it is judged --------------------------------------------------------------------------------------------

    def place(self, day: date) -> int:
        """Return the place of a day in the calendar."""
        return self.ground.calendar.at(day)

    def over(self, last: int | None, at: int) -> bool:
        """Whether a period with this last day, moved on from a rest day, lies before a day."""
        return last is not None and self.through[at - 1] > self.through[last - 1]

    def moved_on(self, last: int) -> date:
        """Return the last day of a period, or the next working day where it is a rest day."""
        return self.ground.working[self.through[last - 1]]
