"""What the sweep does for documents: it releases those whose time has come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gongkai.web.notices.effects import Effect
from gongkai.web.publications import actions
from gongkai.web.publications.models import Document


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


EFFECTS = (Effect("publications.release", _due, _release),)
