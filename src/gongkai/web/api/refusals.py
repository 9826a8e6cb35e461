"""What is refused, as data: `{"error": {"code", "message"}}`, in the language asked for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gongkai import messages
from gongkai.errors import GongkaiError, InvalidInput
from gongkai.report.write.json import dumps
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts import queries as accounts
from gongkai.web.api.answers import MEDIA, instant, marked
from gongkai.web.api.language import asked
from gongkai.web.audit import queries as audit
from gongkai.web.audit import wording
from gongkai.web.audit.record import Stale

STATUSES = {
    "accounts.blocked": 429,
    "tokens.wrong": 401,
    "tokens.missing": 401,
    "tokens.scope_read": 403,
}
"""The statuses of codes; every other refusal of what was given is a 422."""
_CHALLENGES = {
    "tokens.missing": 'Bearer realm="gongkai"',
    "tokens.wrong": 'Bearer realm="gongkai", error="invalid_token"',
    "tokens.scope_read": 'Bearer realm="gongkai", error="insufficient_scope"',
}
_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length", "expected", "pattern")


def refusal(request: HttpRequest, status: int, code: str, **more: Any) -> HttpResponse:
    """Refuse with a message that needs no facts; `more` stands beside it."""
    return _refusal(request, status, code, messages.text(code, asked(request)), **more)


def refused(request: HttpRequest, error: GongkaiError) -> HttpResponse:
    """Refuse as an action did."""
    said = error_sentence(error, asked(request))
    if isinstance(error, Stale):
        return _refusal(request, 409, error.code, said, **_first(request, error))
    found = _refusal(request, STATUSES.get(error.code, 422), error.code, said)
    if error.code in _CHALLENGES:
        found["WWW-Authenticate"] = _CHALLENGES[error.code]
    if error.code == "accounts.blocked":
        found["Retry-After"] = str(60 * int(str(error.facts["minutes"])))
    return found


def register(api: NinjaAPI) -> None:
    """Have everything that an operation raises answered so."""

    @api.exception_handler(GongkaiError)
    def _by_rule(request: HttpRequest, error: GongkaiError) -> HttpResponse:
        return refused(request, error)

    @api.exception_handler(AuthenticationError)
    def _no_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
        return refused(request, InvalidInput("tokens.missing"))

    @api.exception_handler(PermissionDenied)
    def _not_allowed(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
        return refusal(request, 403, "api.forbidden")

    @api.exception_handler(Http404)
    def _not_there(request: HttpRequest, _error: Http404) -> HttpResponse:
        return refusal(request, 404, "api.not_found")

    @api.exception_handler(ValidationError)
    def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
        return refusal(request, 422, "api.wrong", fields=[_field(request, one) for one in error.errors])

    for kind in (HttpError, BadRequest, SuspiciousOperation, MultiPartParserError):

        @api.exception_handler(kind)
        def _unreadable(request: HttpRequest, _error: Exception) -> HttpResponse:
            return refusal(request, 400, "api.unreadable")


def _refusal(request: HttpRequest, status: int, code: str, said: str, **more: Any) -> HttpResponse:
    body = dumps({"error": {"code": code, "message": said, **more}}).encode()
    found = HttpResponse(body, content_type=MEDIA, status=status)
    marked(request, found, private=True)
    return found


def _first(request: HttpRequest, error: GongkaiError) -> dict[str, Any]:
    """Who changed the record before, when and how: the last that the audit knows of it."""
    last = audit.entries(audit.Wanted(objects=(str(error.facts["key"]),))).first()
    if last is None:
        return {}
    by = accounts.names([last.actor]).get(last.actor, last.actor)
    return {"first": {"by": by, "act": wording.verb(last.verb, asked(request)), "at": instant(last.at)}}


def _field(request: HttpRequest, wrong: dict[str, Any]) -> dict[str, str]:
    """What is wrong with one value: where it stands, and what was expected."""
    where = ".".join(str(part) for part in wrong["loc"])
    kind = str(wrong["type"])
    limits = {name: value for name, value in wrong.get("ctx", {}).items() if name in _LIMITS}
    known = messages.catalogue(asked(request))
    code = f"api.field.{kind}" if f"api.field.{kind}" in known else "api.field.other"
    facts = {"limit": next(iter(limits.values()), "")}
    return {"at": where, "code": kind, "message": messages.text(code, asked(request), **facts)}
