"""The day on which a request is received, and the day on which an answer counts as given, by the way they travel."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Literal

from gongkai.errors import InvalidInput
from gongkai.law.fields import only
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status

Direction = Literal["request", "answer"]
_REQUEST_DAYS = frozenset(("submitted", "arrived", "signed", "confirmed", "passed_on"))
_ANSWER_DAYS = frozenset(("decided", "signed", "posted", "sent", "completed"))


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in or out: which day decides, and on which day an ordinary letter must have been confirmed."""

    code: str
    decisive: str
    same_day: str
    article: str
    status: Status


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day that counts; None while the deciding day (`awaiting`) has not come.

    `late` says that the office confirmed an ordinary letter on a later day than it came, which it must not.
    """

    day: date | None
    awaiting: str
    late: bool
    channel: Channel

    @property
    def articles(self) -> tuple[str, ...]:
        """The provision that decides."""
        return (self.channel.article,)


@cache
def channels(direction: Direction) -> Mapping[str, Channel]:
    """Every way in which a request comes or an answer goes, by its code."""
    text = resources.files("gongkai.law").joinpath("channels.toml").read_text(encoding="utf-8")
    return {
        code: Channel(
            code,
            given["decisive"],
            given.get("same_day", ""),
            given["article"],
            status(given.get("status", "stated")),
        )
        for code, given in tomllib.loads(text)[direction].items()
    }


@carries_out("regulation.29", "regulation.31(1)", "regulation.31(2)", "regulation.31(3)", name="deadlines.receipt")
def received_on(channel: str, days: Mapping[str, date]) -> Receipt:
    """Return the day of receipt of a request by its channel.

    `days` holds what is known: `submitted` (handed in or sent by the applicant), `arrived` (an ordinary letter at the
    office), `signed` (for mail that is signed for), `confirmed` (with the applicant), `passed_on` (to the disclosure office,
    where another office of the agency had it first). Raises InvalidInput for an unknown channel, for a day of another
    name and for days that contradict one another.
    """
    found = _channel("request", channel)
    only(_REQUEST_DAYS, days)
    _ordered(days, ("submitted", "arrived", "passed_on", "confirmed"), found)
    _ordered(days, ("submitted", "signed", "passed_on"), found)
    day = days.get(found.decisive)
    if day is not None and found.decisive == "signed":
        day = max(day, days.get("passed_on", day))
    came = days.get("passed_on", days.get(found.same_day)) if found.same_day else None
    late = day is not None and came is not None and day > came
    return Receipt(day, "" if day else found.decisive, late, found)


@carries_out("regulation.33.2", name="deadlines.service")
def served_on(way: str, days: Mapping[str, date]) -> Receipt:
    """Return the day on which an answer counts as given: signed in person, handed to the postal enterprise, sent.

    Raises InvalidInput for an unknown way, for a day of another name and for an answer that goes out before it was signed
    (`decided`).
    """
    found = _channel("answer", way)
    only(_ANSWER_DAYS, days)
    _ordered(days, ("decided", found.decisive), found)
    day = days.get(found.decisive)
    return Receipt(day, "" if day else found.decisive, False, found)


def _channel(direction: Direction, code: str) -> Channel:
    known = channels(direction)
    if code not in known:
        raise InvalidInput("law.channel.unknown", given=code, known=", ".join(known))
    return known[code]


def _ordered(days: Mapping[str, date], names: tuple[str, ...], channel: Channel) -> None:
    """Refuse days that run backwards."""
    given = [(name, days[name]) for name in names if name in days]
    for (before, first), (after, second) in pairwise(given):
        if second < first:
            raise InvalidInput(
                "law.channel.order", article=channel.article, before=before, after=after, first=first, second=second
            )
