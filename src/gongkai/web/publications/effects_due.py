"""What the sweep does for documents: it releases those whose time has come, and takes lists of persons down whose time is over,
reminds once a day of what is due, and takes in lists of what was released on channels."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongkai.web.notices.daily import daily
from gongkai.web.notices.effects import Effect
from gongkai.web.publications import actions
from gongkai.web.publications.channels.bulk import effects as channels
from gongkai.web.publications.duties import reminding
from gongkai.web.publications.models import Document
from gongkai.web.publications.models.words import SHOWN

REMIND = "publications.remind"


def _due(now: datetime) -> Iterator[str]:
    """One key a scheduling: the document's version then."""
    waiting = Document.objects.filter(state="scheduled", release_at__lte=now).order_by("release_at", "pk")
    for key, version in waiting.values_list("key", "version").iterator():
        yield f"{key}.{version}"


def _release(key: str, now: datetime, _prepared: Any) -> None:
    document, _, version = key.partition(".")
    found = Document.objects.select_related("agency", "current").filter(key=document).first()
    if found is not None:
        actions.release_due(found, seen=int(version), now=now)


def _ended(now: datetime) -> Iterator[str]:
    """One key a list of persons and last day: what is released anew for longer ends anew."""
    today = timezone.localdate(now)
    shown = Document.objects.filter(state__in=SHOWN, persons=True, shown_until__lt=today).order_by(
        "shown_until", "pk"
    )
    for key, round, until in shown.values_list("key", "round", "shown_until").iterator():
        yield f"{key}.{round}.{until}"


def _end(key: str, now: datetime, _prepared: Any) -> None:
    found = Document.objects.select_related("agency").filter(key=key.partition(".")[0]).first()
    if found is not None:
        actions.end_list(found, now=now)


EFFECTS = (
    Effect("publications.release", _due, _release),
    Effect("publications.end_list", _ended, _end),
    Effect(REMIND, daily(REMIND), reminding.tell, reminding.gathered),
    *channels.EFFECTS,
)
