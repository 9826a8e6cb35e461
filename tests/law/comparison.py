"""The clock of the package against the day counter: the same history, the same calendar, the same law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import product, zip_longest
from random import Random
from typing import NamedTuple

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar, Notice, OfficialCalendar, build, calendar, week
from gongkai.law.deadlines.clock import Reading, RequestClock
from gongkai.law.deadlines.history import EVENT_KINDS, Event, History
from gongkai.law.deadlines.standing import standing
from gongkai.law.parameters import Value, jurisdiction
from tests.law.counted_request import ONE, Law, Worked
from tests.law.day_counter import PUBLISHED, Refused, count, happened, worked
from tests.law.histories import Maker

STATES = ("unconfirmed", "running", "paused", "awaiting_supplement", "awaiting_payment", "ended")
CODES = (
    "law.history.after_due",
    "law.history.after_end",
    "law.history.awaiting",
    "law.history.before_receipt",
    "law.history.consulted_twice",
    "law.history.extension_too_long",
    "law.history.future",
    "law.history.not_awaited",
    "law.history.not_consulted",
    "law.history.not_lapsed",
    "law.history.order",
    "law.history.payment_late",
    "law.history.postponed_to_earlier",
    "law.history.postponed_without_reasons",
    "law.history.reasons_not_asked",
    "law.history.second_extension",
    "law.history.second_fee_notice",
    "law.history.second_reasons",
    "law.history.second_supplement",
    "law.history.supplement_after_its_period",
    "law.history.supplement_late",
    "law.history.supplement_without_period",
    "law.parameter.not_in_force",
)
"""Every code with which a history is refused."""
EARLIEST = 2019
"""The first year in which days are changed."""
AGAIN = 0.25
"""The share of histories that are looked at under a second calendar too."""
USUAL = 0.3
"""The share that is looked at with nothing set and no region."""

EDGE = 0.1
"""The share that goes on with an act around the due day."""
LISTED = 0.03
"""The share whose days are compared one by one."""
ACTS = ("extended", "agency_asked", "joint_asked", "fee_noticed", "reasons_asked", "answered")

Counting = Callable[[History, date, Law, Worked, date], Reading | Refused]


class Days(NamedTuple):
    """One calendar, as the package and as the day counter have it; `settled` is the last day that stays as it is."""

    calendar: Calendar
    worked: Worked
    settled: date


class Setting(NamedTuple):
    """A region with an office's own settings, and the same law for the day counter."""

    region: str
    own: Mapping[str, Value]
    law: Law


class Notices(NamedTuple):
    """A source of notices that gives those it was given."""

    given: tuple[Notice, ...]

    def notices(self) -> tuple[Notice, ...]:
        return self.given


@dataclass
class Tally:
    """How much was compared, what was met, and each difference in words."""

    met: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        self.met.update(other.met)
        self.differences += other.differences

    def unmet(self) -> list[str]:
        """The kinds of event, states and refusals that no history had: nothing is proved for them."""
        return [name for name in (*EVENT_KINDS, *STATES, *CODES) if not self.met[name]]

    def lines(self) -> Iterator[str]:
        """What was compared, for people; events and states are those of histories that are not refused."""
        met = self.met
        yield (
            f"{met['histories']} histories, {met['compared']} comparisons ({met['again']} of them under a second "
            f"calendar), {met['refused']} refused, {len(self.differences)} differences; "
            f"{met['days']} days numbered one by one"
        )
        for title, names in (("events", EVENT_KINDS), ("states", STATES), ("refusals", CODES)):
            yield f"{title}: " + ", ".join(f"{name.removeprefix('law.history.')} {met[name]}" for name in names)


def published() -> Days:
    """The calendar as it is published."""
    return Days(calendar(), worked(), date(PUBLISHED, 12, 28))


def changed(random: Random) -> Days:
    """The calendar with days changed at random, and perhaps with some years not published yet or one year more."""
    last = random.choice((PUBLISHED, PUBLISHED, PUBLISHED + 1, random.randint(PUBLISHED - 4, PUBLISHED - 1)))
    notices = [notice for notice in OfficialCalendar().notices() if notice.year <= last]
    days = dict(worked(min(last, PUBLISHED)))
    years = random.sample(range(EARLIEST, PUBLISHED + 2), 4)
    if last > PUBLISHED:
        years = [last, *(year for year in years if year != last)]
    for year in years:
        some = [date(year, 1, 1) + timedelta(random.randrange(365)) for _ in range(24)]
        holidays, make_up = dict.fromkeys(some[:14], "国庆节"), dict.fromkeys(some[14:], "春节")
        number = f"测试〔{year}〕1号"
        notices.append(Notice(year, number, None, holidays, make_up, amends=year <= PUBLISHED or year > last))
        days |= dict.fromkeys(holidays, False) | dict.fromkeys(make_up, True)
    return Days(build([Notices(tuple(notices))], week()), days, date(last, 12, 28))


def settings() -> list[Setting]:
    """Every way to set what an office may set for its clock, in the country and in Sichuan; the first is the usual one."""
    found = []
    for region, payment, sending, silence, reasons in product(
        ("", "510000"), ("anew", "resume"), (True, False), (True, False), (False, True)
    ):
        own: dict[str, Value] = {
            "consultation.sending_day_used": sending,
            "consultation.silence_ends": silence,
            "reasons.suspend": reasons,
            "fee.after_payment": payment,
        }
        law = Law(
            payment=20 if region else 30,
            payment_in_working_days=bool(region),
            anew_after_payment=payment == "anew",
            sending_day_used=sending,
            silence_ends=silence,
            reasons_suspend=reasons,
        )
        found.append(Setting(region, own if found else {}, law))
    return found


class Comparison:
    """Both counters with every setting, under some calendars of which the first is the published one."""

    def __init__(self, seed: int, calendars: int = 4, counting: Counting = count) -> None:
        self.random = Random(seed)
        self.counting = counting
        self.days = [published(), *(changed(self.random) for _ in range(calendars))]
        self.settings = settings()
        self.clocks = [
            [RequestClock(days.calendar, jurisdiction(given.region, given.own)) for given in self.settings]
            for days in self.days
        ]
        self.tally = Tally()

    def run(self, number: int) -> Tally:
        """Compare so many histories, some of them twice."""
        chance, met = self.random.random, self.tally.met
        for history, today in Maker(self.random.getrandbits(64)).histories(number):
            setting = 0 if chance() < USUAL else int(chance() * len(self.settings))
            if chance() < EDGE:
                history, today = self.around_due(history, today, setting)
            met["histories"] += 1
            self.compare(history, today, setting, 0)
            if chance() < AGAIN:
                met["again"] += 1
                self.compare(history, today, setting, 1 + int(chance() * (len(self.days) - 1)))
            if chance() < LISTED:
                self.compare_days(history, today, setting)
        return self.tally

    def around_due(self, history: History, today: date, setting: int) -> tuple[History, date]:
        """The history up to the day before it was looked at or its end, with one act more on the due day or near it."""
        begun = [event for event in history if event.kind not in ("answered", "withdrawn")]
        known = count(begun, today, self.settings[setting].law, self.days[0].worked, self.days[0].settled)
        if isinstance(known, Refused) or known.due is None or not begun:
            return history, today
        on = max(known.due + (self.random.randrange(5) - 1) * ONE, begun[-1].on)
        return [*begun, Event(self.random.choice(ACTS), on, days=5)], on + self.random.randrange(3) * ONE

    def compare(self, history: History, today: date, setting: int, place: int) -> None:
        """Read one history with both; `place` is that of the calendar."""
        days, met = self.days[place], self.tally.met
        counted = self.counting(history, today, self.settings[setting].law, days.worked, days.settled)
        said = asked(self.clocks[place][setting], history, today)
        met["compared"] += 1
        if isinstance(counted, Refused):
            met["refused"] += 1
            met[counted.code] += 1
        else:
            met[counted.state] += 1
            met.update([event.kind for event in history])
        if said != counted:
            self.differs(said, counted, history, today, setting, place)

    def compare_days(self, history: History, today: date, setting: int) -> None:
        """Let both number the days of one history, if it can have happened, under the published calendar."""
        region, own, law = self.settings[setting]
        request = happened(history, law, self.days[0].worked)
        if isinstance(request, Refused) or not request.begun or today < history[-1].on:
            return
        stands = standing(history, today, self.days[0].calendar, jurisdiction(region, own))
        said = [(given.day.day, given.number) for given in stands.days()]
        counted = request.numbered(stands.due or request.waits_from or request.ended_on or today)
        self.tally.met["days"] += len(counted)
        apart = [pair for pair in zip_longest(said, counted) if pair[0] != pair[1]]
        if apart:
            self.differs(apart[0][0], apart[0][1], history, today, setting, 0)

    def differs(self, said: object, counted: object, history: History, today: date, setting: int, place: int) -> None:
        """Note a difference with everything that it takes to see it again."""
        events = "\n".join(f"    {event.on} {event}" for event in history)
        self.tally.differences.append(
            f"clock:   {said}\ncounter: {counted}\ntoday {today}, {self.settings[setting].law}, calendar {place}\n{events}"
        )


def asked(clock: RequestClock, history: History, today: date) -> Reading | Refused:
    """What the clock shows, or which event it refuses: the last of the shortest beginning that is refused."""
    try:
        return clock.read(history, today)
    except InvalidInput as refusal:
        code = refusal.code
    for place in range(len(history)):
        try:
            clock.read(history[: place + 1], max(event.on for event in history))
        except InvalidInput as refusal:
            found = code if refusal.code == code else f"{code} and {refusal.code}"
            return Refused(place, found, refusal.facts.get("due"))
    return Refused(len(history), code)
