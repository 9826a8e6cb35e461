"""Rows of the sheet as what they say of an agency, with what is wrong in each; and the tree as such rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.messages import Listing
from gongkai.web.agencies.exchange.columns import BY_CODE, SEVERAL_JOINT, SINCE, YES
from gongkai.web.agencies.exchange.sheet import Cells, Row
from gongkai.web.agencies.models import Agency, Edge, Name
from gongkai.web.agencies.models.words import EDGES, KINDS, LEVELS, LINES, SEVERAL, codes
from gongkai.web.agencies.naming import Naming

Wrong = Callable[[str, GongkaiError], None]
_PARTS = re.compile("[;；]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row, and in which column where it is one."""

    row: int
    error: GongkaiError
    column: str = ""


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place in the tree as a row gives it: the kind of edge, the number of the other row, the first day."""

    kind: str
    ref: str
    since: date


@dataclass(frozen=True, slots=True)
class Line:
    """What a row says of an agency."""

    row: int
    ref: str
    naming: Naming
    kind: str
    level: str
    line: str
    outside: bool
    supervises: bool
    since: date
    places: tuple[GivenPlace, ...]


def parsed(row: Row) -> tuple[Line | None, list[Problem]]:
    """Return what a row says, or nothing, with every problem in its cells."""
    problems: list[Problem] = []
    cells = row.cells

    def word(code: str) -> str:
        column = BY_CODE[code]
        by_word = {said: value for value, said in column.choices}
        if cells[code] not in by_word and (cells[code] or column.needed):
            known = Listing(tuple(said for said in by_word if said))
            wrong(code, InvalidInput("agencies.import.word", column=column.head, given=cells[code], known=known))
        return by_word.get(cells[code], "")

    def wrong(code: str, error: GongkaiError) -> None:
        problems.append(Problem(row.number, error, BY_CODE[code].head))

    naming = Naming(cells["name"], cells["short"], cells["region_code"], cells["unified_code"])
    try:
        naming = naming.checked()
    except GongkaiError as error:
        wrong("name" if error.code == "agencies.name" else _code_column(error), error)
    since = _day(cells, "named_since", wrong)
    if not cells["ref"]:
        wrong("ref", InvalidInput("agencies.import.no_ref"))
    places = tuple(place for kind in codes(EDGES) for place in _places(cells, kind, wrong))
    line = Line(
        row.number, cells["ref"], naming, word("kind"), word("level"), word("line"),
        bool(word("outside")), bool(word("supervises")), since or date.min, places,
    )  # fmt: skip
    return (None if problems else line), problems


def exported() -> Iterator[Cells]:
    """Yield the tree as it stands now, an agency a row, those that have ended left out."""
    open_names = Prefetch("names", Name.objects.filter(until__isnull=True), to_attr="now")
    open_edges = Prefetch(
        "parents",
        Edge.objects.filter(until__isnull=True).select_related("parent").order_by("since", "pk"),
        to_attr="up",
    )
    agencies = Agency.objects.filter(dissolved__isnull=True).prefetch_related(open_names, open_edges)
    for agency in agencies.order_by("key"):
        yield _cells(agency)


def _cells(agency: Agency) -> Cells:
    name: Name = agency.now[0]  # type: ignore[attr-defined]
    edges: list[Edge] = agency.up  # type: ignore[attr-defined]
    cells = {
        "ref": agency.key,
        "name": name.name,
        "short": name.short,
        "kind": dict(KINDS)[agency.kind],
        "level": dict(LEVELS)[agency.level],
        "region_code": name.region_code,
        "unified_code": name.unified_code,
        "line": dict(LINES).get(agency.line, ""),
        "outside": YES if agency.outside else "",
        "supervises": YES if agency.supervises else "",
        "named_since": name.since.isoformat(),
    }
    for kind in codes(EDGES):
        mine = sorted((edge.since.isoformat(), edge.parent.key) for edge in edges if edge.kind == kind)
        cells[kind] = SEVERAL_JOINT.join(key for _, key in mine)
        cells[f"{kind}{SINCE}"] = SEVERAL_JOINT.join(since for since, _ in mine)
    return cells


def _places(cells: Cells, kind: str, wrong: Wrong) -> Iterator[GivenPlace]:
    """The places of one kind: as many days as numbers."""
    refs = [part.strip() for part in _PARTS.split(cells[kind]) if part.strip()]
    days = [part.strip() for part in _PARTS.split(cells[f"{kind}{SINCE}"]) if part.strip()]
    if len(refs) > 1 and kind != SEVERAL:
        wrong(kind, InvalidInput("agencies.import.one_only", column=BY_CODE[kind].head))
        return
    for at, ref in enumerate(refs):
        since = _day({f"{kind}{SINCE}": days[at] if at < len(days) else ""}, f"{kind}{SINCE}", wrong)
        if since is not None:
            yield GivenPlace(kind, ref, since)


def _day(cells: Cells, code: str, wrong: Wrong) -> date | None:
    given, head = cells[code], BY_CODE[code].head
    try:
        return date.fromisoformat(given)
    except ValueError:
        if given:
            wrong(code, InvalidInput("agencies.import.day", column=head, given=given))
        else:
            wrong(code, InvalidInput("agencies.import.no_day", column=head))
        return None


def _code_column(error: GongkaiError) -> str:
    return "region_code" if error.code.startswith("law.region") else "unified_code"
