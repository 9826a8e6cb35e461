"""What everybody sees of an agency's catalogue: what it must publish, with the documents under each item; and as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.publications.duties import policies, queries
from gongkai.web.publications.duties.answers import workbook

_SHOWN = 5
"""So many documents are listed under an item; the rest are counted."""


@public
@require_safe
def catalogue(request: HttpRequest, key: str) -> HttpResponse:
    """The catalogue of an agency by fields."""
    agency = _agency(key)
    fields: dict[str, list[tuple[object, str, list[object], int]]] = {}
    for duty, field, documents in queries.disclosed(policies.public(agency)):
        shown = documents[:_SHOWN]
        fields.setdefault(field, []).append((duty, queries.timing_words(duty), [*shown], len(documents) - len(shown)))
    name = standing(agency, timezone.localdate()).name
    crumbs = [(name, reverse("portal:agency", args=[key])), ("主动公开目录", "")]
    context = {"agency": agency, "name": name, "fields": fields.items(), "crumbs": crumbs}
    return render(request, "publications/duties/public.html", context)


@public
@require_safe
def catalogue_file(request: HttpRequest, key: str, ending: str) -> HttpResponse:
    """The same as a workbook in the columns of the standard catalogue."""
    if ending != "xlsx":
        raise Http404
    rows = queries.stood(policies.public(_agency(key)))
    lines = []
    for at, (stood, (_, _, documents)) in enumerate(
        zip(rows, queries.disclosed(policies.public(_agency(key))), strict=True), 1
    ):
        addresses = [
            request.build_absolute_uri(reverse("publications:public_one", args=[one.key]))
            for one in documents[:_SHOWN]
        ]
        lines.append([*queries.row(stood, at)[: queries.PUBLIC], str(len(documents)), "\n".join(addresses)])
    heads = [*queries.HEADS[: queries.PUBLIC], "已公开的文件（件）", "最近公开的文件的网址"]
    return workbook(heads, lines, "主动公开目录", "catalogue.xlsx")


def _agency(key: str) -> Agency:
    return get_object_or_404(Agency.objects.filter(outside=False), key=key)
