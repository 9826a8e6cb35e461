"""Leading whoever comes to an address that only takes a form back to the page on which that form stands.

One gets there by reloading, by typing the address, or by signing in again after the session ended in the middle of a form.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai import messages

_NO_SUCH_METHOD = 405
_HTML = "text/html"


class SeeOther(HttpResponseRedirectBase):
    """Look at another page; nothing was done here."""

    status_code = 303


class LedBack:
    """Answers a browser that asks in a way which an address does not know: the page above it, or a page that says so.

    The page of a thing stands above the addresses of what is done with it, so that the way up is found in the address.
    Programs, which do not ask for a page, get the bare answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Change nothing but an empty answer to a browser."""
        answer = self.get_response(request)
        if answer.status_code != _NO_SUCH_METHOD or answer.content or _HTML not in request.headers.get("Accept", ""):
            return answer
        above = _above(request.path_info) if request.method in ("GET", "HEAD") else ""
        if above:
            notes.warning(request, messages.text("accounts.only_by_form", "zh"))
            page: HttpResponse = SeeOther(get_script_prefix() + above.removeprefix("/"))
        else:
            page = render(request, "405.html", status=_NO_SUCH_METHOD)
            page["Allow"] = answer["Allow"]
        patch_vary_headers(page, ["Accept"])
        return page


def page_of(request: HttpRequest) -> str:
    """Return the address of the page on which somebody is: for what a form sent, the page on which the form stands."""
    before = request.META.get("HTTP_REFERER", "")
    if request.method in ("GET", "HEAD") or not url_has_allowed_host_and_scheme(before, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(before)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _above(path: str) -> str:
    """The nearest address above one that there is, or nothing."""
    while path := path.rstrip("/").rpartition("/")[0]:
        path += "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return ""
