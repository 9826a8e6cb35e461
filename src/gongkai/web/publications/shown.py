"""What stands around the office's pages about documents: how many wait for the person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.web.accounts.models import User
from gongkai.web.publications import policies

_KEPT = "_gongkai_waiting_documents"


def shown(request: HttpRequest) -> dict[str, Any]:
    """Give every template `waiting_documents`; the database is asked only by pages that show it, and once."""
    return {"waiting_documents": lambda: _counted(request)}


def _counted(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    if not isinstance(user, User) or user.administrator:
        return 0
    found: int | None = getattr(request, _KEPT, None)
    if found is None:
        found = policies.waiting_for(user).count()
        setattr(request, _KEPT, found)
    return found
