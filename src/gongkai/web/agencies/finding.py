"""Finding agencies by what somebody types: a part of the name, the beginning of a code, or exactly one of them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower, StrIndex
from django.db.models.lookups import GreaterThan

from gongkai.law.numbers.spelling import folded
from gongkai.web.agencies import kept_names, queries, tree
from gongkai.web.agencies.models import Agency, Edge, Name
from gongkai.web.agencies.queries import Standing

FOUND_AT_MOST = 50
_LOOKED_AT = 100
_NAMED_AT_MOST = 500


def search(
    words: str, on: date, within: QuerySet[Agency] | None = None, *, everywhere: bool = False
) -> list[Standing]:
    """Return at most `FOUND_AT_MOST` agencies whose name holds the words, or whose code begins with them, as of a date.

    `everywhere` says that `within` is nearly the whole tree and that the date is today: then the words are looked for in the
    names that the process keeps, and only of what has them it is asked what may be shown.
    """
    text = words.strip()
    if not text:
        return []
    if everywhere:
        return _found_everywhere(text, on, within)
    fits = [Q(name__icontains=text) | Q(short__icontains=text), *_coded(words)]
    found = Name.objects.filter(queries.held(on), reduce(or_, fits))
    if within is not None:
        found = found.filter(agency__in=within)
    ordered = found.select_related("agency").order_by("name", "agency_id")
    return [queries.standing_as(name.agency, name) for name in ordered[:FOUND_AT_MOST]]


def _found_everywhere(text: str, on: date, within: QuerySet[Agency] | None) -> list[Standing]:
    """Look in what the process keeps; what is found there is asked whether it may be shown."""
    fitting = kept_names.fitting(text, _code(text), on, queries.held(on))
    found: list[Name] = []
    while len(found) < FOUND_AT_MOST and (some := list(islice(fitting, _LOOKED_AT))):
        # Asked for by their ids alone, and put into their order here: with an order, or another table, in the question the
        # planner goes through all names.
        rows = Name.objects.order_by().select_related("agency").in_bulk(some)
        if within is not None:
            shown = set(within.filter(pk__in=[row.agency_id for row in rows.values()]).values_list("pk", flat=True))
            rows = {pk: row for pk, row in rows.items() if row.agency_id in shown}
        found += [rows[pk] for pk in some if pk in rows]
    return [queries.standing_as(name.agency, name) for name in found[:FOUND_AT_MOST]]


def called(words: str, on: date) -> list[Standing]:
    """Return the agencies that exactly this names on a date: a key, a unified code, or a full name."""
    exact = Q(agency__key=words) | Q(name=words) | (Q(unified_code=folded(words)) if folded(words) else Q(pk=None))
    return [
        queries.standing_as(name.agency, name)
        for name in Name.objects.filter(queries.held(on), exact).select_related("agency")
    ]


def listed(
    on: date, *, words: str = "", level: str = "", kind: str = "", parent: Agency | None = None
) -> QuerySet[Agency]:
    """Return the agencies that use the platform on a date, with their names at hand; what is empty does not narrow.

    `words` are in the name of that date, or its codes begin with them; `parent` is the one that they stand right below.
    """
    fits = queries.held(on, "names__")
    if words.strip():
        fits &= _called(words.strip(), on)
    found = Agency.objects.filter(fits, outside=False)
    if level:
        found = found.filter(level=level)
    if kind:
        found = found.filter(kind=kind)
    if parent is not None:
        edges = Edge.objects.filter(queries.held(on), parent=parent, kind__in=tree.BELONGING)
        # Asked first: a planner that does not know how few they are goes through all agencies in their order.
        found = found.filter(pk__in=list(edges.values_list("child", flat=True)))
    return found.prefetch_related("names")


def _called(words: str, on: date) -> Q:
    """What fits agencies with these words in their name or at the beginning of a code.

    It says so by the names that have them, unless these are many: then some of them are soon met in any order. Where the words
    begin is asked, not whether they are like a pattern: by a long pattern a planner thinks that few fit, and reads all.
    """
    if on == queries.today():
        some = list(islice(kept_names.fitting(words, _code(words), on, queries.held(on)), _NAMED_AT_MOST + 1))
        if len(some) <= _NAMED_AT_MOST:
            return Q(names__in=some)
        inside = _holds("names__name", words) | _holds("names__short", words)
    else:
        inside = Q(names__name__icontains=words) | Q(names__short__icontains=words)
    return reduce(or_, _coded(words, "names__"), inside)


def _holds(field: str, words: str) -> Q:
    return Q(GreaterThan(StrIndex(Lower(field), Lower(Value(words))), 0))


def _code(words: str) -> str:
    """The words as a code would be written, empty where they can be none."""
    code = folded(words)
    return code if code.isascii() and code.isalnum() else ""


def _coded(words: str, prefix: str = "") -> list[Q]:
    """That one of the codes begins so, each for itself."""
    code = _code(words)
    return [Q(**{f"{prefix}{field}__startswith": code}) for field in ("region_code", "unified_code")] if code else []
