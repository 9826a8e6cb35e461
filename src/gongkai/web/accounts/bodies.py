"""How much may be sent by whoever has not signed in: a form, not files that fill the disk while nobody looks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from gongkai.web.accounts.models import User


class SmallUnlessSignedIn:
    """Refuses a large body before anything reads it; stands above whatever looks into forms.

    Addresses that take no form look at who comes before they read (`csrf_exempt`: programs show a token).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request go on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponseBase | None:
        """Refuse a body that is too large for a form of somebody who has not signed in."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        small = length.isascii() and length.isdecimal() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if small or getattr(view, "csrf_exempt", False) or isinstance(request.user, User):
            return None
        return render(request, "413.html", status=413)
