"""Where a request stands on a day, with everything that a person needs to check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.law.calendar import Calendar, Day
from gongkai.law.deadlines.clock import Reading, RequestClock
from gongkai.law.deadlines.due import Due
from gongkai.law.deadlines.history import ARTICLES, PARAMETERS, History
from gongkai.law.deadlines.periods import joint_opinion, payment, supplement_notice, third_party_opinion
from gongkai.law.deadlines.run import Run
from gongkai.law.deadlines.state import StateName
from gongkai.law.parameters import NATIONAL, InForce, Jurisdiction, Parameter, in_force
from gongkai.law.rules import carries_out

Why = Literal["counted", "rest", "holiday", "third_party", "joint", "agency", "reasons", "fee"]


@dataclass(frozen=True, slots=True)
class Step:
    """A period that runs beside the answer's: of whom something is awaited, and until when."""

    what: Literal["supplement_notice", "supplement", "third_party", "joint", "payment"]
    last: date
    party: str = ""
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day of the present clock: the how-manieth working day it is, or why it is not counted, and for which party."""

    day: Day
    number: int | None
    why: Why
    party: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request stands on `today`; `Reading` says what its figures mean.

    `counted_from` is the day the present clock counts from (itself not counted), `begun` every such day so far, `allowed`
    the working days of the present clock with `extension` of them added. `steps` are periods of others, `articles` the
    provisions that the events follow, `settings` the parameters used.
    """

    today: date
    state: StateName
    due: date | None
    used: int
    left: int
    late: bool
    provisional: bool
    counted_from: date | None
    begun: tuple[date, ...]
    allowed: int
    extension: int
    steps: tuple[Step, ...]
    articles: tuple[str, ...]
    settings: tuple[Parameter, ...]
    calendar: Calendar
    run: Run

    def days(self) -> Iterator[CountedDay]:
        """Each day of the present clock up to its due day, or up to the last day known while there is none."""
        if self.counted_from is None:
            return
        stopped = self.run.finished if self.run.awaiting is None else self.run.awaiting
        last = self.due or (self.today if stopped is None else self._day(stopped))
        number = 0
        for day in self.calendar.between(self.counted_from, last):
            suspended = self.run.suspended(self.calendar.at(day.day))
            counts = day.working and suspended is None
            number += counts
            why: Why = "counted" if counts else "rest" if day.kind == "weekend" else "holiday"
            if suspended is not None:
                yield CountedDay(day, None, suspended.kind, suspended.party)
            else:
                yield CountedDay(day, number if counts else None, why)

    def skipped(self) -> tuple[CountedDay, ...]:
        """The days of the present clock that are not counted, and why."""
        return tuple(day for day in self.days() if day.number is None)

    def _day(self, place: int) -> date:
        return date.fromordinal(self.calendar.first + place)


@carries_out(
    "regulation.30",
    "regulation.31",
    "regulation.32",
    "regulation.33.2",
    "regulation.33.3",
    "regulation.34",
    "regulation.35",
    "fee_measure",
    name="deadlines.answer",
    parameters=tuple(dict.fromkeys(name for names in PARAMETERS.values() for name in names)),
)
def standing(history: History, today: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Standing:
    """Return where a request stands on a day after its events.

    Raises InvalidInput, with the article, for a history that cannot have happened under the law, and for one whose days
    or periods the calendar does not know.
    """
    clock = RequestClock(calendar, jurisdiction)
    for event in history:
        calendar.at(event.on)
    calendar.at(today)
    run = Run(clock.ground, clock.through)
    reading = clock.read(history, today, run)
    begun = tuple(date.fromordinal(calendar.first + place) for place in run.begun)
    return Standing(
        today,
        *reading,
        begun[-1] if begun else None,
        begun,
        run.allowed,
        run.extension,
        tuple(_steps(history, reading, calendar, jurisdiction)),
        tuple(dict.fromkeys(ARTICLES[event.kind] for event in history)),
        tuple(_used(history, jurisdiction)),
        calendar,
        run,
    )


def _used(history: History, jurisdiction: Jurisdiction) -> Iterator[Parameter]:
    """The parameters that the events rest on, as of receipt, those of the fee as of its notice."""
    held: InForce | None = None
    seen: set[str] = set()
    for event in history:
        if event.kind in ("received", "fee_noticed"):
            held = in_force(event.on, jurisdiction)
        for name in PARAMETERS.get(event.kind, ()):
            if held is not None and name not in seen:
                seen.add(name)
                yield held[name]


def _steps(history: History, reading: Reading, calendar: Calendar, jurisdiction: Jurisdiction) -> Iterator[Step]:
    """The periods that are still open on the day, in the order of the events that began them."""
    if reading.state == "ended":
        return
    kinds = [event.kind for event in history]
    answered = {
        (event.kind.removesuffix("_answered"), event.party) for event in history if event.kind.endswith("_answered")
    }
    for event in history:
        if event.kind == "received" and not {"supplement_asked", "fee_noticed"} & set(kinds):
            found = supplement_notice(event.on, calendar, jurisdiction)
            yield Step("supplement_notice", found.due, due=found)
        elif event.kind == "supplement_asked" and reading.state == "awaiting_supplement" and event.until is not None:
            yield Step("supplement", calendar.roll(event.until))
        elif event.kind == "third_party_reached" and ("third_party", event.party) not in answered:
            found = third_party_opinion(event.on, calendar, jurisdiction)
            yield Step("third_party", found.due, event.party, found)
        elif event.kind == "joint_reached" and ("joint", event.party) not in answered:
            found = joint_opinion(event.on, calendar, jurisdiction)
            yield Step("joint", found.due, event.party, found)
        elif event.kind == "fee_reached" and reading.state == "awaiting_payment":
            found = payment(event.on, calendar, jurisdiction)
            yield Step("payment", found.due, due=found)
