"""What an action refuses, put where the person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai import messages
from gongkai.errors import GongkaiError

TOO_MANY = 429
_WRONG, _GOOD = 422, 200


@contextmanager
def shown_in(form: forms.Form, field: str | None = None, password: str | None = None) -> Iterator[None]:
    """Put what is refused in the block beside the form, or at a field of it; bad passwords at the field `password`."""
    try:
        yield
    except ValidationError as error:
        form.add_error(password or field, error)
    except GongkaiError as error:
        at = None if error.code == "accounts.blocked" else field
        form.add_error(at, ValidationError(sentence(error), code=error.code))


def sentence(error: GongkaiError) -> str:
    """Return what was refused, in plain Chinese."""
    return messages.text(error.code, "zh", **error.facts)


def status(form: forms.Form) -> int:
    """Return the status of the page that shows a form: 429 where too much was tried, 422 where something is wrong."""
    if not form.is_bound or not form.errors:
        return _GOOD
    return TOO_MANY if form.has_error(NON_FIELD_ERRORS, "accounts.blocked") else _WRONG


def next_page(request: HttpRequest, otherwise: str) -> str:
    """Return the page of this site that `next` names, or the other."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure()):
        return wanted
    return otherwise
