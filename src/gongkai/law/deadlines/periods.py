"""The periods of a request that are counted from one day: each a rule of its own."""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import Calendar
from gongkai.law.deadlines.counting import period
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import NATIONAL, Jurisdiction, in_force
from gongkai.law.rules import carries_out


@carries_out("regulation.33.2", name="deadlines.plain_answer", parameters=("answer.period",))
def plain_answer(received: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
    """Return the day by which a request is answered when nothing stops or lengthens the period."""
    return period("deadlines.plain_answer", received, "answer.period", in_force(received, jurisdiction), calendar)


@carries_out("regulation.30", name="deadlines.supplement_notice", parameters=("supplement.notice_period",))
def supplement_notice(received: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
    """Return the day by which the applicant is told, once, what an unclear request lacks."""
    held = in_force(received, jurisdiction)
    return period("deadlines.supplement_notice", received, "supplement.notice_period", held, calendar)


@carries_out("regulation.32", name="deadlines.third_party_opinion", parameters=("third_party.period",))
def third_party_opinion(reached: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
    """Return the day by which a third party gives its opinion, from the day the letter reached it."""
    held = in_force(reached, jurisdiction)
    return period("deadlines.third_party_opinion", reached, "third_party.period", held, calendar)


@carries_out("regulation.34", name="deadlines.joint_opinion", parameters=("joint.period",))
def joint_opinion(reached: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
    """Return the day by which an agency that made information jointly gives its opinion; silence after it is consent."""
    return period("deadlines.joint_opinion", reached, "joint.period", in_force(reached, jurisdiction), calendar)


@carries_out("fee_measure", "fee_measure_sichuan", name="deadlines.payment", parameters=("fee.payment_period",))
def payment(reached: date, calendar: Calendar, jurisdiction: Jurisdiction = NATIONAL) -> Due:
    """Return the day by which the fee is paid, from the day its notice reached the applicant."""
    return period("deadlines.payment", reached, "fee.payment_period", in_force(reached, jurisdiction), calendar)
