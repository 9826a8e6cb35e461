"""The tree and one agency: what it is called, where it stands, what it keeps, who works there, what was done."""

from __future__ import annotations

from typing import TypeAlias

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError
from gongkai.law.refusals import sentence
from gongkai.messages import say
from gongkai.web.accounts.access import person, signed_in
from gongkai.web.agencies import finding, guides, history, policies, queries, remedies
from gongkai.web.agencies.models import Agency, Name, Site
from gongkai.web.agencies.views.acting import agency_at_hand, framed

_PAGE = 100
_OPENED_STARTS, _OPENED_BELOW = 3, 40
Branch: TypeAlias = "list[tuple[Name, bool, Branch]]"
"""Names, whether others stand below each, and those of them that are shown at once."""


@person
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The tree from where the person's view begins, or what a search finds in it."""
    user, today = signed_in(request), queries.today()
    words = request.GET.get("q", "").strip()
    seen = policies.visible(user, today)
    found = finding.search(words, today, seen, everywhere=policies.sees_all(user, today)) if words else []
    starts = list(queries.named(Agency.objects.filter(pk__in=policies.starts(user, today)), today))
    context = {
        "words": words,
        "found": found,
        "most": finding.FOUND_AT_MOST,
        "starts": _opened(starts, seen),
        "outside": queries.named(Agency.objects.filter(outside=True), today)[:_PAGE] if user.administrator else (),
    }
    return render(request, "agencies/tree.html", context)


@person
@require_safe
def below(request: HttpRequest, key: str) -> HttpResponse:
    """What stands right below an agency and the person may see; only the list where a page asks for it."""
    agency, today = agency_at_hand(request, key), queries.today()
    seen = policies.visible(signed_in(request), today)
    names = queries.children(agency, today).filter(agency__in=seen)
    page = Paginator(names, _PAGE).get_page(request.GET.get("page"))
    listed = list(page.object_list)
    context = {**framed(agency), "page": page, "branch": _branch(listed, today_has(listed))}
    part = request.headers.get("HX-Request") == "true"
    return render(request, "agencies/branch.html" if part else "agencies/below.html", context)


@person
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One agency: names and codes, places, remedies."""
    agency, today = agency_at_hand(request, key), queries.today()
    before, after = queries.succession(agency)
    context = {
        **framed(agency),
        "tab": "one",
        "names": agency.names.order_by("-since"),
        "places": agency.parents.select_related("parent").prefetch_related("parent__names").order_by("-since"),
        "origins": [(row, queries.standing(row.predecessor, row.since)) for row in before],
        "successors": [(row, queries.standing(row.successor, today)) for row in after],
        "way": queries.way_up(agency, today),
        "in_charge": queries.supervising_office(agency, today),
        **_remedies(agency),
    }
    context["places"] = [(edge, queries.standing(edge.parent, today)) for edge in context["places"]]
    return render(request, "agencies/one.html", context)


@person
@require_safe
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """An agency's guide data, local choices and fee account, with a warning where the guide is stale."""
    agency, today = agency_at_hand(request, key), queries.today()
    held = queries.guide(agency)
    context = {
        **framed(agency),
        "tab": "guide",
        "facts": _facts(held, "agency"),
        "held": held,
        "due": guides.review_due(held, today),
        "stale": guides.is_stale(held, today),
        "local": _facts(queries.local_choice(agency), "agency", "settings"),
        "account": _facts(queries.fee_account(agency), "agency"),
        "may_keep": policies.can(signed_in(request), "keep", agency, today),
    }
    return render(request, "agencies/guide.html", context)


@person
@require_safe
def site(request: HttpRequest, key: str) -> HttpResponse:
    """An agency's site: header, footer, columns."""
    agency, today = agency_at_hand(request, key), queries.today()
    held: Site = queries.site(agency)
    context = {
        **framed(agency),
        "tab": "site",
        "facts": _facts(held, "agency", "columns"),
        "columns": held.listed(),
        "may_keep": policies.can(signed_in(request), "keep", agency, today),
    }
    return render(request, "agencies/site.html", context)


@person
@require_safe
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Who holds which role in an agency, from when until when."""
    agency = agency_at_hand(request, key)
    members = agency.members.select_related("user", "covers__user").order_by("until", "role", "since")
    context = {**framed(agency), "tab": "people", "members": members, "today": queries.today()}
    return render(request, "agencies/people.html", context)


@person
@require_safe
def done(request: HttpRequest, key: str) -> HttpResponse:
    """What was done to an agency, from the audit."""
    agency = agency_at_hand(request, key)
    page = Paginator(history.entries(agency), _PAGE).get_page(request.GET.get("page"))
    context = {**framed(agency), "tab": "history", "page": page, "done": history.told(page.object_list)}
    return render(request, "agencies/history.html", context)


def today_has(names: object) -> set[int]:
    """Return which of some named agencies have others below them today."""
    listed = [name.agency_id for name in names]  # type: ignore[attr-defined]
    return queries.with_children(listed, queries.today())


def _branch(names: list[Name], has: set[int], inside: dict[int, Branch] | None = None) -> Branch:
    return [(name, name.agency_id in has, (inside or {}).get(name.agency_id, [])) for name in names]


def _opened(starts: list[Name], seen: QuerySet[Agency]) -> Branch:
    """The beginnings of a person's view, opened where little stands below; what is seen inside one is not said again."""
    inside: dict[int, Branch] = {}
    for start in starts[:_OPENED_STARTS]:
        below = list(queries.children(start.agency, queries.today()).filter(agency__in=seen)[: _OPENED_BELOW + 1])
        if len(below) <= _OPENED_BELOW:
            inside[start.agency_id] = _branch(below, today_has(below))
    shown = {name.agency_id for branch in inside.values() for name, _, _ in branch}
    left = [start for start in starts if start.agency_id not in shown]
    return _branch(left, today_has(left), inside)


def _remedies(agency: Agency) -> dict[str, object]:
    """Who reviews the agency's acts and which court hears suits, or what is missing to know it."""
    today = queries.today()
    found: dict[str, object] = {}
    try:
        found["reviewers"] = remedies.authority(agency, today)
        found["court_said"] = say(remedies.court(agency, today).said(), "zh")
    except GongkaiError as error:
        found["remedies_wrong"] = sentence(error, "zh")
    return found


def _facts(record: object, *without: str) -> list[tuple[str, object]]:
    """The fields of a record that people read, with their labels."""
    left_out = {"id", "key", "version", "created_at", *without}
    fields = record._meta.concrete_fields  # type: ignore[attr-defined]
    return [(field.verbose_name, getattr(record, field.attname)) for field in fields if field.name not in left_out]
