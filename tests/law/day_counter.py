"""A second clock of requests that knows nothing of the first: it looks at one day after the other and counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

import chinese_calendar

from gongkai.law.deadlines.clock import Reading
from gongkai.law.deadlines.history import Event, History
from tests.law.counted_request import ONE, Code, Law, Request, Worked

PUBLISHED = 2026
"""The last year whose holidays the library knows."""
FIRST, LAST = date(2018, 1, 1), date(2029, 12, 31)
"""The days that histories and their due days fall on."""


class Refused(NamedTuple):
    """Which event cannot have happened, by its place in the history, why, and the day until which it could."""

    place: int
    code: str
    due: date | None = None


@cache
def worked(published: int = PUBLISHED) -> Worked:
    """Say of each day whether it is worked: as the library says up to a year, from Monday to Friday after it."""
    days, day = {}, FIRST
    while day <= LAST:
        days[day] = chinese_calendar.is_workday(day) if day.year <= published else day.weekday() < 5
        day += ONE
    return days


Admitted = Mapping[str, Callable[[Request, Event], Code]]

RUNNING: Admitted = {
    "supplement_asked": Request.ask_supplement,
    "reasons_asked": Request.ask_reasons,
    "reasons_given": Request.give_reasons,
    "postponed": Request.postpone,
    "third_party_asked": Request.ask,
    "third_party_reached": Request.reach,
    "third_party_answered": Request.hear,
    "joint_asked": Request.ask,
    "joint_reached": Request.reach,
    "joint_answered": Request.hear,
    "agency_asked": Request.ask,
    "agency_answered": Request.hear,
    "extended": Request.extend,
    "fee_noticed": Request.bill,
    "answered": Request.end,
    "withdrawn": Request.end,
}
STILL = "third_party_reached third_party_answered joint_reached joint_answered agency_answered answered withdrawn"
WAITING: Admitted = {kind: RUNNING[kind] for kind in STILL.split()} | {"abandoned": Request.abandon}
ADMITTED: Mapping[str, Admitted] = {
    "unconfirmed": {"arrived": Request.arrive, "received": Request.receive, "withdrawn": Request.end},
    "running": RUNNING,
    "awaiting_supplement": {**WAITING, "supplemented": Request.supplement},
    "awaiting_payment": {**WAITING, "fee_reached": Request.reach_bill, "fee_paid": Request.pay},
    "ended": {},
}
"""What can happen in each state."""
OTHERWISE = {
    "unconfirmed": "before_receipt",
    "running": "not_awaited",
    "awaiting_supplement": "awaiting",
    "awaiting_payment": "awaiting",
    "ended": "after_end",
}
"""The code for anything else."""


def happened(history: History, law: Law, worked: Worked) -> Request | Refused:
    """Return the request after the events, or the first of them that cannot have happened."""
    request = Request(law, worked)
    before = date.min
    for place, event in enumerate(history):
        if event.on < before:
            return Refused(place, "law.history.order")
        before = event.on
        happen = ADMITTED[request.state].get(event.kind)
        code = happen(request, event) if happen else OTHERWISE[request.state]
        if code:
            return Refused(
                place, code if code.startswith("law.") else f"law.history.{code}", request.could_until(code)
            )
    return request


def count(history: History, today: date, law: Law, worked: Worked, settled: date) -> Reading | Refused:
    """Return what the clock shows on `today`, or why the history is refused.

    `settled` is the last day that no later notice on holidays will change.
    """
    request = happened(history, law, worked)
    if isinstance(request, Request) and history and today < history[-1].on:
        return Refused(len(history), "law.history.future")
    return request.reading(today, settled) if isinstance(request, Request) else request
