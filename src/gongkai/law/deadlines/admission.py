"""Which events each state of a request admits, and why it refuses the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NoReturn

from gongkai.law.deadlines.history import ARTICLES, Event, EventKind
from gongkai.law.deadlines.run import Run
from gongkai.law.deadlines.state import (
    AWAITING_PAYMENT,
    AWAITING_SUPPLEMENT,
    ENDED,
    RUNNING,
    UNCONFIRMED,
    impossible,
)

Admitted = Mapping[EventKind, Callable[[Run, Event, int], None]]

UNCONFIRMED.admits = {"arrived": Run.arrived, "received": Run.begin, "withdrawn": Run.finish}
RUNNING.admits = {
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
_OPINIONS: Admitted = {
    kind: RUNNING.admits[kind]
    for kind in ("third_party_reached", "third_party_answered", "joint_reached", "joint_answered", "agency_answered")
}
_ENDS: Admitted = {"answered": Run.finish, "withdrawn": Run.finish, "abandoned": Run.abandon}

AWAITING_SUPPLEMENT.admits = {"supplemented": Run.supplemented, **_OPINIONS, **_ENDS}
AWAITING_PAYMENT.admits = {"fee_reached": Run.reach_fee, "fee_paid": Run.pay, **_OPINIONS, **_ENDS}


def refuse(run: Run, event: Event) -> NoReturn:
    """Refuse an event that the state of a request does not admit, with the provision that it would have to follow."""
    if run.state is UNCONFIRMED:
        raise impossible("law.history.before_receipt", ARTICLES["received"], event)
    if run.state is ENDED:
        raise impossible("law.history.after_end", ARTICLES["answered"], event)
    if run.state is RUNNING:
        raise impossible("law.history.not_awaited", ARTICLES[event.kind], event)
    awaited: EventKind = "supplemented" if run.state is AWAITING_SUPPLEMENT else "fee_paid"
    raise impossible("law.history.awaiting", ARTICLES[awaited], event, awaited=awaited)
