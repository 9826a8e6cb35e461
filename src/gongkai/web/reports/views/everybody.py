"""What everybody sees: the published reports, one of them, its figures to take away, two of them compared."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public
from gongkai.web.pages.stored import stored
from gongkai.web.reports import forms, policies, queries, versions
from gongkai.web.reports.exports import EXPORTS
from gongkai.web.reports.views import answers

_PAGE, _WORDS = 50, 60


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The published reports, the newest year first; of a year, of agencies with words in their name."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) == 4 else None
    called = request.GET.get("name", "").strip()[:_WORDS]
    found = queries.published(year=year, called=called).defer("assembled")
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    years = policies.public().values_list("year", flat=True).distinct().order_by("-year")
    rows = [(record, queries.title(record)) for record in page]
    asked_for = {"years": years, "year": year, "called": called}
    context = {"page": page, "rows": rows, **asked_for, "crumbs": [("年度报告", "")]}
    return render(request, "reports/public_list.html", context)


@public
@require_safe
@stored("report", versions.of_report)
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A published report: official tables, findings, charts with their tables, figures to take away."""
    record = get_object_or_404(queries.published(), key=key)
    years = queries.years(record)
    context = {
        "name": queries.title(record),
        "shown": queries.page(record),
        "years": [years] if years else [],
        "record": record,
        "exports": sorted(EXPORTS),
        "others": [(other, queries.title(other)) for other in queries.beside(record)],
        "crumbs": [("年度报告", reverse("reports:public_list")), (queries.title(record), "")],
    }
    return render(request, "reports/public_one.html", context)


@public
@require_safe
def export(_request: HttpRequest, key: str, ending: str) -> FileResponse:
    """The figures of a published report as a file."""
    return answers.export(get_object_or_404(queries.published(), key=key), ending)


@public
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two published reports side by side."""
    form = forms.Compare(request.GET)
    if not form.is_valid():
        return redirect("reports:public_list")
    found = answers.comparison(queries.published(), form.cleaned_data["first"], form.cleaned_data["second"])
    return render(
        request,
        "reports/public_compare.html",
        {**found, "crumbs": [("年度报告", reverse("reports:public_list")), ("比较", "")]},
    )
