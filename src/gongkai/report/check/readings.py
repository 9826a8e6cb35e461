"""How a figure of the prose may be read: which cells, added or taken off, it can stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from gongkai.messages import Listing, Phrase, phrase
from gongkai.report.form import Sheet
from gongkai.report.model import Report, Value


class Reading(NamedTuple):
    """One way to read a figure: the sum of `plus` less the sum of `minus`."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()


_NEW = "requests.new.total"
_BROUGHT = "requests.brought_forward.total"
_TOTAL = "requests.total.total"
_CARRIED = "requests.carried_forward.total"
_LITIGATION = ("remedies.litigation_direct", "remedies.litigation_after_reconsideration")
_GROUPS = ("refused", "unavailable", "not_processed", "other")
_KINDS = ("business", "research_org", "nonprofit_org", "legal_service_org", "other_org")


def readings(sheet: Sheet, what: str) -> tuple[Reading, ...]:
    """Return every accepted reading of a fact on this sheet, the plainest first; none where nothing can be compared."""
    return _readings(sheet).get(what, ())


def value_of(report: Report, reading: Reading) -> Value | None:
    """The value of a reading, a blank as 0; None where one of its cells is neither a figure nor blank."""
    total: Value = 0
    for cells, sign in ((reading.plus, 1), (reading.minus, -1)):
        for name in cells:
            cell = report.cells.get(name)
            if cell is None or (cell.value is None and cell.kind not in {"blank", "not_applicable"}):
                return None
            total += sign * (cell.value or 0)
    return total


def reading_words(report: Report, reading: Reading) -> Phrase:
    """A reading and its value for people: 「A」+「B」-「C」=4."""
    value, plus = value_of(report, reading), _joined(report.sheet, reading.plus, "plus")
    if not reading.minus:
        return phrase("finding.part.reading", plus=plus, value=value)
    return phrase(
        "finding.part.difference", plus=plus, minus=_joined(report.sheet, reading.minus, "minus"), value=value
    )


def _joined(sheet: Sheet, cells: tuple[str, ...], sign: str) -> Listing:
    names = (phrase("finding.part.cell", label=name) for name in _names(sheet, cells))
    return Listing(tuple(names), f"finding.part.{sign}")


def _names(sheet: Sheet, cells: tuple[str, ...]) -> list[str]:
    """Labels of cells; the organisations of one row and the rows of one group by their common name."""
    names: list[str] = []
    for cell in cells:
        row, _, column = cell.rpartition(".")
        name = sheet.label(cell)
        if column in _KINDS and f"{row}.{_KINDS[0]}" in cells:
            name = f"{sheet.rows[row].label}·{sheet.form('requests').requests_organisations}"
        elif cells[2:] and row in sheet.rows and (group := sheet.rows[row].group):
            name = f"{group}·{sheet.columns[cell].label}"
        if name not in names:
            names.append(name)
    return names


def single_cell_values(report: Report) -> dict[str, set[Value]]:
    """The values that the prose states for single cells, by cell."""
    said: dict[str, set[Value]] = {}
    for fact in report.facts:
        ways = readings(report.sheet, fact.what)
        if ways and len(ways[0].plus) == 1 and not ways[0].minus:
            said.setdefault(ways[0].plus[0], set()).add(fact.value)
    return said


@cache
def _readings(sheet: Sheet) -> dict[str, tuple[Reading, ...]]:
    table: dict[str, list[Reading]] = {}
    for what, ways in (*_requests(sheet), *_proactive(), *_remedies()):
        table[what] = [way for way in ways if all(cell in sheet.columns for cell in way.plus + way.minus)]
    return {what: tuple(ways) for what, ways in table.items() if ways}


def _rows(sheet: Sheet, group: str) -> tuple[str, ...]:
    """The total cells of a group of result rows."""
    return tuple(f"{row}.total" for row in sheet.rows if row.startswith(f"requests.{group}."))


def _requests(sheet: Sheet) -> Iterator[tuple[str, list[Reading]]]:
    yield "requests_new", [Reading((_NEW,)), Reading((_NEW, _BROUGHT))]
    yield "requests_total", [Reading((_NEW, _BROUGHT)), Reading((_TOTAL, _CARRIED))]
    yield "brought_forward", [Reading((_BROUGHT,))]
    yield "carried_forward", [Reading((_CARRIED,))]
    not_answered = [_rows(sheet, group) for group in ("not_processed", "other")]
    yield (
        "requests_answered",
        [
            Reading((_TOTAL,)),
            Reading((_NEW, _BROUGHT), (_CARRIED,)),
            Reading((_TOTAL,), (_BROUGHT,)),
            *(Reading((_TOTAL,), cells) for cells in (*not_answered, not_answered[0] + not_answered[1])),
        ],
    )
    granted, partly = "requests.granted.total", "requests.partly_granted.total"
    yield "granted", [Reading((granted,)), Reading((granted, partly))]
    yield "partly_granted", [Reading((partly,))]
    for group in _GROUPS:
        yield group, [Reading(_rows(sheet, group))]
    for row in sheet.rows:
        table, _, name = row.partition(".")
        if table == "requests" and name.partition(".")[0] in _GROUPS:
            yield name, [Reading((f"{row}.total",))]
    yield "not_supplemented", [Reading(("requests.other.not_supplemented.total",)), Reading(_rows(sheet, "other"))]
    yield "fee_unpaid", [Reading(("requests.other.fee_unpaid.total",)), Reading(_rows(sheet, "other"))]
    for kind in ("natural_person", *_KINDS):
        yield f"applicant.{kind}", _applicants((kind,))
    yield "applicant.organisation", _applicants(_KINDS)


def _applicants(kinds: Iterable[str]) -> list[Reading]:
    def cells(row: str) -> tuple[str, ...]:
        return tuple(f"requests.{row}.{kind}" for kind in kinds)

    return [Reading(cells("new")), Reading(cells("new") + cells("brought_forward")), Reading(cells("total"))]


def _proactive() -> Iterator[tuple[str, list[Reading]]]:
    for row in ("normative_documents", "administrative_rules"):
        form_2021 = {name: Reading((f"proactive.{row}.{name}",)) for name in ("issued", "repealed", "in_force")}
        made, disclosed, to_date = (
            Reading((f"proactive.{row}.{n}",)) for n in ("made", "disclosed", "disclosed_to_date")
        )
        yield f"{row}.issued", [form_2021["issued"], made]
        yield f"{row}.repealed", [form_2021["repealed"]]
        yield f"{row}.in_force", [form_2021["in_force"], to_date]
        yield f"{row}.disclosed", [disclosed, to_date, form_2021["issued"], form_2021["in_force"]]
        yield row, [form_2021["issued"], form_2021["in_force"], made, disclosed, to_date]
    for row in ("licences", "penalties", "compulsion"):
        yield row, [Reading((f"proactive.{row}.decisions",))]
    yield "charges", [Reading(("proactive.charges.amount",))]


def _remedies() -> Iterator[tuple[str, list[Reading]]]:
    outcomes = {
        "": "total",
        ".upheld": "upheld",
        ".overturned": "overturned",
        ".pending": "pending",
        ".other": "other",
    }
    for ending, column in outcomes.items():
        yield f"reconsiderations{ending}", [Reading((f"remedies.reconsideration.{column}",))]
        direct, after = (f"{group}.{column}" for group in _LITIGATION)
        yield f"litigations{ending}", [Reading((direct, after)), Reading((direct,)), Reading((after,))]
