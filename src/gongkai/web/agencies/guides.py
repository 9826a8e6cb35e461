"""Whether an agency's guide is kept current: until when it is to be looked through again (Art 12)."""

from __future__ import annotations

from datetime import date

from gongkai.law.calendar import calendar
from gongkai.law.deadlines.due import Due
from gongkai.law.duties import duty
from gongkai.law.parameters import parameters
from gongkai.web.agencies import remedies
from gongkai.web.agencies.models import Guide

_REVIEW = "guide_review"


def review_due(guide: Guide, on: date) -> Due | None:
    """Return the day by which a guide is looked through again, with its basis; nothing for one that was never kept."""
    if guide.updated_on is None:
        return None
    review = duty(_REVIEW)
    # A guide from before there was the duty is counted from the day on which the duty began.
    began = min(held.since for held in parameters() if held.name == review.parameter)
    counted_from = max(guide.updated_on, began)
    return review.due(counted_from, calendar(), remedies.jurisdiction_of(guide.agency, on))


def is_stale(guide: Guide, on: date) -> bool:
    """Whether a guide that was kept has not been looked through in time."""
    due = review_due(guide, on)
    return due is not None and due.due < on
