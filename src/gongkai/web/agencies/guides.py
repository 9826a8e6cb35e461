"""Whether an agency's guide is kept current: until when it is to be looked through again (Art 12)."""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.duties import duty
from gongkai.web.agencies import remedies
from gongkai.web.agencies.models import Guide

_REVIEW = "guide_review"


def review_due(guide: Guide, on: date) -> Due | None:
    """Return the day by which a guide is looked through again, with its basis; nothing for one that was never kept."""
    if guide.updated_on is None:
        return None
    return duty(_REVIEW).due(guide.updated_on, calendar(), remedies.jurisdiction_of(guide.agency, on))


def is_stale(guide: Guide, on: date) -> bool:
    """Whether a guide that was kept has not been looked through in time."""
    due = review_due(guide, on)
    return due is not None and due.due < on
