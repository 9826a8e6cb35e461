"""The office's pages of reports: list, upload, batch, one report beside its original, comparison."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.queries import named, standing
from gongkai.web.files import responses
from gongkai.web.reports import actions, forms, pictures, policies, queries
from gongkai.web.reports.exports import EXPORTS
from gongkai.web.reports.models import Batch, Reading, Report
from gongkai.web.reports.views import answers
from gongkai.web.settings import declared

_PAGE = 50
_REFRESH_SECONDS = 3
_ASKED = (("cell", "cell"), ("finding", "waive"))
"""Which cell and which finding a form is for: as it was sent, else as the page was asked for."""


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All reports that the person may see, with filters."""
    form = forms.Filters(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.listing(policies.visible(signed_in(request)), **wanted)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = [(record, queries.listed(record), record.readings.all()[0]) for record in page]
    batches = queries.kept(policies.visible_batches(signed_in(request))).order_by("-pk")[:5]
    shown = [(batch, queries.progress(batch)) for batch in batches]
    may_upload = policies.keepers(signed_in(request)).exists()
    context = {"form": form, "page": page, "rows": rows, "batches": shown, "may_upload": may_upload}
    return render(request, "reports/list.html", context)


@member("prepare")
@takes_a_form
def upload(request: HttpRequest) -> HttpResponse:
    """Upload one file or several."""
    keepers = named(policies.keepers(signed_in(request)), timezone.localdate())
    choices = [standing(row.agency, timezone.localdate()) for row in keepers]
    form = forms.Upload(request.POST or None, keepers=choices)
    if request.method == "POST" and form.is_valid():
        keeper = next(one.agency for one in choices if one.key == form.cleaned_data["keeper"])
        given = [(file.name or "", file) for file in request.FILES.getlist("files")]
        try:
            batch = actions.upload(given, keeper=keeper, by=actor(request))
            return redirect("reports:batch", key=batch.key)
        except InvalidInput as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {"form": form, "megabytes": declared.number("GONGKAI_UPLOAD_MEGABYTES"), "most": actions.MOST_FILES}
    return render(request, "reports/upload.html", context, status=422 if form.errors else 200)


@member("read")
@require_safe
def batch(request: HttpRequest, key: str) -> HttpResponse:
    """How far a batch is, and what could not be read and why; only how far where the page asks for that."""
    found: Batch = get_object_or_404(policies.visible_batches(signed_in(request)), key=key)
    progress = queries.progress(found)
    standing_still = {"batch": found, "progress": progress, "share": _share(progress)}
    if request.headers.get("HX-Request") == "true":
        context = {**standing_still, "refresh": _REFRESH_SECONDS}
        answer = render(request, "reports/progress.html", context)
        if not progress.waiting:
            answer["HX-Refresh"] = "true"
        return answer
    readings = Reading.objects.filter(report__batch=found).select_related("file", "report__agency").order_by("pk")
    context = {
        **standing_still,
        "unread": list(queries.unread(found)),
        "readings": readings,
        "refresh": _REFRESH_SECONDS if progress.waiting else None,
    }
    return render(request, "reports/batch.html", context)


def _share(progress: queries.Progress) -> int:
    """How much of a batch has been read, in percent."""
    return 100 * (progress.files - progress.waiting) // progress.files if progress.files else 100


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One report: its sheet with findings beside the cells, and the page of the original beside it."""
    return show(request, _record(request, key), {})


def show(request: HttpRequest, record: Report, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a report with the forms for what the person may do; `more` are forms that came back with errors."""
    user, page = signed_in(request), queries.page(record)
    prepares, publishes = (policies.may(user, what, record) for what in (policies.PREPARE, policies.PUBLISH))
    seen = {"seen": record.version}
    context: dict[str, Any] = {
        "shown": page,
        "agency_name": queries.name(record),
        "record": record,
        "may_change": prepares and record.state not in ("published", "superseded") and page.report is not None,
        "may_publish": publishes and record.state in ("draft", "withdrawn") and page.report is not None,
        "may_unpublish": publishes and record.state == "published",
        "seen_form": forms.Seen(initial=seen),
        "unpublish_form": forms.Unpublish(initial=seen, auto_id="unpublish_%s"),
        "may_read_again": prepares and record.state not in ("published", "superseded"),
        "may_discard": prepares and record.state == "draft" and (page.reading is None or not page.reading.waits),
        "discard_form": forms.Discard(initial=seen, auto_id="discard_%s"),
        "corrections": queries.corrections(record, page),
        "waivers": queries.explanations(record),
        "exports": sorted(EXPORTS),
        "original": _original(request, page),
    }
    if context["may_change"]:
        context |= _change_forms(request, record, page, seen)
    return render(request, "reports/one.html", context | more, status=status)


@member("read")
@require_safe
def original(request: HttpRequest, key: str) -> FileResponse:
    """The file as it was uploaded, to be saved."""
    reading = _record(request, key).readings.select_related("file").order_by("pk").last()
    if reading is None:
        raise Http404
    return responses.download(reading.file)


@member("read")
@require_safe
def picture(request: HttpRequest, key: str, page: int) -> HttpResponseBase:
    """A page of the original as a picture."""
    reading = _record(request, key).readings.select_related("file").order_by("pk").last()
    if reading is None or reading.file.format != "pdf":
        raise Http404
    try:
        return responses.picture(pictures.picture(reading.file, page))
    except GongkaiError as error:
        raise Http404 from error


@member("read")
@require_safe
def export(request: HttpRequest, key: str, ending: str) -> FileResponse:
    """The figures as a file."""
    return answers.export(_record(request, key), ending)


@member("read")
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two reports side by side."""
    visible = policies.visible(signed_in(request))
    form = forms.Compare(request.GET)
    if not form.is_valid():
        notes.error(request, "请勾选两份报告再比较。")
        return redirect("reports:list")
    found = answers.comparison(visible, form.cleaned_data["first"], form.cleaned_data["second"])
    return render(request, "reports/compare.html", found)


def _record(request: HttpRequest, key: str) -> Report:
    return get_object_or_404(policies.visible(signed_in(request)), key=key)


def _original(request: HttpRequest, page: queries.ReportPage) -> dict[str, Any] | None:
    """Which page of the original stands beside the sheet: the one asked for, else the first with a figure."""
    if page.reading is None or page.reading.file.format != "pdf" or page.report is None:
        return None
    places = [cell.place for cell in page.report.cells.values() if cell.place and cell.place.page]
    numbers = sorted({place.page for place in places if place.page})
    asked = request.GET.get("page", "")
    at = int(asked) if asked.isascii() and asked.isdecimal() and 0 < int(asked) < 10_000 else (numbers or [1])[0]
    return {"page": at, "pages": numbers}


def _change_forms(
    request: HttpRequest, record: Report, page: queries.ReportPage, seen: dict[str, int]
) -> dict[str, Any]:
    candidates = queries.candidates(record)
    agency = record.agency.key if record.agency else forms.OUTSIDE if record.outside else ""
    named = {**seen, "agency": agency, "year": record.year, "scope": record.scope}
    cell, number = (request.POST.get(name) or request.GET.get(word, "") for name, word in _ASKED)
    made: dict[str, Any] = {
        "confirm_form": forms.Confirm(initial=named, candidates=candidates, auto_id="confirm_%s"),
        "confirmed": record.agency is not None or record.outside,
    }
    if page.report and cell in page.report.cells and cell in page.report.sheet.columns:
        made["correct_form"] = forms.Correct(initial={**seen, "cell": cell}, auto_id="correct_%s")
        made["correct_name"] = page.report.sheet.label(cell)
    if number.isdecimal() and 0 < int(number) <= len(page.findings):
        made["waive_form"] = forms.Waive(initial={**seen, "finding": int(number)}, auto_id="waive_%s")
        made["waive_finding"] = page.findings[int(number) - 1]
    return made
