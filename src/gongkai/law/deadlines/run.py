"""What the events of a request do to its clock, one method an event.

What may happen depends on the stage the request is in: each stage is a table of the events that it admits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Literal, NoReturn

from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import Event, EventKind
from gongkai.law.deadlines.terms import FeeTerms, Terms

if TYPE_CHECKING:
    from gongkai.law.deadlines.clock import RequestClock

State = Literal["unconfirmed", "running", "paused", "awaiting_supplement", "awaiting_payment", "ended"]
Stage = Mapping[EventKind, "Callable[[Run, Event, int], None]"]


class Suspension:
    """Time that is not counted: from the letter to a party until its opinion is there or its period is over.

    Days are places in the calendar. `end` is None while it is open; `limit` is the last day of the party's period.
    """

    __slots__ = ("begin", "end", "kind", "limit", "party")

    def __init__(self, kind: str, party: str, begin: int) -> None:
        self.kind = kind
        self.party = party
        self.begin = begin
        self.limit: int | None = None
        self.end: int | None = None

    def until(self, otherwise: int) -> int:
        """Return the last day that is not counted, `otherwise` while nothing ends it."""
        end = otherwise if self.end is None else self.end
        return end if self.limit is None or end < self.limit else self.limit

    def open(self, at: int) -> bool:
        """Whether the day is still one of those not counted, for want of an answer."""
        return self.end is None and (self.limit is None or at <= self.limit)


class Run:
    """One history in the clock. Days are places in the calendar, amounts are working days.

    `base` is the number of working days up to the day the present clock counts from, `allowed` what may be used of it.
    """

    state: State = "unconfirmed"
    stage: Stage
    terms: Terms
    begun: tuple[int, ...] = ()
    start = 0
    base = 0
    allowed = 0
    finished: int | None = None
    awaiting: int | None = None
    suspensions: tuple[Suspension, ...] = ()
    supplement_until: int | None = None
    extension = 0
    postponed = False
    reasons: Literal["", "asked", "given"] = ""
    fee: FeeTerms | None = None
    pay_until: int | None = None

    BEFORE: ClassVar[Stage]
    RUNNING: ClassVar[Stage]
    AWAITING_SUPPLEMENT: ClassVar[Stage]
    AWAITING_PAYMENT: ClassVar[Stage]
    ENDED: ClassVar[Stage] = {}

    def __init__(self, clock: RequestClock) -> None:
        self.clock = clock
        self.through = clock.through
        self.stage = Run.BEFORE

    # --- what is known -----------------------------------------------------------------------------------------------

    def excluded(self, upto: int) -> int:
        """Working days up to a day that are not counted, no day twice."""
        through, reached, total = self.through, self.start, 0
        shift = 0 if self.terms.sending_day_used else 1
        for given in self.suspensions:
            low = max(given.begin - shift, reached)
            high = min(given.until(upto), upto)
            if high > low:
                total += through[high] - through[low]
                reached = high
        return total

    def paused(self, at: int) -> bool:
        """Whether a day is not counted because somebody's answer is still open."""
        return any(given.open(at) for given in self.suspensions)

    def bounded(self) -> bool:
        """Whether every open suspension ends by itself."""
        return all(given.end is not None or given.limit is not None for given in self.suspensions)

    def expired(self, at: int) -> bool:
        """Whether the due day lies before a day."""
        if not self.suspensions:
            return self.through[at - 1] >= self.base + self.allowed
        return not self.paused(at) and self.through[at - 1] >= self.base + self.allowed + self.excluded(at)

    # --- what happens ------------------------------------------------------------------------------------------------

    def arrived(self, event: Event, at: int) -> None:
        """The request is there, but its receipt is not confirmed with the applicant."""

    def received(self, event: Event, at: int) -> None:
        """The clock counts from the day of receipt."""
        self.terms = self.clock.terms_on(event.on)
        self.begin(at)

    def begin(self, at: int) -> None:
        """Count the whole period from a day, which itself does not count."""
        self.begun += (at,)
        self.start = at
        self.base = self.through[at]
        self.allowed = self.terms.answer
        self.awaiting = None
        self.state = "running"
        self.stage = Run.RUNNING

    def ask_supplement(self, event: Event, at: int) -> None:
        """The one notice on what is missing; the clock will begin anew."""
        if self.supplement_until is not None:
            raise _impossible("second_supplement", "regulation.30", event)
        if len(self.begun) > 1 or self.through[at - 1] >= self.base + self.terms.notice:
            raise _impossible("supplement_after_its_period", "regulation.30", event, period=self.terms.notice)
        if event.until is None or event.until <= event.on:
            raise _impossible("supplement_without_period", "regulation.30", event)
        self.supplement_until = self.place(event.until)
        self.wait("awaiting_supplement", Run.AWAITING_SUPPLEMENT, at)

    def supplemented(self, event: Event, at: int) -> None:
        """The corrected request is there: the whole period begins."""
        if self.over(self.supplement_until, at) and not event.excused:
            raise _impossible("supplement_late", "regulation.30", event)
        self.begin(at)

    def wait(self, state: State, stage: Stage, at: int) -> None:
        """Stand still until the applicant has done something."""
        self.awaiting = at
        self.state = state
        self.stage = stage

    def ask_reasons(self, event: Event, at: int) -> None:
        """The applicant of an excessive request is asked for reasons."""
        if self.reasons:
            raise _impossible("second_reasons", "regulation.35", event)
        self.reasons = "asked"
        if self.terms.reasons_suspend:
            self.suspend(event, at)

    def give_reasons(self, event: Event, at: int) -> None:
        """The applicant has given the reasons asked for."""
        if self.reasons != "asked":
            raise _impossible("reasons_not_asked", "regulation.35", event)
        self.reasons = "given"
        if self.terms.reasons_suspend:
            self.resume(event, at)

    def postpone(self, event: Event, at: int) -> None:
        """The reasons are good, but the period cannot be kept: a later day is set."""
        if self.reasons != "given" or self.postponed:
            raise _impossible("postponed_without_reasons", "regulation.35", event)
        self.still_open(event, at, "regulation.35")
        until = self.place(event.until) if event.until is not None else at
        excluded = self.excluded(at)
        target = self.through[until - 1] + 1
        if target <= self.base + self.allowed + excluded:
            raise _impossible("postponed_to_earlier", "regulation.35", event)
        self.postponed = True
        self.allowed = target - self.base - excluded

    def consult(self, event: Event, at: int) -> None:
        """A letter of consultation is sent."""
        self.still_open(event, at, _ARTICLES[event.kind])
        if self.suspension(event) is not None:
            raise _impossible("consulted_twice", _ARTICLES[event.kind], event)
        self.suspend(event, at)

    def reach(self, event: Event, at: int) -> None:
        """The letter has reached the party, whose period begins."""
        given = self.suspension(event)
        if given is None or given.limit is not None:
            raise _impossible("not_consulted", _ARTICLES[event.kind], event)
        if self.terms.silence_ends:
            period = self.terms.third_party if event.kind == "third_party_reached" else self.terms.joint
            given.limit = self.place(self.clock.working[self.through[at] + period - 1])

    def suspend(self, event: Event, at: int) -> None:
        """Stop counting after a day."""
        self.suspensions += (Suspension(_ASKS[event.kind], event.party, at),)

    def resume(self, event: Event, at: int) -> None:
        """Count again from the day after."""
        given = self.suspension(event)
        if given is None:
            raise _impossible("not_consulted", _ARTICLES[event.kind], event)
        given.end = at

    def suspension(self, event: Event) -> Suspension | None:
        """Return the suspension without an answer that an event belongs to, by what was asked and of whom."""
        kind = _ASKS[event.kind]
        for given in self.suspensions:
            if given.end is None and given.kind == kind and given.party == event.party:
                return given
        return None

    def extend(self, event: Event, at: int) -> None:
        """The head of the disclosure office has approved more time, once."""
        if self.extension or self.postponed:
            raise _impossible("second_extension", "regulation.33.2", event)
        if not 0 < event.days <= self.terms.extension:
            raise _impossible("extension_too_long", "regulation.33.2", event, most=self.terms.extension)
        self.still_open(event, at, "regulation.33.2")
        self.extension = event.days
        self.allowed += event.days

    def notice_fee(self, event: Event, at: int) -> None:
        """The notice of the fee is sent within the handling period."""
        if self.fee is not None:
            raise _impossible("second_fee_notice", "fee_measure", event)
        self.still_open(event, at, "fee_measure")
        self.fee = self.clock.fee_terms_on(event.on)
        if not self.fee.anew:
            self.suspend(event, at)
        self.wait("awaiting_payment", Run.AWAITING_PAYMENT, at)

    def reach_fee(self, event: Event, at: int) -> None:
        """The notice of the fee has reached the applicant, whose period of payment begins."""
        if self.pay_until is not None:
            raise _impossible("second_fee_notice", "fee_measure", event)
        assert self.fee is not None
        self.pay_until = self.place(self.fee.last_day(event.on, self.clock.calendar))

    def pay(self, event: Event, at: int) -> None:
        """The fee is paid: the period begins anew, or what is left of it runs on."""
        assert self.fee is not None
        if self.over(self.pay_until, at):
            raise _impossible("payment_late", "fee_measure", event)
        if self.fee.anew:
            self.begin(at)
        else:
            self.resume(event, at)
            self.awaiting, self.state, self.stage = None, "running", Run.RUNNING

    def abandon(self, event: Event, at: int) -> None:
        """Nothing came in time: the request is no longer processed."""
        supplement = self.state == "awaiting_supplement"
        if not self.over(self.supplement_until if supplement else self.pay_until, at):
            raise _impossible("not_lapsed", "regulation.30" if supplement else "fee_measure", event)
        self.finish(event, at)

    def finish(self, event: Event, at: int) -> None:
        """The request is answered or withdrawn."""
        self.finished = at
        self.state = "ended"
        self.stage = Run.ENDED

    # --- how it is judged --------------------------------------------------------------------------------------------

    def place(self, day: date) -> int:
        """Return the place of a day in the calendar."""
        return self.clock.calendar.at(day)

    def over(self, last: int | None, at: int) -> bool:
        """Whether a period with this last day, moved on from a rest day, lies before a day."""
        return last is not None and self.through[at - 1] > self.through[last - 1]

    def still_open(self, event: Event, at: int, article: str) -> None:
        """Refuse what may be done only while the handling period runs."""
        if self.expired(at):
            raise _impossible("after_due", article, event)

    def refuse(self, event: Event) -> NoReturn:
        """Refuse an event that the present stage does not admit."""
        if self.stage is Run.BEFORE:
            raise _impossible("before_receipt", "regulation.31", event)
        if self.stage is Run.ENDED:
            raise _impossible("after_end", "regulation.36", event)
        if self.stage is Run.RUNNING:
            raise _impossible("not_awaited", _ARTICLES.get(event.kind, "regulation.31"), event)
        raise _impossible(
            "awaiting", "regulation.30" if self.state == "awaiting_supplement" else "fee_measure", event
        )


def _impossible(code: str, article: str, event: Event, **facts: object) -> InvalidInput:
    """The refusal of an event, with the article that does not allow it."""
    return InvalidInput(f"law.history.{code}", article=article, event=event.kind, on=event.on, **facts)


_ASKS: Mapping[str, str] = {
    "reasons_asked": "reasons",
    "reasons_given": "reasons",
    "third_party_asked": "third_party",
    "third_party_reached": "third_party",
    "third_party_answered": "third_party",
    "joint_asked": "joint",
    "joint_reached": "joint",
    "joint_answered": "joint",
    "agency_asked": "agency",
    "agency_answered": "agency",
    "fee_noticed": "fee",
    "fee_paid": "fee",
}
"""What is asked for, by the event that asks, reaches or answers."""
_ARTICLES: Mapping[str, str] = {
    "third_party_asked": "regulation.32",
    "third_party_reached": "regulation.32",
    "third_party_answered": "regulation.32",
    "joint_asked": "regulation.34",
    "joint_reached": "regulation.34",
    "joint_answered": "regulation.34",
    "agency_asked": "regulation.33.3",
    "agency_answered": "regulation.33.3",
    "reasons_given": "regulation.35",
    "supplemented": "regulation.30",
    "abandoned": "regulation.30",
    "fee_reached": "fee_measure",
    "fee_paid": "fee_measure",
}
"""The provision behind an event that is refused."""

Run.BEFORE = {"arrived": Run.arrived, "received": Run.received, "withdrawn": Run.finish}
Run.RUNNING = {
    "supplement_asked": Run.ask_supplement,
    "reasons_asked": Run.ask_reasons,
    "reasons_given": Run.give_reasons,
    "postponed": Run.postpone,
    "third_party_asked": Run.consult,
    "third_party_reached": Run.reach,
    "third_party_answered": Run.resume,
    "joint_asked": Run.consult,
    "joint_reached": Run.reach,
    "joint_answered": Run.resume,
    "agency_asked": Run.consult,
    "agency_answered": Run.resume,
    "extended": Run.extend,
    "fee_noticed": Run.notice_fee,
    "answered": Run.finish,
    "withdrawn": Run.finish,
}
_OPINIONS: Stage = {
    kind: Run.RUNNING[kind]
    for kind in ("third_party_reached", "third_party_answered", "joint_reached", "joint_answered", "agency_answered")
}
_ENDS: Stage = {"answered": Run.finish, "withdrawn": Run.finish, "abandoned": Run.abandon}
Run.AWAITING_SUPPLEMENT = {"supplemented": Run.supplemented, **_OPINIONS, **_ENDS}
Run.AWAITING_PAYMENT = {"fee_reached": Run.reach_fee, "fee_paid": Run.pay, **_OPINIONS, **_ENDS}
