"""Agencies for everybody: a list to leaf through, and one with its names by date, its place in the tree and its guide."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import Query, Router

from gongkai.web.agencies import finding, guides, kept_names, queries
from gongkai.web.agencies.models import KINDS, LEVELS, Succession
from gongkai.web.agencies.models import Agency as Held
from gongkai.web.agencies.models.words import codes
from gongkai.web.api import doors, shapes
from gongkai.web.api.answers import answer, day
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Day, Key, Limit, Words

router = Router(tags=["agencies"])
if TYPE_CHECKING:
    Level: TypeAlias = str
    Kind: TypeAlias = str
else:
    Level, Kind = Literal[("", *codes(LEVELS))], Literal[("", *codes(KINDS))]
_KEPT = 3600
_GUIDE = ("classification", "arrangement", "ways", "office_name", "address", "hours", "telephone", "fax", "email")


@doors.public(router, "/agencies", shapes.Agencies)
def agencies(
    request: HttpRequest,
    q: Annotated[Words, Query("")],
    level: Annotated[Level, Query("")],
    kind: Annotated[Kind, Query("")],
    parent: Annotated[Key, Query("")],
    on: Annotated[Day | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The agencies that use the platform."""
    when = on or queries.today()
    above = existing(parent) if parent else None
    found = finding.listed(when, words=q, level=level, kind=kind, parent=above)
    turned = page(found, Turn(after, before, limit), total=lambda: _total(found, when, q, level, kind, parent))
    items = [row(queries.standing(agency, when)) for agency in turned.records]
    return answer(request, {**turned.around(request), "items": items})


@doors.public(router, "/agencies/{slug:key}", shapes.Agency)
def agency(request: HttpRequest, key: str, on: Annotated[Day | None, Query(None)]) -> HttpResponseBase:
    """One agency, also one that has ended."""
    held, when = existing(key), on or queries.today()
    before, after = queries.succession(held)
    office = queries.supervising_office(held, when)
    found = {
        **row(queries.standing(held, when)),
        "on": day(when),
        "names": [_name(name) for name in held.names.order_by("since")],
        "way_up": [named(above) for above in queries.way_up(held, when)],
        "parents": [
            {**named(above), "edge": edge.kind, "since": day(edge.since)}
            for edge, above in queries.parents(held, when)
        ],
        "supervising_office": named(office) if office else None,
        "took_over_from": [_succession(one, one.predecessor) for one in before],
        "succeeded_by": [_succession(one, one.successor) for one in after],
        "guide": _guide(held, when),
        "columns": [{"code": column.code, "label": column.label} for column in queries.site(held).shown()],
    }
    return answer(request, found)


def _total(found: QuerySet[Held], when: date, *asked: str) -> int:
    """How many there are, counted once for what is asked until the tree changes."""
    given = repr((kept_names.stamp(when), asked))
    known = cache.get_or_set(f"api.agencies:{sha256(given.encode()).hexdigest()}", found.order_by().count, _KEPT)
    return int(known or 0)


def existing(key: str) -> Held:
    """Return the agency with a key, of those that use the platform. Raises Http404."""
    found = Held.objects.filter(key=key, outside=False).first()
    if found is None or not found.names.exists():
        raise Http404
    return found


def named(found: queries.Standing) -> dict[str, Any]:
    """An agency by its key and its name."""
    return {"key": found.key, "name": found.name}


def row(found: queries.Standing) -> dict[str, Any]:
    """An agency as it stands in a list."""
    return {
        **named(found),
        "short": found.short,
        "kind": found.agency.kind,
        "level": found.agency.level,
        "line": found.agency.line,
        "region_code": found.region_code,
        "unified_code": found.unified_code,
        "since": day(found.since),
        "until": day(found.until),
        "dissolved": day(found.agency.dissolved),
    }


def _name(name: Any) -> dict[str, Any]:
    kept = {field: getattr(name, field) for field in ("name", "short", "region_code", "unified_code")}
    return {**kept, "since": day(name.since), "until": day(name.until)}


def _succession(one: Succession, other: Held) -> dict[str, Any]:
    return {**named(queries.standing(other, one.since)), "way": one.way, "since": day(one.since)}


def _guide(held: Held, when: date) -> dict[str, Any] | None:
    """What the public's page of the guide shows; None while nothing of it was written."""
    guide = queries.guide(held)
    said = {field: getattr(guide, field) for field in (*_GUIDE, "internet")}
    if not any(said.values()):
        return None
    due = guides.review_due(guide, when)
    more = {"updated_on": day(guide.updated_on), "review_due": day(due.due) if due else None}
    return {**said, **more, "stale": guides.is_stale(guide, when)}
