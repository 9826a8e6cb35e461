"""The public's page of the search."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public
from gongkai.web.search import queries
from gongkai.web.search.forms import Asked
from gongkai.web.search.index import Unusable

A_PAGE = 20


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What was found for the words, narrowed down by kind, agency and year."""
    form = Asked(request.GET)
    more: dict[str, Any] = {"form": form, "crumbs": [("站内检索", "")], "current": "search"}
    if form.is_valid() and form.cleaned_data["q"].strip():
        given = dict(form.cleaned_data)
        more["words"] = given["q"].strip()
        try:
            found = queries.find(given.pop("q"), **given)
        except Unusable:
            more["unusable"] = True
        else:
            more |= _answer(request, form, found, given)
    return render(request, "search/page.html", more)


def _answer(request: HttpRequest, form: Asked, found: queries.Found, given: dict[str, str]) -> dict[str, Any]:
    agencies, years = queries.agencies(found), [(str(year), f"{year}年") for year in queries.years(found)]
    # What was chosen stays to be seen, also where nothing was found under it.
    columns = queries.columns(found)
    if given["column"] and given["column"] not in dict(columns):
        columns.append((given["column"], "所选栏目"))
    if given["year"] and given["year"] not in dict(years):
        years.append((given["year"], f"{given['year']}年"))
    if given["agency"] and given["agency"] not in dict(agencies):
        agencies.append((given["agency"], "所选机关"))
    form.offer("agency", agencies)
    form.offer("column", columns)
    form.offer("year", years)
    listed = Paginator(found.hits, A_PAGE).get_page(request.GET.get("page"))
    return {"found": found, "page": listed, "items": queries.items(found, listed), "most": queries.MOST}
