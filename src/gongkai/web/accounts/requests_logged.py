"""The log of requests: what was asked for by the route's name, how it ended, how long it took; no address, no query.

Addresses of pages hold links' tokens and records' keys, and queries what people look for: neither is written down.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.models import User
from gongkai.web.settings import declared, logs

logger = logging.getLogger("gongkai.requests")
HEADER = "X-Request-ID"
OFTEN = ("portal:health", "portal:metrics")
"""Routes that machines ask for all the time, logged as details."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class RequestLog:
    """Gives every request an id, writes a line for it, and tells the browser the id, by which a line is found again.

    An id that comes with a request is not taken over: it would be whatever somebody writes there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request be answered and log it."""
        number, begun = secrets.token_hex(8), time.monotonic()
        token = logs.REQUEST.set(number)
        try:
            response = self.get_response(request)
            response[HEADER] = number
            self._log(request, response.status_code, begun)
        finally:
            logs.REQUEST.reset(token)
        return response

    def _log(self, request: HttpRequest, status: int, begun: float) -> None:
        route = _route(request)
        # Whoever nothing has asked for yet is not asked for here: that would cost a query.
        person = getattr(request, "_cached_user", None)
        told: dict[str, Any] = {
            "method": request.method if request.method in METHODS else "other",
            "route": route,
            "status": status,
            "ms": round((time.monotonic() - begun) * 1000),
            "actor": f"user:{person.key}" if isinstance(person, User) else "",
        }
        if declared.switch("GONGKAI_LOG_ADDRESSES"):
            told["address"] = client_address(request)
        logger.log(logging.DEBUG if route in OFTEN else logging.INFO, "request", extra=told)


def _route(request: HttpRequest) -> str:
    """The name of the page, never its address."""
    if request.resolver_match is not None:
        return request.resolver_match.view_name or "unnamed"
    return "static" if request.path.startswith(settings.STATIC_URL) else "nowhere"
