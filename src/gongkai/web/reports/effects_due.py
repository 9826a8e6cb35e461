"""What the sweep does for reports: it reads the files that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from gongkai.errors import UnreadableDocument
from gongkai.web.notices.effects import Effect
from gongkai.web.reports import actions, reading
from gongkai.web.reports.models import Reading

TRIES = 3
LEASE = timedelta(minutes=7)
"""Longer than the child process may take for any format."""


def _due(_now: datetime) -> Iterator[str]:
    waiting = Reading.objects.filter(state__in=("pending", "reading")).order_by("pk")
    yield from waiting.values_list("key", flat=True).iterator()


def _read(key: str) -> reading.Outcome:
    found = Reading.objects.select_related("file").get(key=key)
    Reading.objects.filter(pk=found.pk, state="pending").update(state="reading")
    return reading.read(found.file)


def _settle(key: str, now: datetime, outcome: Any) -> None:
    actions.settle(Reading.objects.get(key=key), outcome, now)


def _give_up(key: str, now: datetime) -> None:
    _settle(key, now, reading.unreadable(UnreadableDocument("reports.gave_up", tries=TRIES)))


EFFECTS = (Effect("reports.read", _due, _settle, _read, _give_up, LEASE, TRIES),)
