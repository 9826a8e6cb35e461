"""Serving a page of the public as it was rendered, for as long as nothing that it shows has changed.

Whoever comes without a session gets the same page, so that it is rendered once. What it shows is said by a stamp that is
asked for on every request: the versions of the records on it, the day, the program and its static files. No act has to
remember which pages it changes, and a page whose stamp is another is rendered anew.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.template.response import SimpleTemplateResponse
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.regex_helper import _lazy_re_compile

import gongkai
from gongkai.web.pages.models import Page

logger = logging.getLogger("gongkai.pages")
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_COMPRESSED = _lazy_re_compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_NUMBER = _lazy_re_compile(r"[1-9][0-9]{0,5}")
_LEVEL = 6
HTML, XML = "text/html; charset=utf-8", "application/xml"
_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


class Rendered(NamedTuple):
    """A page as it is kept."""

    content: bytes
    digest: str


def stored(
    kind: str,
    shows: Callable[P, Hashable],
    *,
    content_type: str = HTML,
    asks: tuple[str, ...] = (),
    absolute: bool = False,
) -> Callable[[View[P]], View[P]]:
    """Keep what a view renders for whoever has no session.

    `kind` names the view. `shows` takes what the view takes from the address and returns the versions of all that the
    page shows, None where there is no such page; it must be read from the database and cost little. `asks` are numbers
    that the query may hold and the view looks at. `absolute` says that the page holds whole addresses of the site.
    """

    def mark(view: View[P]) -> View[P]:
        @wraps(view)
        def serve(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            site = _same_for_all(request, asks, absolute=absolute)
            shown = shows(*args, **kwargs) if site else None
            if shown is None:
                return view(request, *args, **kwargs)
            key, stamp = f"{kind}:{site}:{'/'.join(map(str, [*args, *kwargs.values()]))}", _stamp(shown)
            kept = _kept(key, stamp)
            if kept is None:
                answer = view(request, *args, **kwargs)
                if isinstance(answer, SimpleTemplateResponse):
                    answer.render()
                if not isinstance(answer, HttpResponse) or answer.status_code != 200 or answer.cookies:
                    return answer
                kept = _keep(key, stamp, answer.content)
            return _answer(request, kept, content_type)

        return serve

    return mark


def forget(kind: str, *given: str) -> None:
    """Keep nothing any more of a page that is taken back, in the transaction of the act."""
    Page.objects.filter(key__startswith=f"{kind}:", key__endswith=f":{'/'.join(given)}").delete()


def forget_all() -> int:
    """Keep no page any more, and return how many there were: each is another tomorrow, and what is gone is not kept long."""
    return Page.objects.all().delete()[0]


def _same_for_all(request: HttpRequest, asks: tuple[str, ...], *, absolute: bool) -> str:
    """What everybody without a session gets answered alike by: host and numbers asked for; or nothing.

    A host that is only allowed by a pattern, and a port in a page with whole addresses, are not kept pages for: anybody
    could make up more of them. A number without a page is answered by an error, which is not kept.
    """
    if request.method not in ("GET", "HEAD") or settings.DEBUG or any(name in request.COOKIES for name in _COOKIES):
        return ""
    host, port = split_domain_port(request.get_host())
    given = [request.GET[name] for name in asks if name in request.GET]
    if host not in settings.ALLOWED_HOSTS or (absolute and port) or not all(map(_NUMBER.fullmatch, given)):
        return ""
    return ":".join([request.scheme or "", host, *given])


def _stamp(shown: Hashable) -> str:
    program = (gongkai.__version__, getattr(staticfiles_storage, "manifest_hash", ""), get_script_prefix())
    return hashlib.sha256(repr((shown, timezone.localdate(), program)).encode()).hexdigest()


def _kept(key: str, stamp: str) -> Rendered | None:
    found = Page.objects.filter(key=key, stamp=stamp).values_list("content", "digest").first()
    return Rendered(bytes(found[0]), found[1]) if found else None


def _keep(key: str, stamp: str, content: bytes) -> Rendered:
    """Keep a page; where the database takes no writing now, it is only shown."""
    made = Rendered(gzip.compress(content, _LEVEL, mtime=0), hashlib.sha256(content).hexdigest())
    page = Page(key=key, stamp=stamp, digest=made.digest, content=made.content)
    try:
        with transaction.atomic():
            Page.objects.bulk_create(
                [page], update_conflicts=True, unique_fields=["key"], update_fields=["stamp", "digest", "content"]
            )
    except DatabaseError as error:
        logger.warning("pages.not_kept", exc_info=error)
    return made


def _answer(request: HttpRequest, kept: Rendered, content_type: str) -> HttpResponseBase:
    """The page as the browser takes it, or that what it has is still the page."""
    compressed = bool(_COMPRESSED.search(request.headers.get("Accept-Encoding", "")))
    etag = quote_etag(f"{kept.digest[:32]}{'-gzip' if compressed else ''}")
    answer: Any = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(kept.content if compressed else gzip.decompress(kept.content), content_type)
        if compressed:
            answer["Content-Encoding"] = "gzip"
    answer["ETag"] = etag
    patch_cache_control(answer, no_cache=True)
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer  # type: ignore[no-any-return]
