"""The states a request goes through, and the refusal of what a state or the law does not allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import Event, EventKind

StateName = Literal["unconfirmed", "running", "paused", "awaiting_supplement", "awaiting_payment", "ended"]


class State:
    """A state of a request; the events that it admits are filled in by `deadlines.admission`."""

    __slots__ = ("admits", "name")

    def __init__(self, name: StateName) -> None:
        self.name = name
        self.admits: Mapping[EventKind, Callable[[Any, Event, int], None]] = {}


UNCONFIRMED = State("unconfirmed")
RUNNING = State("running")
AWAITING_SUPPLEMENT = State("awaiting_supplement")
AWAITING_PAYMENT = State("awaiting_payment")
ENDED = State("ended")


def impossible(code: str, article: str, event: Event, **facts: object) -> InvalidInput:
    """The refusal of an event, with the article that does not allow it."""
    return InvalidInput(code, article=article, event=event.kind, on=event.on, **facts)
