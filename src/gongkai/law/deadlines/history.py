"""The dated events of a request: what happened, on which day, with what the day alone does not say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple, get_args

EventKind = Literal[
    "arrived",
    "received",
    "supplement_asked",
    "supplemented",
    "reasons_asked",
    "reasons_given",
    "postponed",
    "third_party_asked",
    "third_party_reached",
    "third_party_answered",
    "joint_asked",
    "joint_reached",
    "joint_answered",
    "agency_asked",
    "agency_answered",
    "extended",
    "fee_noticed",
    "fee_reached",
    "fee_paid",
    "answered",
    "withdrawn",
    "abandoned",
]
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)


class Event(NamedTuple):
    """Something that happened on a day.

    `party` tells several consulted parties apart. `until` is the day set for a supplement, or the later day set for an
    excessive request. `days` is the length of an extension in working days. `excused` says that a late supplement had
    a good reason.
    """

    kind: EventKind
    on: date
    party: str = ""
    until: date | None = None
    days: int = 0
    excused: bool = False


History = Sequence[Event]
