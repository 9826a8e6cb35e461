"""The days of a consultation: how long the law wants it open, where it stands today, by when it is summed up."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.law.calendar import calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.duties import duty
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.remedies import jurisdiction_of
from gongkai.web.engagement.models import Consultation


def least(agency: Agency, opens_on: date) -> Due:
    """Return the earliest last day that needs no explanation (重大行政决策程序暂行条例 15)."""
    return duty("comments_on_draft").due(opens_on, calendar(), jurisdiction_of(agency, opens_on))


def summary_due(consultation: Consultation) -> Due:
    """Return the day by which it is told what became of the comments; a value of the office where it has set one."""
    day = consultation.closes_on
    return duty("comments_summary").due(day, calendar(), jurisdiction_of(consultation.agency, day))


def phase(consultation: Consultation, on: date) -> str:
    """Return where a consultation that everybody sees stands on a day, by the code of `words.PHASES`."""
    if consultation.state == "stopped":
        return "stopped"
    if consultation.summary_state == "published":
        return "summarised"
    if on < consultation.opens_on:
        return "ahead"
    if on <= consultation.closes_on:
        return "open"
    return "late" if on > summary_due(consultation).due else "closed"


def takes_comments(consultation: Consultation, on: date) -> bool:
    """Whether comments are taken on a day: between the first and the last, which count both."""
    return consultation.state == "open" and consultation.opens_on <= on <= consultation.closes_on


def days_left(consultation: Consultation, on: date) -> int:
    """Return how many days there are to the last one, which itself counts as one."""
    return (consultation.closes_on - on).days + 1


def summarised_late(consultation: Consultation) -> bool:
    """Whether the summary that is published came after its day."""
    if consultation.summary_at is None:
        return False
    return timezone.localdate(consultation.summary_at) > summary_due(consultation).due


def message_due(agency: Agency, received_on: date) -> Due:
    """Return the last day to answer a message before the site's inspection fails it (国办秘函〔2019〕19号)."""
    return duty("message_reply").due(received_on, calendar(), jurisdiction_of(agency, received_on))


def message_promised(agency: Agency, received_on: date) -> Due:
    """Return the day by which the agency promises an answer: its own setting, or that of this software."""
    return duty("message_promise").due(received_on, calendar(), jurisdiction_of(agency, received_on))
