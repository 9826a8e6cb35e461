"""The dated events of a request: what happened, on which day, with what the day alone does not say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

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

SuspensionKind = Literal["third_party", "joint", "agency", "reasons", "fee"]


@dataclass(frozen=True, slots=True)
class Event:
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

ARTICLES: Mapping[EventKind, str] = {
    "arrived": "regulation.31",
    "received": "regulation.31",
    "supplement_asked": "regulation.30",
    "supplemented": "regulation.30",
    "reasons_asked": "regulation.35",
    "reasons_given": "regulation.35",
    "postponed": "regulation.35",
    "third_party_asked": "regulation.32",
    "third_party_reached": "regulation.32",
    "third_party_answered": "regulation.32",
    "joint_asked": "regulation.34",
    "joint_reached": "regulation.34",
    "joint_answered": "regulation.34",
    "agency_asked": "regulation.33.3",
    "agency_answered": "regulation.33.3",
    "extended": "regulation.33.2",
    "fee_noticed": "fee_measure",
    "fee_reached": "fee_measure",
    "fee_paid": "fee_measure",
    "answered": "regulation.36",
    "withdrawn": "regulation.36",
    "abandoned": "regulation.30",
}
"""The provision under which each event happens."""

_CONSULTATION = ("consultation.sending_day_used", "consultation.silence_ends")
PARAMETERS: Mapping[EventKind, tuple[str, ...]] = {
    "received": ("answer.period",),
    "supplement_asked": ("supplement.notice_period",),
    "reasons_asked": ("reasons.suspend",),
    "third_party_asked": _CONSULTATION,
    "third_party_reached": ("third_party.period",),
    "joint_asked": _CONSULTATION,
    "joint_reached": ("joint.period",),
    "agency_asked": _CONSULTATION,
    "extended": ("extension.most",),
    "fee_noticed": ("fee.after_payment",),
    "fee_reached": ("fee.payment_period",),
}
"""The parameters that decide what an event does to the clock."""

ASKS: Mapping[EventKind, SuspensionKind] = {
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

OF_APPLICANT: frozenset[SuspensionKind] = frozenset({"reasons", "fee"})
"""What is asked of the applicant, of whom there is one: a party named with it tells nothing apart."""
