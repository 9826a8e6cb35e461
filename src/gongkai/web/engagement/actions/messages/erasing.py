"""Erasing who wrote a message, some time after it was answered or closed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.audit.actor import SWEEP
from gongkai.web.audit.chain import act
from gongkai.web.engagement.models import Message
from gongkai.web.settings import declared

CHAIN = "system"
_AT_ONCE = 2000


def erasable(on: date) -> QuerySet[Message]:
    """Return the messages of which name and contact are kept no longer; one that is not answered is kept."""
    before = on - timedelta(days=declared.number("GONGKAI_CONTACT_DAYS"))
    over = Q(state="answered", answered_on__lt=before) | Q(state="closed", received_on__lt=before)
    # An encrypted text can only be compared with the empty one, which is all that is asked here.
    return Message.objects.filter(over, erased_at__isnull=True).exclude(Q(contact="") & Q(name=""))


def erase_people(now: datetime) -> int:
    """Erase what is kept no longer, and return in how many messages there was something."""
    found = list(erasable(timezone.localdate(now)).order_by("pk")[:_AT_ONCE])
    if found:
        with act(SWEEP, "engagement.erase_writers", None, chain=CHAIN, number=len(found)):
            for one in found:
                one.change(one.version, contact="", name="", erased_at=now)
    return len(found)
