"""How much was released on which channels in a period, and the records behind every figure; both as files too."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import member, signed_in
from gongkai.web.agencies import policies as agencies
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.agencies.tree import BELONGING
from gongkai.web.files.responses import attachment
from gongkai.web.files.workbooks import XLSX, table
from gongkai.web.publications.channels import forms, policies, queries
from gongkai.web.publications.channels.models import KINDS
from gongkai.web.publications.channels.queries import Asked

_PAGE = 50
_MOST_AGENCIES = 200
_MOST_ROWS = 100_000


@member("read")
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The counts of a period by kind and channel; every figure leads to its records."""
    form, asked = _asked(request)
    found = queries.counts(asked) if asked else []
    context = {
        "form": form, "asked": asked, "kinds": found, "total": sum(one.items for one in found),
        "sentence": queries.sentence(asked, found) if asked else "", "query": _query(asked),
    }  # fmt: skip
    return render(request, "channels/counts.html", context, status=200 if asked or not form.errors else 422)


@member("read")
@require_safe
def counts_workbook(request: HttpRequest) -> FileResponse:
    """The counts as a workbook."""
    _, asked = _asked(request)
    if asked is None:
        raise Http404
    rows = [
        [kind.label, str(one.channel.agency), one.channel.name, str(one.items)]
        for kind in queries.counts(asked)
        for one in kind.channels
    ]
    rows.append(["合计", "", "", str(sum(int(row[-1]) for row in rows))])
    return _workbook(["渠道种类", "机关", "渠道名称", "条数"], rows, "渠道公开统计", "channels.xlsx")


@member("read")
@require_safe
def showings(request: HttpRequest) -> HttpResponse:
    """The records behind a figure."""
    form, asked = _asked(request)
    found = _behind(request, asked)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [(one, queries.evidence(one)) for one in page],
        "caption": f"共 {page.paginator.count} 条", "of": dict(KINDS).get(request.GET.get("kind", ""), ""), "query": _query(asked),
        "channel": policies.visible(signed_in(request)).filter(key=request.GET.get("channel", "")).first(),
    }  # fmt: skip
    return render(request, "channels/showings.html", context, status=200 if asked or not form.errors else 422)


@member("read")
@require_safe
def showings_workbook(request: HttpRequest) -> FileResponse:
    """The same records as a workbook."""
    found = _behind(request, _asked(request)[1])[:_MOST_ROWS]
    heads = [
        "公开日期",
        "标题",
        "索引号",
        "机关",
        "渠道种类",
        "渠道名称",
        "链接",
        "照片",
        "记录人",
        "记录日期",
        "地点",
    ]
    rows = [
        [
            one.shown_on.isoformat(), one.named, (one.document and one.document.index_number) or "", str(one.agency),
            one.channel.get_kind_display(), one.channel.name, one.link, "有" if one.photo_id else "", one.signer,
            one.signed_on.isoformat() if one.signed_on else "", one.place,
        ]
        for one in found.iterator(chunk_size=2000)
    ]  # fmt: skip
    return _workbook(heads, rows, "渠道公开记录", "channel-records.xlsx")


def _behind(request: HttpRequest, asked: Asked | None) -> Any:
    if asked is None:
        return policies.showings(signed_in(request)).none()
    kind, channel = request.GET.get("kind", ""), request.GET.get("channel", "")
    return queries.behind(asked, kind, channel)


def _asked(request: HttpRequest) -> tuple[forms.Period, Asked | None]:
    """The form, and what it asks for: an agency whose records the person reads, this year where no days are named.

    An agency that the person does not read is not there (Http404); one that was not named is the first.
    """
    user, today = signed_in(request), timezone.localdate()
    readable = agencies.visible(user, today, "read")
    choices = [standing_as(row.agency, row) for row in named(readable, today)[:_MOST_AGENCIES]]
    wanted = request.GET.get("agency", "")
    agency = get_object_or_404(readable, key=wanted) if wanted else (choices[0].agency if choices else None)
    first, last = forms.year()
    typed = {"since": first, "until": last} | {name: value for name, value in request.GET.items() if value}
    if agency is None:
        return forms.Period(typed, agencies=choices, may_sum=False), None
    if agency.key not in {one.key for one in choices}:
        choices = [*choices, *(standing_as(row.agency, row) for row in named(readable.filter(pk=agency.pk), today))]
    bare = forms.Period(typed | {"agency": agency.key}, agencies=choices, may_sum=True)
    until = bare.cleaned_data.get("until", last) if bare.is_valid() else last
    may_sum = agencies.reads_below(user, agency, until)
    form = forms.Period(typed | {"agency": agency.key}, agencies=choices, may_sum=may_sum)
    if not form.is_valid():
        return form, None
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if until < since:
        form.add_error("until", "止日早于起日。")
        return form, None
    return form, Asked(agency, since, until, BELONGING if form.cleaned_data.get("below") else ())


def _query(asked: Asked | None) -> str:
    """What stands behind the question mark of an address that leads to the records of a figure."""
    if asked is None:
        return ""
    given = {"agency": asked.agency.key, "since": _written(asked.since), "until": _written(asked.until)}
    return urlencode(given | ({"below": "on"} if asked.below else {}))


def _written(day: date) -> str:
    return day.isoformat()


def _workbook(heads: list[str], rows: list[list[str]], title: str, name: str) -> FileResponse:
    return attachment(io.BytesIO(table(heads, rows, title)), name, XLSX)
