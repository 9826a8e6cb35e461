"""Erasing who commented, when it is long over: contacts, and names that are not shown."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.audit.actor import SWEEP
from gongkai.web.audit.chain import act
from gongkai.web.engagement.models import Comment
from gongkai.web.settings import declared

CHAIN = "system"
_AT_ONCE = 2000


def erasable(on: date) -> QuerySet[Comment]:
    """Return the comments of which contact and hidden name are kept no longer: those of consultations over so many days ago."""
    before = on - timedelta(days=declared.number("GONGKAI_CONTACT_DAYS"))
    over = Q(consultation__closes_on__lt=before)
    # An encrypted text can only be compared with the empty one, which is all that is asked here.
    return Comment.objects.filter(over, erased_at__isnull=True).exclude(Q(contact="") & Q(name=""))


def erase_people(now: datetime) -> int:
    """Erase what is kept no longer, and return in how many comments there was something."""
    found = list(erasable(timezone.localdate(now)).order_by("pk")[:_AT_ONCE])
    if found:
        with act(SWEEP, "engagement.erase_people", None, chain=CHAIN, number=len(found)):
            for one in found:
                one.change(one.version, contact="", name=one.signed, erased_at=now)
    return len(found)
