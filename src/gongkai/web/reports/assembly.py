"""A reading with what people said about it: corrections put upon the cells, everything checked, waivers applied."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, cast

from gongkai.errors import InvalidInput
from gongkai.report import model, waivers
from gongkai.report.check import check
from gongkai.report.form import Column
from gongkai.web.reports.frozen import freeze, thaw
from gongkai.web.reports.models import Correction, Reading, Report, Waiver

_COUNT, _AMOUNT = re.compile(r"-?\d{1,12}"), re.compile(r"-?\d{1,14}(\.\d{1,4})?")


def assemble(report: Report, reading: Reading) -> model.Report:
    """Return the report of a reading with all corrections, its findings, and those of them that are waived.

    Year and scope are those that a person has confirmed, as soon as one has; the agency's name stays as printed.
    """
    read = corrected(thaw(reading.frozen), report.corrections.order_by("pk"))
    if report.agency is not None or report.outside:
        read = replace(read, year=report.year, scope=cast(model.Scope, report.scope))
    found = replace(read, findings=check(read, previous(report)))
    given = report.waivers.filter(withdrawn_at__isnull=True)
    return replace(found, findings=waivers.apply(found.findings, [_waiver(one) for one in given]))


def values(assembled: model.Report) -> dict[str, Any]:
    """What the record keeps of an assembled report."""
    open_ones = [finding.severity for finding in assembled.findings if finding.waived is None]
    return {
        "assembled": freeze(assembled),
        "errors": open_ones.count("error"),
        "warnings": open_ones.count("warning"),
        "waived": len(assembled.findings) - len(open_ones),
    }


def corrected(read: model.Report, corrections: Iterable[Correction]) -> model.Report:
    """Put corrections upon a reading, the later over the earlier; those of cells that it does not have wait."""
    cells = dict(read.cells)
    for correction in corrections:
        old, column = cells.get(correction.cell), read.sheet.columns.get(correction.cell)
        if old is None or column is None:
            continue
        value = figure(correction.value, column)
        kind: model.Kind = "blank" if value is None else "number" if value else "zero"
        cells[correction.cell] = model.SheetCell(value, kind, correction.value, old.place)
    return replace(read, cells=cells)


def figure(given: str, column: Column) -> model.Value | None:
    """Read a figure as a person types it; None for nothing. Raises InvalidInput where the column takes no such figure."""
    written = "".join(unicodedata.normalize("NFKC", given).split()).replace(",", "")
    if not written:
        return None
    pattern = _COUNT if column.unit == "件" else _AMOUNT
    if not pattern.fullmatch(written) or (written.startswith("-") and not column.signed):
        raise InvalidInput("reports.not_a_figure", given=given.strip(), column=column.label, unit=column.unit)
    return int(written) if column.unit == "件" else Decimal(written)


def previous(report: Report) -> model.Report | None:
    """Last year's published report of the same agency and scope."""
    if report.agency is None or report.year is None:
        return None
    before = Report.objects.filter(
        agency=report.agency, year=report.year - 1, scope=report.scope, state="published"
    ).first()
    return thaw(before.assembled) if before else None


def _waiver(row: Waiver) -> waivers.Waiver:
    return waivers.Waiver(
        code=row.code,
        cells=tuple(row.cells),
        values=tuple(row.values),
        reason=row.reason,
        by=row.by,
        on=row.on,
        detail=row.detail,
    )
