"""What stands around the office's pages about notices: how many the person has not read."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongkai.web.accounts.models import User
from gongkai.web.notices import queries


def shown(request: HttpRequest) -> dict[str, Any]:
    """Give every template `unread_notices`; the database is asked only by pages that show it."""
    user = getattr(request, "user", None)
    return {"unread_notices": lambda: queries.unread(user) if isinstance(user, User) else 0}
