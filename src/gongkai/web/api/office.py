"""The office's reports for its programs: lists, one report, and every act on it, by the same rules as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from gongkai.web.accounts.access import actor, signed_in
from gongkai.web.agencies.models import Agency
from gongkai.web.api import doors, office_records, office_shapes
from gongkai.web.api.answers import answer
from gongkai.web.api.language import asked
from gongkai.web.api.office_shapes import Confirm, Correct, Seen, Unpublish, Waive
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Limit, Words, Year
from gongkai.web.audit.actor import Actor
from gongkai.web.reports import actions, policies, queries
from gongkai.web.reports.models import Report
from gongkai.web.reports.views.answers import export

router = Router(tags=["office"])
PREPARE, PUBLISH = policies.PREPARE, policies.PUBLISH
State = Literal["draft", "published", "withdrawn", "superseded"]
ReadingState = Literal["pending", "reading", "read", "unreadable"]


@doors.member(router, "GET", "/office/reports", office_shapes.OfficeReports, needs="read")
def office_reports(
    request: HttpRequest,
    q: Annotated[Words, Query("")],
    year: Annotated[Year | None, Query(None)],
    state: Annotated[State | None, Query(None)],
    reading: Annotated[ReadingState | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The reports that the person may see, the last uploaded first."""
    visible = policies.visible(signed_in(request))
    found = queries.listing(visible, words=q.strip(), year=year, state=state or "", reading=reading or "")
    found = found.select_related("keeper", "agency").prefetch_related("keeper__names").defer("assembled")
    turned = page(found, Turn(after, before, limit), newest_first=True)
    items = [office_records.row(record) for record in turned.records]
    return answer(request, {**turned.around(request), "items": items}, private=True)


@doors.member(router, "GET", "/office/reports/{slug:key}", office_shapes.OfficeReport, needs="read")
def office_report(request: HttpRequest, key: str) -> HttpResponseBase:
    """One report: readings, corrections, waivers, and what it says now."""
    return _shown(request, _record(request, key))


@doors.member(router, "GET", "/office/reports/{slug:key}/figures.{slug:ending}", None, needs="read", media="*/*")
def office_file(request: HttpRequest, key: str, ending: str) -> HttpResponseBase:
    """The figures of a report as a file: xlsx, csv or json."""
    return export(_record(request, key), ending)


@doors.member(router, "POST", "/office/reports/{slug:key}/confirm", office_shapes.OfficeReport, needs=PREPARE)
def confirm(request: HttpRequest, key: str, given: Confirm) -> HttpResponseBase:
    """Confirm whose report it is, for which year and scope."""

    def do(record: Report, by: Actor) -> object:
        agency = get_object_or_404(Agency, key=given.agency) if given.agency is not None else None
        return actions.confirm_agency(
            record,
            agency=agency,
            year=given.year,
            scope=given.scope,
            by=by,
            seen=given.version,
            other_name=given.other_name,
        )

    return _done(request, key, do)


@doors.member(router, "POST", "/office/reports/{slug:key}/corrections", office_shapes.OfficeReport, needs=PREPARE)
def correct(request: HttpRequest, key: str, given: Correct) -> HttpResponseBase:
    """Write down what the file prints in a cell that was misread."""
    wanted = {"cell": given.cell, "value": given.value, "reason": given.reason}
    return _done(request, key, lambda record, by: actions.correct_cell(record, **wanted, by=by, seen=given.version))


@doors.member(router, "POST", "/office/reports/{slug:key}/waivers", office_shapes.OfficeReport, needs=PREPARE)
def waive(request: HttpRequest, key: str, given: Waive) -> HttpResponseBase:
    """Say why a finding needs no correction."""

    def do(record: Report, by: Actor) -> object:
        return actions.waive(record, finding=given.finding, reason=given.reason, by=by, seen=given.version)

    return _done(request, key, do)


@doors.member(
    router,
    "POST",
    "/office/reports/{slug:key}/waivers/{slug:waiver}/withdraw",
    office_shapes.OfficeReport,
    needs=PREPARE,
)
def withdraw_waiver(request: HttpRequest, key: str, waiver: str, given: Seen) -> HttpResponseBase:
    """Take a waiver back; the finding is open again."""

    def do(record: Report, by: Actor) -> None:
        held = get_object_or_404(record.waivers, key=waiver)
        actions.withdraw_waiver(record, waiver=held, by=by, seen=given.version)

    return _done(request, key, do)


@doors.member(router, "POST", "/office/reports/{slug:key}/read-again", office_shapes.OfficeReport, needs=PREPARE)
def read_again(request: HttpRequest, key: str, given: Seen) -> HttpResponseBase:
    """Have the file read again; corrections are put upon the new reading."""
    return _done(request, key, lambda record, by: actions.read_again(record, by=by, seen=given.version))


@doors.member(router, "POST", "/office/reports/{slug:key}/publish", office_shapes.OfficeReport, needs=PUBLISH)
def publish(request: HttpRequest, key: str, given: Seen) -> HttpResponseBase:
    """Show the report to everybody."""
    return _done(request, key, lambda record, by: actions.publish(record, by=by, seen=given.version))


@doors.member(router, "POST", "/office/reports/{slug:key}/unpublish", office_shapes.OfficeReport, needs=PUBLISH)
def unpublish(request: HttpRequest, key: str, given: Unpublish) -> HttpResponseBase:
    """Take a published report back."""
    return _done(
        request,
        key,
        lambda record, by: actions.unpublish(record, reason=given.reason, by=by, seen=given.version),
    )


def _record(request: HttpRequest, key: str) -> Report:
    return get_object_or_404(policies.visible(signed_in(request)).select_related("keeper", "agency"), key=key)


def _done(request: HttpRequest, key: str, do: Callable[[Report, Actor], object]) -> HttpResponseBase:
    """Act on a report that the person may see, and answer with it as it is then."""
    do(_record(request, key), actor(request))
    return _shown(request, _record(request, key))


def _shown(request: HttpRequest, record: Report) -> HttpResponseBase:
    return answer(request, office_records.whole(record, signed_in(request), asked(request)), private=True)
