"""A request as the day counter sees it: what happened to it, and which of its days are counted.

Slow and simple on purpose. It shares with the package only the types of what it is given and of what it says: events and
readings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from gongkai.law.deadlines.clock import Reading
from gongkai.law.deadlines.history import Event

ONE = timedelta(1)

Worked = Mapping[date, bool]
Code = str | None


class Law(NamedTuple):
    """The numbers of the law and the readings chosen; all periods but that of payment are in working days."""

    answer: int = 20
    extension: int = 20
    supplement_notice: int = 7
    third_party: int = 15
    joint: int = 15
    payment: int = 30
    payment_in_working_days: bool = False
    anew_after_payment: bool = True
    sending_day_used: bool = True
    silence_ends: bool = True
    reasons_suspend: bool = False
    regulation_since: date = date(2019, 5, 15)
    fee_since: date = date(2021, 1, 1)


@dataclass
class Pause:
    """Somebody was asked on a day: as what, who, when the letter came, the last day of its period, when it answered."""

    kind: str
    party: str
    asked: date
    reached: date | None = None
    last: date | None = None
    answered: date | None = None

    def holds(self, day: date, sending_day_used: bool) -> bool:
        """Whether the day is not counted for it: those after the asking, up to the answer or the period's last day."""
        after = day > self.asked or (day == self.asked and not sending_day_used)
        return after and not (self.answered and day > self.answered) and not (self.last and day > self.last)

    def open(self, day: date) -> bool:
        """Whether its answer is still waited for."""
        return self.answered is None and not (self.last and day > self.last)


@dataclass
class Request:
    """What has happened to one request so far. What happens says the code of the rule it breaks, or nothing."""

    law: Law
    worked: Worked
    state: str = "unconfirmed"
    begun: list[date] = field(default_factory=list)
    allowed: int = 0
    waits_from: date | None = None
    ended_on: date | None = None
    pauses: list[Pause] = field(default_factory=list)
    correct_by: date | None = None
    longer: bool = False
    later: bool = False
    reasons: str = ""
    billed: bool = False
    pay_by: date | None = None

    # --- looking at days ---------------------------------------------------------------------------------------------

    def paused(self, day: date) -> bool:
        return any(pause.holds(day, self.law.sending_day_used) for pause in self.pauses)

    def used(self, upto: date) -> int:
        """The days worked since the clock began, less those on which somebody was waited for."""
        day, number = self.begun[-1], 0
        while day < upto:
            day += ONE
            if self.worked[day] and not self.paused(day):
                number += 1
        return number

    def due(self) -> date | None:
        """The last day worked before more would be used than is allowed; None while a pause has no end."""
        if any(pause.answered is None and pause.last is None for pause in self.pauses):
            return None
        day = last = self.begun[-1]
        number = 0
        while True:
            day += ONE
            if self.worked[day]:
                number += not self.paused(day)
                if number > self.allowed:
                    return last
                last = day

    def past_due(self, day: date) -> bool:
        due = self.due()
        return due is not None and day > due

    def working_day(self, after: date, number: int) -> date:
        """The so-manieth day worked after a day."""
        day = after
        while number:
            day += ONE
            number -= self.worked[day]
        return day

    def moved(self, day: date) -> date:
        """The day itself if it is worked, else the next that is."""
        while not self.worked[day]:
            day += ONE
        return day

    # --- the request -------------------------------------------------------------------------------------------------

    def arrive(self, _event: Event) -> Code:
        return None

    def receive(self, event: Event) -> Code:
        if event.on < self.law.regulation_since:
            return "law.parameter.not_in_force"
        return self.begin(event)

    def begin(self, event: Event) -> Code:
        self.begun.append(event.on)
        self.allowed = self.law.answer
        self.state, self.waits_from = "running", None
        return None

    def wait(self, state: str, event: Event) -> Code:
        self.state, self.waits_from = state, event.on
        return None

    def end(self, event: Event) -> Code:
        self.state, self.ended_on = "ended", event.on
        return None

    def abandon(self, event: Event) -> Code:
        last = self.correct_by if self.state == "awaiting_supplement" else self.pay_by
        if last is None or event.on <= last:
            return "not_lapsed"
        return self.end(event)

    # --- supplement --------------------------------------------------------------------------------------------------

    def ask_supplement(self, event: Event) -> Code:
        if self.correct_by:
            return "second_supplement"
        if len(self.begun) > 1 or event.on > self.working_day(self.begun[0], self.law.supplement_notice):
            return "supplement_after_its_period"
        if event.until is None or event.until <= event.on:
            return "supplement_without_period"
        self.correct_by = self.moved(event.until)
        return self.wait("awaiting_supplement", event)

    def supplement(self, event: Event) -> Code:
        if event.on > self.correct_by and not event.excused:
            return "supplement_late"
        return self.begin(event)

    # --- consultations -----------------------------------------------------------------------------------------------

    def ask(self, event: Event) -> Code:
        if self.past_due(event.on):
            return "after_due"
        if self.unanswered(event):
            return "consulted_twice"
        self.pauses.append(Pause(*asked(event), event.on))
        return None

    def reach(self, event: Event) -> Code:
        pause = self.unanswered(event)
        if pause is None or pause.reached:
            return "not_consulted"
        pause.reached = event.on
        if self.law.silence_ends:
            period = self.law.joint if pause.kind == "joint" else self.law.third_party
            pause.last = self.working_day(event.on, period)
        return None

    def hear(self, event: Event) -> Code:
        pause = self.unanswered(event)
        if pause is None:
            return "not_consulted"
        pause.answered = event.on
        return None

    def unanswered(self, event: Event) -> Pause | None:
        """The pause that an event belongs to and that has no answer yet."""
        for pause in self.pauses:
            if (pause.kind, pause.party) == asked(event) and not pause.answered:
                return pause
        return None

    # --- reasons and more time ---------------------------------------------------------------------------------------

    def ask_reasons(self, event: Event) -> Code:
        if self.reasons:
            return "second_reasons"
        if self.past_due(event.on):
            return "after_due"
        if self.law.reasons_suspend:
            self.pauses.append(Pause(*asked(event), event.on))
        self.reasons = "asked"
        return None

    def give_reasons(self, event: Event) -> Code:
        if self.reasons != "asked":
            return "reasons_not_asked"
        self.reasons = "given"
        return self.hear(event) if self.law.reasons_suspend else None

    def postpone(self, event: Event) -> Code:
        if self.reasons != "given" or self.later:
            return "postponed_without_reasons"
        if self.past_due(event.on):
            return "after_due"
        if event.until is None or event.until <= event.on:
            return "postponed_to_earlier"
        number, day = self.used(event.on), event.on
        while day < self.moved(event.until):
            day += ONE
            number += self.worked[day]
        if number <= self.allowed:
            return "postponed_to_earlier"
        self.later, self.allowed = True, number
        return None

    def extend(self, event: Event) -> Code:
        if self.longer or self.later:
            return "second_extension"
        if event.days < 1 or event.days > self.law.extension:
            return "extension_too_long"
        if self.past_due(event.on):
            return "after_due"
        self.longer = True
        self.allowed += event.days
        return None

    # --- fee ---------------------------------------------------------------------------------------------------------

    def bill(self, event: Event) -> Code:
        if self.billed:
            return "second_fee_notice"
        if self.past_due(event.on):
            return "after_due"
        if event.on < self.law.fee_since:
            return "law.parameter.not_in_force"
        self.billed = True
        if not self.law.anew_after_payment:
            self.pauses.append(Pause(*asked(event), event.on))
        return self.wait("awaiting_payment", event)

    def reach_bill(self, event: Event) -> Code:
        if self.pay_by:
            return "second_fee_notice"
        if self.law.payment_in_working_days:
            self.pay_by = self.working_day(event.on, self.law.payment)
        else:
            self.pay_by = self.moved(event.on + self.law.payment * ONE)
        return None

    def pay(self, event: Event) -> Code:
        if self.pay_by and event.on > self.pay_by:
            return "payment_late"
        if self.law.anew_after_payment:
            return self.begin(event)
        self.state, self.waits_from = "running", None
        return self.hear(event)

    def could_until(self, code: str) -> date | None:
        """The last day for what is refused as too late."""
        if code == "after_due":
            return self.due()
        if code == "supplement_after_its_period":
            return self.working_day(self.begun[0], self.law.supplement_notice)
        return {"supplement_late": self.correct_by, "payment_late": self.pay_by}.get(code)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def reading(self, today: date, settled: date) -> Reading:
        """What the clock shows at the end of a day."""
        if not self.begun:
            return Reading(self.state, None, 0, 0, False, False)
        if self.waits_from:
            used = self.used(self.waits_from)
            resumes = any(pause.kind == "fee" and not pause.answered for pause in self.pauses)
            left = self.allowed - used if resumes else self.law.answer
            return Reading(self.state, None, used, left, False, False)
        day = self.ended_on or today
        used, due = self.used(day), self.due()
        waiting = self.state == "running" and any(pause.open(day) for pause in self.pauses)
        late, provisional = due is not None and day > due, due is not None and due > settled
        return Reading("paused" if waiting else self.state, due, used, self.allowed - used, late, provisional)

    def numbered(self, upto: date) -> list[tuple[date, int | None]]:
        """Each day of the present clock, and the how-manieth working day of it that it is, or None if it is not counted."""
        found: list[tuple[date, int | None]] = []
        day, number = self.begun[-1], 0
        while day < upto:
            day += ONE
            counts = self.worked[day] and not self.paused(day)
            number += counts
            found.append((day, number if counts else None))
        return found


def asked(event: Event) -> tuple[str, str]:
    """As what somebody is asked, and who: parties are told apart, while there is one applicant only."""
    kind = event.kind.rpartition("_")[0]
    return kind, "" if kind in ("reasons", "fee") else event.party
