"""The cells themselves: figures no count can have, cells that hold none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.rules import found
from gongkai.report.model import Finding, Report

_PLAIN = {"number", "zero"}


def check_cells(report: Report) -> Iterator[Finding]:
    """Yield count.*, cell.unreadable (one a row), cell.text, cell.unit and, once for all, cell.inferred."""
    cells = report.cells
    if not cells:
        return
    values, all_kinds, _, _, units = zip(*cells.values(), strict=True)
    kinds: set[str] = set(all_kinds)
    if set(map(type, values)) != {int} or min(values) < 0:
        yield from _counts(report)
    if "number" in kinds and any(units):
        yield from _units(report)
    if kinds <= _PLAIN:
        return
    if "unreadable" in kinds:
        yield from _unreadable(report)
    if "text" in kinds:
        for name, cell in cells.items():
            if cell.kind == "text":
                yield found(report, "cell.text", {"label": _label(report, name), "raw": cell.raw}, cells=[name])
    if "inferred" in kinds:
        inferred = [name for name, cell in cells.items() if cell.kind == "inferred"]
        rows = {name.rpartition(".")[0] for name in inferred}
        yield found(report, "cell.inferred", {"rows": len(rows), "count": len(inferred)}, cells=inferred)


def _counts(report: Report) -> Iterator[Finding]:
    columns = report.sheet.columns
    for name, cell in report.cells.items():
        value = cell.value
        if value is None or (type(value) is int and value >= 0):
            continue
        column = columns.get(name)
        if column is None:
            continue
        wrong = []
        if value < 0 and not column.signed:
            wrong.append("count.negative")
        if column.unit == "件" and isinstance(value, Decimal) and value != int(value):
            wrong.append("count.fraction")
        for code in wrong:
            yield found(report, code, {"label": _label(report, name), "value": value}, cells=[name])


def _units(report: Report) -> Iterator[Finding]:
    for name, cell in report.cells.items():
        column = report.sheet.columns.get(name)
        if cell.unit and column:
            facts: dict[str, object] = {
                "label": _label(report, name),
                "raw": cell.raw,
                "value": cell.value,
                "printed": cell.unit,
                "unit": column.unit,
            }
            yield found(report, "cell.unit", facts, cells=[name])


def _unreadable(report: Report) -> Iterator[Finding]:
    rows: dict[str, list[str]] = {}
    for name, cell in report.cells.items():
        if cell.kind == "unreadable":
            rows.setdefault(name.rpartition(".")[0], []).append(name)
    for names in rows.values():
        raw = " ".join(dict.fromkeys(report.cells[name].raw for name in names if report.cells[name].raw))
        label = _label(report, names[0])
        yield found(
            report,
            "cell.unreadable",
            {"label": label.partition("·")[0] if len(names) > 1 else label, "count": len(names), "raw": raw},
            cells=names,
        )


def _label(report: Report, cell: str) -> str:
    return report.sheet.label(cell) if cell in report.sheet.columns else cell
