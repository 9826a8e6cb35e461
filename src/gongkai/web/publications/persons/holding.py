"""What a list of persons needs before it is shown: the last day on which it is, and the assessment of impact."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.duties import duty
from gongkai.law.parameters import NATIONAL
from gongkai.web.publications.models import Assessment, Document

_LIKE_A_LIST = re.compile("名单|公示|花名册|名册")


def demand(document: Document, on: date | None = None) -> None:
    """Go on only where a list of persons has its last day, not over on the day `on` (today), and its assessment.

    Raises InvalidInput.
    """
    if not document.persons:
        return
    if document.shown_until is None:
        raise InvalidInput("publications.persons.no_end")
    if document.shown_until < (on or timezone.localdate()):
        raise InvalidInput("publications.persons.over", given=document.shown_until)
    if not Assessment.objects.filter(document=document).exists():
        raise InvalidInput("publications.persons.no_assessment")


def may_be_one(document: Document) -> bool:
    """Whether a document that is not marked as a list of persons is called like one."""
    return not document.persons and bool(_LIKE_A_LIST.search(document.title))


def kept_until(assessment: Assessment) -> date | None:
    """Return until when an assessment is kept at least; none for one from before there was the duty."""
    try:
        return duty("impact_assessment").due(assessment.assessed_on, calendar(), NATIONAL).due
    except InvalidInput:
        return None
