"""The report as a whole: its title, agency, year and sections, and which form it is on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from gongkai.messages import Listing
from gongkai.report.check.rules import found
from gongkai.report.form import Sheet, form_ids, load
from gongkai.report.model import Finding, Report

_TOWNSHIP = re.compile("(?:镇|乡|街道)(?:人民政府|政府|办事处|党政.{0,6}|街道办)?$")
_COMBINED = "requests.other.combined.total"


def check_shape(report: Report) -> Iterator[Finding]:
    """Yield what is missing, doubled or of the wrong form."""
    if report.title is None:
        yield found(report, "title.missing", {})
    if report.agency is None:
        yield found(report, "agency.unclear", {"path": report.path})
    if report.year is None:
        yield found(report, "year.unclear", {"path": report.path})
    yield from _sections(report)
    yield from _form(report)
    yield from _level(report)


def _sections(report: Report) -> Iterator[Finding]:
    if not report.headings:
        yield found(report, "section.missing", {}, variant="all")
        return
    counted = Counter([heading.number for heading in report.headings])
    for section in load(report.main_form).sections:
        number, label = section.number, section.label
        if not counted[number]:
            yield found(report, "section.missing", {"number": number, "label": label}, values=(number,))
        elif counted[number] > 1:
            # A numbered part （二） inside a section may bear a section's name.
            met = [h for h in report.headings if h.number == number and not h.printed.startswith(("（", "("))]
            if len(met) > 1:
                facts: dict[str, object] = {"number": number, "label": label, "count": len(met)}
                yield found(
                    report, "section.repeated", facts, values=(number, len(met)), places=[h.place for h in met]
                )


def _form(report: Report) -> Iterator[Finding]:
    by_table = {table: form for table, form in report.form_by_table.items() if form}
    if _lacks_combined(report, report.form) or len(set(by_table.values())) > 1:
        facts: dict[str, object] = {
            "form": by_table.get("proactive"),
            "forms": Listing(tuple(sorted(set(by_table.values())))),
        }
        variant = "combined" if _lacks_combined(report, by_table.get("proactive")) else ""
        yield found(report, "form.mixed", facts, variant=variant)
    # The proactive table tells the forms apart; the request tables differ by one row, the remedies not at all.
    used = by_table.get("proactive")
    expected = _expected_form(report.year)
    if used and expected and used != expected:
        yield found(
            report,
            "form.year",
            {"year": report.year, "used": load(used).instrument, "expected": load(expected).instrument},
            values=(report.year, load(used).first_year),
            table="proactive",
        )


def _lacks_combined(report: Report, form: str | None) -> bool:
    """Whether the report has 其他处理 as one row, where `form` has several."""
    return form is not None and _COMBINED in report.cells and _COMBINED not in load(form).cell_ids("requests")


def _expected_form(year: int | None) -> str | None:
    known = [form for form in form_ids() if year and load(form).first_year <= year]
    return max(known, key=lambda form: load(form).first_year, default=None)


def _level(report: Report) -> Iterator[Finding]:
    if not report.agency or not _TOWNSHIP.search(report.agency):
        return
    positive = [cell for cell in _cells_of_rules(report.sheet) if (report.value(cell) or 0) > 0]
    if positive:
        figures = Listing(tuple(f"{report.sheet.columns[cell].label} {report.value(cell)}" for cell in positive))
        yield found(report, "level.rules", {"agency": report.agency, "figures": figures}, cells=positive)


@cache
def _cells_of_rules(sheet: Sheet) -> tuple[str, ...]:
    """The cells that count administrative rules (规章)."""
    return tuple(cell for cell in sheet.cells if cell.startswith("proactive.administrative_rules."))
