"""The doors of the interface: every operation says who may come, and every address answers whatever it is asked.

Programs show a token; the cookie of a session opens nothing here, so that no page of another site can act for anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from ninja import Router
from ninja.params.models import Query
from ninja.security import HttpBearer

from gongkai.errors import InvalidInput
from gongkai.web.accounts import tokens
from gongkai.web.accounts.access import Access, holds
from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.models import Token
from gongkai.web.api.answers import JSON
from gongkai.web.api.refusals import refusal

Method = Literal["GET", "POST", "DELETE"]
Operation = Callable[..., HttpResponseBase]
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Mark:
    """An operation: its method, who may come, which parameters it knows, and the media type that it answers in."""

    method: Method
    access: Access
    known: frozenset[str]
    media: str = JSON


MARKS: dict[str, Mark] = {}
"""Every operation by its name, which is also that of its address."""


class Bearer(HttpBearer):
    """Takes a token from the header `Authorization`; from then on the request is its person's."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Return the token. Raises InvalidInput for one that is not good or may not write, PermissionDenied."""
        found = tokens.come_in(token, client_address(request))
        if request.method not in _SAFE and found.scope != "write":
            raise InvalidInput("tokens.scope_read")
        if self.access.door == "member" and not holds(found.user, self.access.needs):
            raise PermissionDenied
        request.user = found.user
        request._cached_user = found.user  # type: ignore[attr-defined]  # whom the log of requests names
        return found


def public(router: Router, path: str, shape: Any, *, media: str = JSON) -> Callable[[Operation], Operation]:
    """An operation that everybody may read."""
    return _door(router, "GET", path, shape, Access("public"), media=media)


def person(router: Router, method: Method, path: str, shape: Any) -> Callable[[Operation], Operation]:
    """An operation for everybody with an account."""
    return _door(router, method, path, shape, Access("person", by="token"))


def member(
    router: Router, method: Method, path: str, shape: Any, *, needs: str, status: int = 200, media: str = JSON
) -> Callable[[Operation], Operation]:
    """An operation for people with the permission `needs` in some agency; what it does asks for the one at hand."""
    return _door(router, method, path, shape, Access("member", needs, by="token"), status=status, media=media)


def guarded(view: Callable[..., HttpResponseBase], marks: Mapping[str, Mark]) -> Callable[..., HttpResponseBase]:
    """Return the view of an address: it knows HEAD and OPTIONS, and refuses in JSON what it does not know."""
    open_to_all = all(mark.access.door == "public" for mark in marks.values())

    def answered(request: HttpRequest, **given: Any) -> HttpResponseBase:
        found = _answered(request, given)
        if open_to_all:
            found["Access-Control-Allow-Origin"] = "*"
            found["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return found

    def _answered(request: HttpRequest, given: dict[str, Any]) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _options(marks, open_to_all)
        mark = marks.get("GET" if request.method == "HEAD" else request.method or "")
        if mark is None:
            found: HttpResponseBase = refusal(request, 405, "api.method", allowed=sorted(marks))
            found["Allow"] = _allowed(marks)
            return found
        if not request.accepts(mark.media):
            found = refusal(request, 406, "api.media", offered=[mark.media])
            patch_vary_headers(found, ["Accept"])
            return found
        unknown = sorted(set(request.GET) - mark.known)
        if unknown:
            return refusal(request, 422, "api.parameter", unknown=unknown, known=sorted(mark.known))
        return _as(mark.method, request, lambda: view(request, **given))

    first = next(iter(marks.values()))
    answered.access = first.access  # type: ignore[attr-defined]
    answered.access_by_method = {method: mark.access for method, mark in marks.items()}  # type: ignore[attr-defined]
    answered.csrf_exempt = True  # type: ignore[attr-defined]
    return answered


def _door(
    router: Router, method: Method, path: str, shape: Any, access: Access, *, status: int = 200, media: str = JSON
) -> Callable[[Operation], Operation]:
    def marked(view: Operation) -> Operation:
        name = view.__name__
        MARKS[name] = Mark(method, access, _known(view), media)
        register = router.api_operation(
            [method],
            path,
            auth=Bearer(access) if access.by == "token" else None,
            response={status: shape} if shape else None,
            operation_id=name,
            url_name=name,
            by_alias=True,
        )
        register(view)
        return view

    return marked


def _known(view: Operation) -> frozenset[str]:
    """The names of the parameters that an operation takes from the query of an address."""
    return frozenset(
        given.alias or name
        for name, hint in get_type_hints(view, include_extras=True).items()
        for given in getattr(hint, "__metadata__", ())
        if isinstance(given, Query)
    )


def _as(method: str, request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Let a request be answered as one of another method; the server leaves out the body of an answer to HEAD."""
    own, request.method = request.method, method
    try:
        return view()
    finally:
        request.method = own


def _options(marks: Mapping[str, Mark], open_to_all: bool) -> HttpResponse:
    found = HttpResponse(status=204)
    found["Allow"] = _allowed(marks)
    if open_to_all:
        found["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        found["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match, If-Modified-Since"
        found["Access-Control-Max-Age"] = "86400"
    return found


def _allowed(marks: Mapping[str, Mark]) -> str:
    return ", ".join([*sorted(marks), *(["HEAD"] if "GET" in marks else []), "OPTIONS"])
