"""Histories of requests made at random: most of them possible, some not, in every way that is refused.

A history is a row of clocks (from receipt, from the corrected request, from payment); beside each, parties are consulted, reasons
asked for and time added. Nothing is checked here: whoever compares two readings of a history counts what was refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from gongkai.law.deadlines.history import EVENT_KINDS, Event

EARLIEST = date(2019, 5, 15).toordinal()
LATEST = date(2026, 10, 31).toordinal()
UNSETTLED = date(2026, 12, 1).toordinal()
"""Twenty working days before the days that the next notice may still change."""
FEES_SINCE = date(2021, 1, 1).toordinal()
PARTIES = ("", "甲公司", "乙", "丙村委会")
CONSULTED = ("third_party", "third_party", "joint", "agency")
TOGETHER = 0.15
"""How often what happens beside a clock happens on the day of what came before it."""
ONCE = ("supplement_asked", "fee_noticed", "fee_reached", "reasons_asked", "extended", "postponed")

History = list[Event]
day = date.fromordinal


class Mix(NamedTuple):
    """How often something happens, as a share; `consulted`, `reasons` and `extended` of clocks, the others of requests."""

    unconfirmed: float = 0.15
    supplemented: float = 0.2
    charged: float = 0.12
    consulted: float = 0.3
    reasons: float = 0.1
    extended: float = 0.25
    ended: float = 0.6
    impossible: float = 0.2


EVERYTHING = Mix()
"""Much of everything, to prove a clock."""
OFFICE = Mix(0.05, 0.1, 0.02, 0.13, 0.01, 0.18, 0.8, 0)
"""What an office meets: most requests are received and answered, or still open."""


class Maker:
    """Makes histories out of one random source, so that a seed gives the same ones each time."""

    def __init__(self, seed: int, mix: Mix = EVERYTHING) -> None:
        self.random = Random(seed)
        self.chance = self.random.random
        self.mix = mix

    def histories(self, number: int) -> Iterator[tuple[History, date]]:
        """Make so many histories, each with the day on which it is looked at."""
        for _ in range(number):
            made = self.possible()
            yield self.spoilt(made) if self.chance() < self.mix.impossible else (made, self.looked_at(made))

    def upto(self, most: int) -> int:
        """A number from 0 to `most`."""
        return int(self.chance() * (most + 1))

    def about(self, most: int) -> int:
        """Such a number, or now and then one around `most`, where periods end."""
        return self.upto(most) if self.chance() < 0.8 else most - 3 + self.upto(6)

    def looked_at(self, made: History) -> date:
        """A day from that of the last event on, up to 60 days later."""
        return day(made[-1].on.toordinal() + self.upto(60))

    # --- what can have happened --------------------------------------------------------------------------------------

    def possible(self) -> History:
        """A history as an office might have it; now and then something in it comes a day too late."""
        chance, mix, made = self.chance, self.mix, []
        self.silent: list[tuple[str, str]] = []
        self.may_ask = self.may_extend = True
        on = EARLIEST + self.upto(LATEST - EARLIEST) if chance() < 0.94 else UNSETTLED - 30 + self.upto(36)
        if chance() < mix.unconfirmed:
            on = self.arrivals(made, on)
        if on:
            made.append(Event("received", day(on)))
        if on and chance() < mix.supplemented:
            unclear = self.clock(made, on, 4)
            on = self.supplement(made, unclear if chance() < 0.9 else max(unclear, on + 7 + self.upto(7)))
        if on > FEES_SINCE and chance() < mix.charged:
            on = self.fee(made, self.clock(made, on, 24))
        if on:
            on = self.clock(made, on, 28)
            if chance() < mix.ended:
                made.append(Event("answered" if chance() < 0.9 else "withdrawn", day(on + self.upto(12))))
        return made

    def arrivals(self, made: History, on: int) -> int:
        """The request is there before its receipt is confirmed; returns the day of that, or 0 where it never is."""
        for _ in range(1 + self.upto(1)):
            made.append(Event("arrived", day(on)))
            on += self.upto(5)
        if self.chance() < 0.9:
            return on
        if self.chance() < 0.5:
            made.append(Event("withdrawn", day(on)))
        return 0

    def clock(self, made: History, start: int, length: int) -> int:
        """What happens beside the clock of `start` in its first days; returns a day not before the last of it."""
        chance, mix = self.chance, self.mix
        beside: History = []
        for kind, party in self.silent:
            self.opinion(beside, kind, party, start)
        self.silent = []
        while chance() < mix.consulted:
            self.consultation(beside, start + self.upto(length))
        if self.may_ask and chance() < mix.reasons:
            self.may_ask = False
            self.reasons(beside, start, start + self.upto(length if chance() < 0.1 else length // 2))
        if self.may_extend and chance() < mix.extended:
            self.may_extend = False
            on = start + (self.upto(length) if chance() < 0.5 else length - self.upto(length // 3))
            beside.append(Event("extended", day(on), days=1 + self.upto(19)))
        if not beside:
            return start + self.upto(length)
        beside.sort(key=_on)
        for number in range(1, len(beside)):
            if chance() < TOGETHER:
                beside[number] = _moved(beside[number], beside[number - 1].on)
        made += beside
        return beside[-1].on.toordinal() + self.upto(length // 4)

    def consultation(self, beside: History, on: int) -> None:
        """A party is asked; the letter reaches it or not; it answers, soon or after its period, or is silent."""
        kind, party = self.random.choice(CONSULTED), self.random.choice(PARTIES)
        if any(event.party == party and event.kind.startswith(kind) for event in beside):
            return
        beside.append(Event(f"{kind}_asked", day(on), party))
        if kind != "agency" and self.chance() < 0.75:
            on += self.upto(6)
            beside.append(Event(f"{kind}_reached", day(on), party))
        self.opinion(beside, kind, party, on)

    def opinion(self, beside: History, kind: str, party: str, on: int) -> None:
        """An opinion comes some time after a day, perhaps with the next question, or beside a later clock, or never."""
        if self.chance() < 0.65:
            on += self.upto(32)
            beside.append(Event(f"{kind}_answered", day(on), party))
            if self.chance() < TOGETHER:
                self.consultation(beside, on)
        elif self.chance() < 0.5:
            self.silent.append((kind, party))

    def meanwhile(self, made: History, on: int) -> int:
        """Some of the opinions still waited for come while the applicant is waited for; returns the day of the last."""
        come = [name for name in self.silent if self.chance() < 0.5]
        self.silent = [name for name in self.silent if name not in come]
        for kind, party in come:
            on += self.upto(12)
            made.append(Event(f"{kind}_answered", day(on), party))
        return on

    def reasons(self, beside: History, start: int, on: int) -> None:
        """The applicant is asked for reasons, mostly gives them, and is perhaps told a later day."""
        beside.append(Event("reasons_asked", day(on)))
        if self.chance() < 0.8:
            on += self.upto(8)
            beside.append(Event("reasons_given", day(on)))
            if self.chance() < 0.6:
                self.may_extend = self.may_extend and self.chance() < 0.1
                later = day(start + 30 + self.upto(60))
                beside.append(Event("postponed", day(on + self.upto(5)), until=later))

    def supplement(self, made: History, on: int) -> int:
        """The notice of what is missing, and what follows; the day of the corrected request, or 0 where none comes."""
        until, chance = on + 1 + self.upto(20), self.chance()
        made.append(Event("supplement_asked", day(on), until=day(until)))
        on = self.meanwhile(made, on)
        if chance < 0.8:
            excused = chance < 0.1
            on = until + self.upto(10) if excused else on + self.about(max(until - on, 3))
            made.append(Event("supplemented", day(on), excused=excused))
            return on
        if chance < 0.9:
            made.append(Event("abandoned", day(max(on, until - 3 + self.upto(20)))))
        elif chance < 0.95:
            made.append(Event(self.random.choice(("answered", "withdrawn")), day(on + self.upto(20))))
        return 0

    def fee(self, made: History, on: int) -> int:
        """The notice of a fee, and what follows; the day of payment, or 0 where none is made."""
        chance = self.chance()
        made.append(Event("fee_noticed", day(on)))
        if chance < 0.9:
            on += self.upto(6)
            made.append(Event("fee_reached", day(on)))
        on = self.meanwhile(made, on)
        if chance < 0.6 or chance > 0.95:
            on += self.about(29)
            made.append(Event("fee_paid", day(on)))
            return on
        if chance < 0.7:
            made.append(Event("abandoned", day(on + 25 + self.upto(20))))
        elif chance < 0.75:
            made.append(Event(self.random.choice(("answered", "withdrawn")), day(on + self.upto(20))))
        return 0

    # --- what cannot have happened -----------------------------------------------------------------------------------

    def spoilt(self, made: History) -> tuple[History, date]:
        """A history that has, in most cases, become impossible in one of the ways."""
        made = self.random.choice(_WAYS)(self, made, self.upto(len(made) - 1))
        if self.chance() < 0.05:
            return made, day(made[-1].on.toordinal() - 1 - self.upto(5))
        return made, self.looked_at(made)

    def strange(self, made: History, place: int) -> History:
        """An event of any kind stands where it may not belong."""
        on = made[place].on
        until = day(on.toordinal() + self.upto(40) - 3) if self.chance() < 0.5 else None
        new = Event(self.random.choice(EVENT_KINDS), on, self.random.choice(PARTIES), until, self.upto(24))
        after = place + self.upto(1)
        return [*made[:after], new, *made[after:]]

    def twice(self, made: History, place: int) -> History:
        """Something happens a second time, at once or later: if there is something that may happen only once, that."""
        once = [number for number, event in enumerate(made) if event.kind in ONCE]
        place = self.random.choice(once) if once else place
        later = place + self.upto(len(made) - place - 1)
        return [*made[: later + 1], _moved(made[place], made[later].on), *made[later + 1 :]]

    def left_out(self, made: History, place: int) -> History:
        """Something that the rest hangs on did not happen."""
        return [*made[:place], *made[place + 1 :]] or made

    def unclear_again(self, made: History, place: int) -> History:
        """What is missing is asked for when the clock has begun anew."""
        places = [number for number, event in enumerate(made) if event.kind in ("fee_paid", "supplemented")]
        if not places:
            return self.strange(made, place)
        on = made[places[-1]].on.toordinal() + self.upto(5)
        return [*made[: places[-1] + 1], Event("supplement_asked", day(on), until=day(on + 10))]

    def late(self, made: History, place: int) -> History:
        """Everything from one event on comes some days or weeks later."""
        by = 1 + self.upto(50)
        return [*made[:place], *(_moved(event, day(event.on.toordinal() + by)) for event in made[place:])]

    def backwards(self, made: History, place: int) -> History:
        """One event bears an earlier day."""
        on = day(made[place].on.toordinal() - 1 - self.upto(9))
        return [*made[:place], _moved(made[place], on), *made[place + 1 :]]

    def before_the_law(self, made: History, _place: int) -> History:
        """The request comes around the first day of the Regulation, or its fee around the first day of fees."""
        billed = next((event.on.toordinal() - FEES_SINCE for event in made if event.kind == "fee_noticed"), None)
        by = (made[0].on.toordinal() - EARLIEST if billed is None else billed) + 3 - self.upto(6)
        return [_moved(event, day(event.on.toordinal() - by)) for event in made]

    def wrong_length(self, made: History, place: int) -> History:
        """An extension, a period for a supplement or a later day is of a length that cannot be."""
        on = made[place].on
        until = day(on.toordinal() - self.upto(3)) if self.chance() < 0.7 else None
        wrong = (
            (Event("extended", on, days=self.random.choice((0, 21, 40))),),
            (Event("supplement_asked", on, until=until),),
            (Event("reasons_asked", on), Event("reasons_given", on), Event("postponed", on, until=until)),
        )
        return [*made[: place + 1], *self.random.choice(wrong), *made[place + 1 :]]


_WAYS: tuple[Callable[[Maker, History, int], History], ...] = (
    Maker.strange,
    Maker.twice,
    Maker.twice,
    Maker.left_out,
    Maker.unclear_again,
    Maker.late,
    Maker.backwards,
    Maker.before_the_law,
    Maker.wrong_length,
)


def _on(event: Event) -> date:
    return event.on


def _moved(event: Event, on: date) -> Event:
    return Event(event.kind, on, event.party, event.until, event.days, event.excused)
