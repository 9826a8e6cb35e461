"""Annual reports and their cells as data, for everybody and for the office alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongkai.report.model import SheetCell
from gongkai.report.write.json import place_object
from gongkai.web.agencies import queries as agencies
from gongkai.web.api.answers import instant
from gongkai.web.reports import queries
from gongkai.web.reports.models import Report


def row(record: Report) -> dict[str, Any]:
    """A report as it stands in a list."""
    return {
        "key": record.key,
        "version": record.version,
        "title": queries.title(record),
        "agency": whose(record),
        "printed_agency": record.printed_agency,
        "year": record.year,
        "scope": record.scope,
        "edition": record.edition,
        "state": record.state,
        "published_at": instant(record.published_at),
        "errors": record.errors,
        "warnings": record.warnings,
        "waived": record.waived,
    }


def whose(record: Report) -> dict[str, Any] | None:
    """The agency that a person has confirmed, as it was called at the end of the year."""
    if record.agency is None:
        return None
    on = date(record.year, 12, 31) if record.year else agencies.today()
    found = agencies.standing(record.agency, on)
    return {"key": found.key, "name": found.name}


def cell_rows(cells: Mapping[str, SheetCell], names: Iterable[str]) -> list[dict[str, Any]]:
    """Cells as rows, in the order of the names; those that a sheet does not have are left out."""
    return [_cell(name, cells[name]) for name in names if name in cells]


def _cell(name: str, cell: SheetCell) -> dict[str, Any]:
    place = place_object(cell.place) if cell.place else None
    return {"id": name, "value": cell.value, "kind": cell.kind, "raw": cell.raw, "place": place}
