"""How a page finds the agency at hand, and how every form of an act goes: shown, done, refused, or overtaken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages as notes
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.law.refusals import sentence
from gongkai.web.accounts.access import signed_in
from gongkai.web.accounts.models import User
from gongkai.web.agencies import finding, history, policies, queries
from gongkai.web.agencies.forms import ActForm
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Record, Stale

CONFLICT, WRONG, GOOD = 409, 422, 200
FIELDS = {
    "agencies.name": "name",
    "agencies.reason": "reason",
    "agencies.too_early": "since",
    "agencies.too_late": "since",
    "agencies.code_taken": "unified_code",
    "agencies.email": "email",
    "agencies.role": "role",
    "agencies.leave": "until",
    "law.region.form": "region_code",
    "law.numbers.code_length": "unified_code",
    "law.numbers.code_character": "unified_code",
    "law.numbers.code_check": "unified_code",
}
"""Refusals that belong to a field."""


@dataclass(frozen=True)
class Page:
    """What stands around a form: heading, what the act means, the button, what is said when it is done."""

    heading: str
    button: str
    says: str
    note: str = ""
    verbs: Sequence[str] = field(default=())
    back: str = "agencies:one"


class Elsewhere(InvalidInput):
    """What was typed into a field names nothing; `field` is the field."""

    def __init__(self, code: str, at: str, **facts: object) -> None:
        super().__init__(code, **facts)
        self.at = at


def agency_at_hand(request: HttpRequest, key: str, permission: str = policies.SEE) -> Agency:
    """Return the agency with a key. Raises Http404 where the person may not see it, PermissionDenied without the permission."""
    agency = Agency.objects.filter(key=key).first()
    user, today = signed_in(request), queries.today()
    if agency is None or not policies.can(user, policies.SEE, agency, today):
        raise Http404
    if not policies.can(user, permission, agency, today):
        raise PermissionDenied
    return agency


def done(
    request: HttpRequest,
    agency: Agency | None,
    form: ActForm,
    page: Page,
    do: Callable[[dict[str, Any]], object],
    version: Callable[[], int],
    *,
    says: Callable[[dict[str, Any]], str] | None = None,
    **context: Any,
) -> HttpResponse:
    """Show a form, or do its act and go back; `says` is what is said then where it hangs on what was given.

    What is refused stands at its field with nothing typed lost; whoever came second is told who was first and when, and
    the form then carries the version that stands now.
    """
    status = GOOD
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                do(form.cleaned_data)
            except Stale:
                status = CONFLICT
                form.show_again(version())
                form.add_error(
                    None,
                    history.first(agency, page.verbs) if agency else sentence(Stale("agencies.first.unknown"), "zh"),
                )
            except GongkaiError as error:
                at = error.at if isinstance(error, Elsewhere) else FIELDS.get(error.code)
                form.add_error(at if at in form.fields else None, sentence(error, "zh"))
            else:
                notes.success(request, says(form.cleaned_data) if says else page.says)
                return redirect(page.back, agency.key) if agency else redirect(page.back)
    shown = {**framed(agency), **context, "form": form, "page": page}
    return render(request, "agencies/form.html", shown, status=status)


def framed(agency: Agency | None) -> dict[str, Any]:
    """What every page of one agency shows around: its name today."""
    return {"agency": agency, "standing": queries.standing(agency, queries.today()) if agency else None}


def named_agency(given: str, at: str) -> Agency:
    """Return the agency that was typed: by key, unified code or full name of today. Raises InvalidInput at that field."""
    words, today = given.strip(), queries.today()
    found = [one.agency for one in finding.called(words, today)]
    if not found:
        raise Elsewhere("agencies.agency_unknown", at, given=words)
    if len(found) > 1:
        raise Elsewhere("agencies.agency_unclear", at, given=words, number=len(found))
    return found[0]


def named_person(given: str, at: str) -> User:
    """Return the account with the login that was typed. Raises InvalidInput at that field."""
    user = User.objects.filter(login=given.strip().lower()).first()
    if user is None:
        raise Elsewhere("agencies.person_unknown", at, given=given.strip())
    return user


def now(record: Record) -> int:
    """Return the version of a record as it stands now."""
    return type(record)._default_manager.filter(pk=record.pk).values_list("version", flat=True).first() or 0
