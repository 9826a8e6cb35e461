"""The parameters of a request's clock, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.counting import ended
from gongkai.law.parameters import InForce, Parameter


@dataclass(frozen=True, slots=True)
class Terms:
    """What the clock of a request needs of the law in force: periods in working days, and the readings chosen."""

    answer: int
    extension: int
    notice: int
    third_party: int
    joint: int
    sending_day_used: bool
    silence_ends: bool
    reasons_suspend: bool


NAMES = (
    "answer.period",
    "extension.most",
    "supplement.notice_period",
    "third_party.period",
    "joint.period",
    "consultation.sending_day_used",
    "consultation.silence_ends",
    "reasons.suspend",
)
"""The parameters in the order of `Terms`."""


class FeeTerms(NamedTuple):
    """What the clock needs of the fee measure in force: the period of payment, and what begins after it."""

    payment: Parameter
    anew: bool

    def last_day(self, reached: date, calendar: Calendar) -> date:
        """Return the last day of payment, before it moves on from a rest day, when the notice came on `reached`."""
        return ended(reached, int(self.payment.value), self.payment.unit, calendar)


def terms(inforce: InForce) -> Terms:
    """Return the terms in force. Raises InvalidInput before the Regulation was in force."""
    return Terms(*(inforce[name].value for name in NAMES))  # type: ignore[arg-type]


def fee_terms(inforce: InForce) -> FeeTerms:
    """Return the terms of the fee in force. Raises InvalidInput before there was a fee."""
    return FeeTerms(inforce["fee.payment_period"], inforce.choice("fee.after_payment") == "anew")
