"""From the rows that the tables of a report print to the cells of the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from gongkai.report.form import TABLES, TableName, form_ids, load, sheet
from gongkai.report.model import SheetCell
from gongkai.report.recognise.entries import Entries
from gongkai.report.recognise.labels import proactive_wordings, request_wordings
from gongkai.report.recognise.placing import ABSENT, Placement


class Placed(NamedTuple):
    """The sheet as its tables print it.

    `form` is the form of the sheet as a whole, `forms` that of each table, None for one that is not there. `cells` are
    all cells of the sheet in its order; `used` are the identities that placed a figure.
    """

    form: str
    forms: Mapping[str, str | None]
    cells: dict[str, SheetCell]
    used: frozenset[str] = frozenset()
    doubts: tuple[str, ...] = ()


def place(entries: Entries, year: int | None) -> Placed:
    """Place the entries of a report of `year` in the sheet; what the file lacks is `absent`."""
    main, forms = _forms(entries, year)
    placement = Placement(year)
    placement.place_proactive(entries.proactive, load(forms["proactive"]), entries.wording["proactive"])
    placement.place_requests(entries.requests, load(forms["requests"]), entries.wording["requests"])
    remedies = load(forms["remedies"])
    placement.place_remedies(entries.remedies, remedies, entries.wording["remedies"], headed=entries.has("remedies"))
    order = sheet(forms["proactive"], forms["requests"], forms["remedies"]).cells
    return Placed(
        form=main,
        forms={table: forms[table] if entries.has(table) else None for table in TABLES},
        cells={cell: placement.cells.get(cell, ABSENT) for cell in order},
        used=frozenset(placement.used),
        doubts=tuple(placement.doubts),
    )


def _forms(entries: Entries, year: int | None) -> tuple[str, dict[TableName, str]]:
    """The form of the sheet as a whole, and the one that each table follows by its headings."""
    proactive = _by_words("".join(entries.wording["proactive"]), proactive_wordings())
    requests = _by_words("".join(entries.wording["requests"]), request_wordings())
    newest = form_ids()[-1]
    by_year = next((f for f in reversed(form_ids()) if year is not None and load(f).first_year <= year), newest)
    main = proactive or (requests if requests else None) or by_year
    return main, {"proactive": proactive or main, "requests": requests or main, "remedies": main}


def _by_words(text: str, wordings: dict[str, tuple[str, ...]]) -> str | None:
    """The form of whose own words the text holds the most; of none where it holds none."""
    hits = {form_id: sum(word in text for word in words) for form_id, words in wordings.items()}
    best = max(hits, key=lambda form_id: (hits[form_id], form_id))
    return best if hits[best] else None
