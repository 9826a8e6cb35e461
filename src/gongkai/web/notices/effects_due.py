"""What the sweep does for mails, and for the files below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from gongkai.web.audit.actor import SWEEP
from gongkai.web.audit.chain import act
from gongkai.web.files.collection import collect_contents, collect_records
from gongkai.web.notices import outbox
from gongkai.web.notices.effects import Effect
from gongkai.web.notices.models import Done


def _collection_due(now: datetime) -> Iterator[str]:
    """Today, until it is done today."""
    today = timezone.localdate(now).isoformat()
    if not Done.objects.filter(key=f"files.collect:{today}").exists():
        yield today


def _collect_contents(_key: str) -> int:
    return collect_contents(timezone.now())


def _collect_records(_key: str, now: datetime, contents: Any) -> None:
    if (records := collect_records(now)) or contents:
        with act(SWEEP, "files.collect", None, chain="system", records=records, contents=contents):
            pass


EFFECTS = (
    Effect("mail", outbox.due, outbox.settle, outbox.deliver, lease=timedelta(minutes=5)),
    Effect("files.collect", _collection_due, _collect_records, _collect_contents, lease=timedelta(minutes=30)),
)
