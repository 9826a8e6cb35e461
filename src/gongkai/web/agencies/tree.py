"""Walking the tree in one query each way, on both engines: below, above, and whether an edge would close a ring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from gongkai.web.agencies.models.words import EDGES, codes

DEEPEST = 24
"""How many edges a walk goes at most; a chain of agencies has fewer than ten."""
BELONGING = ("region", "led_by")
"""The kinds of edge that make the ordinary subtree: what belongs to a government, and what a department has set up."""
ALL = tuple(codes(EDGES))
_ENDS = {"down": ("child_id", "parent_id"), "up": ("parent_id", "child_id")}
_WALK = """
WITH RECURSIVE walk(id, depth) AS (
    SELECT CAST(%s AS bigint), 0
    UNION
    SELECT edge.{to}, walk.depth + 1 FROM agencies_edge edge JOIN walk ON edge.{start} = walk.id
    WHERE edge.kind IN ({kinds}) AND edge.since <= %s AND (edge.until IS NULL OR edge.until > %s) AND walk.depth < {deepest}
)
SELECT {columns} FROM walk {rest}
"""
_RING = """
WITH RECURSIVE walk(id) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT edge.parent_id FROM agencies_edge edge JOIN walk ON edge.child_id = walk.id
    WHERE edge.until IS NULL OR edge.until > %s
)
SELECT 1 FROM walk WHERE id = %s
"""


def below(agency: int, on: date, kinds: Sequence[str] = BELONGING) -> RawSQL:
    """Return the ids of an agency and all below it as of a date, for `pk__in`; the kinds of edge followed are named."""
    return _ids("down", agency, on, kinds)


def above(agency: int, on: date, kinds: Sequence[str] = BELONGING) -> RawSQL:
    """Return the ids of an agency and all above it as of a date, for `pk__in`."""
    return _ids("up", agency, on, kinds)


def depths(agency: int, on: date, kinds: Sequence[str] = BELONGING, *, up: bool = True) -> dict[int, int]:
    """Return all above (or below) an agency by id, with the fewest edges between; itself at 0."""
    walk, given = _walk("up" if up else "down", agency, on, kinds, "id, MIN(depth)", "GROUP BY id ORDER BY 2, 1")
    with connection.cursor() as cursor:
        cursor.execute(walk, given)
        return {int(found): int(depth) for found, depth in cursor.fetchall()}


def closes_ring(child: int, parent: int, since: date) -> bool:
    """Whether an edge from a day on would put an agency above itself, on that day or by edges that begin later."""
    with connection.cursor() as cursor:
        cursor.execute(_RING, [parent, since, child])
        return cursor.fetchone() is not None


def _ids(way: str, agency: int, on: date, kinds: Sequence[str]) -> RawSQL:
    walk, given = _walk(way, agency, on, kinds, "id")
    # Only the constants of this module are put into the text; what comes from outside is passed beside it.
    return RawSQL(walk, given, output_field=BigIntegerField())  # noqa: S611  # nosec B611 - values stand beside the text


def _walk(
    way: str, agency: int, on: date, kinds: Sequence[str], columns: str, rest: str = ""
) -> tuple[str, list[Any]]:
    to, start = _ENDS[way]
    marks = ", ".join(["%s"] * len(kinds))
    walk = _WALK.format(to=to, start=start, kinds=marks, deepest=DEEPEST, columns=columns, rest=rest)
    return walk, [agency, *kinds, on, on]
