"""Asking the search: the index names what may fit, the records say what of it everybody sees at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.search.highlight import Piece, excerpts, marked
from gongkai.web.search.index import Index
from gongkai.web.search.source import Hit
from gongkai.web.search.sources import SOURCES, column_name, source_of
from gongkai.web.search.words import asked

MOST = 1_000
"""So many of the most fitting are looked at; whoever finds more is asked to say it more closely."""
MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What everybody sees of what was found, the most fitting first; `more` says that there was more than is looked at."""

    words: tuple[str, ...] = ()
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A hit as the page lists it."""

    title: list[Piece]
    address: str
    kind: str
    agency: str
    on: date | None
    excerpts: list[list[Piece]]
    validity: str = ""


def find(
    given: str, *, kind: str = "", agency: str = "", year: str = "", column: str = "", validity: str = ""
) -> Found:
    """Find what holds all words; `validity` is a word of VALIDITIES. Raises Unusable while there is no index."""
    words = asked(given)
    if not words:
        return Found()
    marks = [
        f"{name}:{value}"
        for name, value in (("kind", kind), ("agency", agency), ("year", year), ("column", column))
        if value
    ]
    ids = Index().find(words, marks, MOST + 1)
    visible = _visible(ids[:MOST])
    # What was changed since the index was written is judged by what it is now.
    hits = [
        hit for id in ids[:MOST] if (hit := visible.get(id)) is not None and _fits(hit, kind, agency, year, column)
    ]
    if validity:
        # It changes with the day and by what other documents do, so that no index knows it.
        stand = validities(hits)
        hits = [hit for hit in hits if stand.get(hit.id) == validity]
    return Found(words, hits, len(ids) > MOST)


def validities(hits: Sequence[Hit]) -> dict[str, str]:
    """The word for how what was found stands today, by the id of the hit, where it is or is not in force."""
    found: dict[str, str] = {}
    for source in SOURCES:
        own = [hit for hit in hits if hit.kind == source.code]
        found |= source.validities(own) if own else {}
    return found


def items(found: Found, hits: Sequence[Hit]) -> list[Item]:
    """The hits of a page with their titles and excerpts."""
    made, stand = [], validities(hits)
    for hit in hits:
        source = source_of(hit.id)
        if source is None:
            continue
        shown = source.shown(hit)
        # The title is said already.
        text = "\n".join(line for line in shown.text.splitlines() if line != shown.title)
        said = excerpts(text, found.words)
        made.append(
            Item(
                marked(shown.title, found.words),
                shown.address,
                source.label,
                shown.agency,
                shown.on,
                said,
                stand.get(hit.id, ""),
            )
        )
    return made


def agencies(found: Found) -> list[tuple[str, str]]:
    """The agencies of what was found, key and name of today, by how much each has."""
    counts: dict[int, int] = {}
    known: dict[int, Agency] = {}
    for hit in found.hits:
        if hit.agency is not None:
            counts[hit.agency.pk] = counts.get(hit.agency.pk, 0) + 1
            known[hit.agency.pk] = hit.agency
    ordered = sorted(counts, key=lambda pk: (-counts[pk], pk))[:MOST_CHOICES]
    today = timezone.localdate()
    return [(known[pk].key, standing(known[pk], today).name) for pk in ordered]


def years(found: Found) -> list[int]:
    """The years of what was found, the latest first."""
    return sorted({hit.year for hit in found.hits if hit.year is not None}, reverse=True)


def columns(found: Found) -> list[tuple[str, str]]:
    """The items of the law of what was found, id and name."""
    return [(column, column_name(column)) for column in sorted({hit.column for hit in found.hits if hit.column})]


def _visible(ids: list[str]) -> dict[str, Hit]:
    found: dict[str, Hit] = {}
    for source in SOURCES:
        keys = [id.partition(":")[2] for id in ids if id.partition(":")[0] == source.code]
        found |= {hit.id: hit for hit in source.hits(keys)} if keys else {}
    return found


def _fits(hit: Hit, kind: str, agency: str, year: str, column: str) -> bool:
    if column and hit.column != column:
        return False
    if kind and hit.kind != kind:
        return False
    if agency and (hit.agency is None or hit.agency.key != agency):
        return False
    return not year or str(hit.year) == year
