"""The public's pages: the site, its agencies and their columns."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.law.articles import article, written
from gongkai.law.parameters import in_force
from gongkai.web.accounts.access import public
from gongkai.web.agencies import versions
from gongkai.web.agencies.finding import FOUND_AT_MOST
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing
from gongkai.web.pages.stored import stored
from gongkai.web.portal import documents, lists, queries, reports
from gongkai.web.portal.columns import Column, column, columns
from gongkai.web.portal.frame import site_of
from gongkai.web.publications.queries import published

CHILDREN = 60
REPORTS = 6
DOCUMENTS = 10
A_PAGE = 50
FEEDS = {"annual_reports": "feed", "statutory": "documents_feed"}
"""The columns that have a feed, with the names of its address."""
REQUEST_ARTICLES = ("29", "31", "33", "36")


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the site: its agency, or what to do where none is set up."""
    root = site_of(request).agency
    if root is None:
        return render(request, "portal/unset.html")
    # The reports of all agencies of the site: a department's report is looked for on the government's first page.
    shown = {"reports": reports.newest(root.agency, REPORTS), "samples": reports.outside(REPORTS)}
    return _agency(request, root, template="portal/home.html", whose=None, current="home", **shown)


@public
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The agencies right below that of the site, a page at a time, or those with words in their name."""
    root, words = site_of(request).agency, request.GET.get("q", "").strip()[:60]
    more: dict[str, Any] = {"words": words, "crumbs": [("机关名录", "")], "current": "directory"}
    if words:
        more |= {"listed": queries.called(words), "most": FOUND_AT_MOST}
    elif root is not None:
        page = Paginator(queries.children(root.agency), A_PAGE).get_page(request.GET.get("page"))
        more |= {"listed": [root, *page] if page.number == 1 else list(page), "page": page}
    return render(request, "portal/directory.html", more)


@public
@require_safe
def agency(request: HttpRequest, key: str) -> HttpResponse:
    """An agency's own page."""
    found = _found(request, key)
    return _agency(
        request, found, template="portal/agency.html", whose=found.agency, crumbs=_trail(request, found, "")
    )


@public
@require_safe
@stored("guide", versions.of_agency)
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """The guide of an agency, from the data that it keeps (Art 12)."""
    found = _found(request, key)
    return _column(request, found, "guide", guide=queries.guide(found.agency))


@public
@require_safe
def rules(request: HttpRequest, key: str) -> HttpResponse:
    """The rules of disclosure of an agency."""
    return _column(request, _found(request, key), "rules")


@public
@require_safe
def statutory(request: HttpRequest, key: str) -> HttpResponse:
    """What an agency of its level must disclose by itself, with the documents of each item and the newest of all."""
    found = _found(request, key)
    items = [(one.item, one.count, _source(one.item.article)) for one in documents.items(found.agency)]
    return _column(request, found, "statutory", items=items, documents=documents.newest(found.agency, DOCUMENTS))


@public
@require_safe
def disclosed(request: HttpRequest, key: str, item: str) -> HttpResponse:
    """The released documents of one of these items, a page at a time."""
    found = _found(request, key)
    shown = documents.item(found.agency, item)
    if shown is None:
        raise Http404
    page = Paginator(published(found.agency, item), A_PAGE).get_page(request.GET.get("page"))
    return _column(request, found, "statutory", template="disclosed", item=shown, page=page)


@public
@require_safe
def annual_reports(request: HttpRequest, key: str) -> HttpResponse:
    """The annual reports of an agency by year."""
    found = _found(request, key)
    return _column(request, found, "annual_reports", reports=reports.published(found.agency))


@public
@require_safe
def requests(request: HttpRequest, key: str) -> HttpResponse:
    """How one asks an agency for information."""
    found = _found(request, key)
    more = {
        "guide": queries.guide(found.agency),
        "days": in_force(queries.today()).number("answer.period"),
        "law": [
            (written(f"regulation.{n}", "zh"), article(f"regulation.{n}").summary["zh"]) for n in REQUEST_ARTICLES
        ],
    }
    return _column(request, found, "requests", **more)


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the site does for people who see, hear or move with difficulty, and whom to tell of what is missing."""
    root = site_of(request).agency
    more = {"guide": queries.guide(root.agency) if root else None, "crumbs": [("无障碍声明", "")]}
    return render(request, "portal/accessibility.html", more)


@public
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Every column of the site, and the agencies below."""
    root = site_of(request).agency
    below = queries.children(root.agency)[:CHILDREN] if root else []
    return render(request, "portal/site_map.html", {"crumbs": [("网站地图", "")], "below": below})


def _found(request: HttpRequest, key: str) -> Standing:
    site = site_of(request)
    found = site.agency if site.agency is not None and site.agency.key == key else queries.agency(key)
    if found is None:
        raise Http404
    return found


def _columns(request: HttpRequest, found: Standing) -> tuple[Column, ...]:
    site = site_of(request)
    return site.columns if site.agency is found else columns(found.agency)


def _agency(
    request: HttpRequest, found: Standing, *, template: str, whose: Agency | None, **more: Any
) -> HttpResponse:
    shown = _columns(request, found)
    about = {
        "agency": found,
        "columns": shown,
        "has": {column.code: column for column in shown},
        "guide": queries.guide(found.agency),
        "days": in_force(queries.today()).number("answer.period"),
        "reports": reports.published(whose, REPORTS),
        "documents": documents.newest(whose, DOCUMENTS),
        "shelves": lists.shelves(found.agency, alone=whose is not None),
        "below": queries.children(found.agency)[:CHILDREN],
    }
    return render(request, template, {**about, **more})


def _column(request: HttpRequest, found: Standing, code: str, **more: Any) -> HttpResponse:
    listed = _columns(request, found)
    shown = column(listed, code)
    about = {
        "agency": found,
        "columns": listed,
        "column": shown,
        "crumbs": _trail(request, found, shown.label),
        "feed": reverse(f"portal:{FEEDS[code]}", args=[found.key]) if code in FEEDS else "",
    }
    return render(request, f"portal/{more.pop('template', code)}.html", {**about, **more})


def _trail(request: HttpRequest, found: Standing, last: str) -> list[tuple[str, str]]:
    """The way from the first page: the agency, unless the site is its own, and the page itself."""
    root = site_of(request).agency
    trail = [] if root and root.key == found.key else [(found.name, reverse("portal:agency", args=[found.key]))]
    return [*trail, (last, "")] if last else [(label, "") for label, _ in trail]


def _source(cited: str) -> str:
    return written(cited, "zh") if cited else ""
