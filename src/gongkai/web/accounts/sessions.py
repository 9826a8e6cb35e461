"""How long a session lives, and when somebody last proved to be there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from gongkai import messages
from gongkai.web.accounts.led_back import page_of
from gongkai.web.accounts.models import User
from gongkai.web.settings import declared

SIGNED_IN, SEEN, CONFIRMED = "signed_in_at", "seen_at", "confirmed_at"
_EVERY = 60
_RECENT = 600
_MINUTE, _HOUR = 60, 3600


def begin(request: HttpRequest) -> None:
    """Note that the person of a request has just signed in, with a one-time code."""
    now = _now()
    for name in (SIGNED_IN, SEEN, CONFIRMED):
        request.session[name] = now


def confirm(request: HttpRequest) -> None:
    """Note that the person has just given a one-time code again."""
    request.session[CONFIRMED] = _now()


def recently_confirmed(request: HttpRequest) -> bool:
    """Whether the person gave a one-time code in the last ten minutes."""
    return bool(0 <= _now() - int(request.session.get(CONFIRMED, 0)) <= _RECENT)


def confirmed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Ask for a one-time code before a dangerous act, unless one was given lately. Stands below the mark of access.

    What came by a form is not done: the person comes back to the page that the form stands on.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if recently_confirmed(request):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            notes.warning(request, messages.text("accounts.confirm_first", "zh"))
        return HttpResponseRedirect(f"{reverse('accounts:confirm')}?{urlencode({'next': page_of(request)})}")

    return guarded


class SessionLimits:
    """Ends sessions that were idle or lasted too long, and keeps what signed-in people see out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session before the view, mark the answer after it."""
        if not isinstance(request.user, User):
            return self.get_response(request)
        if _over(request):
            logout(request)
            notes.info(request, messages.text("accounts.session_over"))
        elif _now() - int(request.session[SEEN]) >= _EVERY:
            request.session[SEEN] = _now()
        response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response


def _over(request: HttpRequest) -> bool:
    now = _now()
    idle = now - int(request.session.get(SEEN, 0))
    whole = now - int(request.session.get(SIGNED_IN, 0))
    return (
        idle > declared.number("GONGKAI_IDLE_MINUTES") * _MINUTE
        or whole > declared.number("GONGKAI_SESSION_HOURS") * _HOUR
    )


def _now() -> int:
    return int(timezone.now().timestamp())
