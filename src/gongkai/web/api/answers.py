"""Answers in JSON: figures without loss, a strong mark of the content, 304 for what whoever asks has already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

import gongkai
from gongkai.report.write.json import dumps
from gongkai.web.api.language import asked

JSON = "application/json"
MEDIA = f"{JSON}; charset=utf-8"
_PUBLIC, _PRIVATE = "public, max-age=60", "private, no-store"


def answer(request: HttpRequest, value: dict[str, Any], *, private: bool = False, status: int = 200) -> HttpResponse:
    """Answer with a value; what everybody may read is marked by its content, and not sent to whoever has it."""
    body = dumps(value).encode()
    found = HttpResponse(body, content_type=MEDIA, status=status)
    marked(request, found, private=private)
    if private or status != 200:
        return found
    return _unless_known(request, _strong(body), found, None)


def from_basis(
    request: HttpRequest, basis: Any, make: Callable[[], dict[str, Any]], *, modified: datetime | None = None
) -> HttpResponse:
    """Answer with what takes long to make, unless its basis is the one that whoever asks has the answer of.

    `basis` is everything that the answer depends on besides the language, the address and the program's version.
    """
    parts = [asked(request), gongkai.__version__, request.get_full_path(), basis]
    mark = _strong(dumps(parts).encode())
    known = _unless_known(request, mark, None, modified)
    if known.status_code == 200:
        known = _unless_known(request, mark, HttpResponse(dumps(make()).encode(), content_type=MEDIA), modified)
    marked(request, known)
    return known


def marked(request: HttpRequest, found: HttpResponseBase, *, private: bool = False) -> None:
    """Say in which language an answer is, and who may keep it for how long."""
    found["Content-Language"] = {"zh": "zh-CN", "en": "en"}[asked(request)]
    found["Cache-Control"] = _PRIVATE if private else _PUBLIC
    patch_vary_headers(found, ["Accept-Language", *(["Authorization"] if private else [])])


def day(value: date | None) -> str | None:
    """A date as it stands in an answer."""
    return value.isoformat() if value else None


def instant(value: datetime | None) -> str | None:
    """An instant as it stands in an answer: in the zone in which dates of law are taken, to the second."""
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None


def _unless_known(
    request: HttpRequest, mark: str, found: HttpResponse | None, modified: datetime | None
) -> HttpResponse:
    seconds = int(modified.timestamp()) if modified else None
    held = found or HttpResponse(content_type=MEDIA)
    given = get_conditional_response(request, etag=mark, last_modified=seconds, response=held)
    assert isinstance(given, HttpResponse)  # noqa: S101 - one of those given to it, or one that it makes
    if given.status_code in (200, 304):
        given["ETag"] = mark
        if modified:
            given["Last-Modified"] = http_date(seconds)
    return given


def _strong(content: bytes) -> str:
    return f'"{sha256(content).hexdigest()[:32]}"'
