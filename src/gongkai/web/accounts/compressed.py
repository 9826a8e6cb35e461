"""Compressing pages, where that gives nothing away.

A page that holds a secret and repeats what a stranger can make a browser send lets the stranger find the secret out by
the lengths of many compressed answers (BREACH). Django pads compressed answers by chance, which makes that dearer and
not impossible. So only what everybody sees alike is compressed: no page for somebody who is signed in, and none with a
form's token. Pages that are kept rendered come compressed already and pass as they are.
"""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from gongkai.web.accounts.models import User

_REFUSED = re.compile(r"\bgzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")


class CompressPublicPages(GZipMiddleware):
    """Compresses pages for visitors that hold no form's token."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress or let pass."""
        page = response.get("Content-Type", "").startswith("text/html")
        session = getattr(request, "session", None)
        known = isinstance(getattr(request, "_cached_user", None), User) or (session and not session.is_empty())
        # Django leaves this mark where a form's token was asked for while the page was made.
        token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META
        # Django's own looks for the word alone, and compresses for who says that it must not be.
        refused = bool(_REFUSED.search(request.headers.get("Accept-Encoding", "")))
        if not page or known or token or refused:
            return response
        return super().process_response(request, response)
