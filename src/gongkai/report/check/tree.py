"""An area's report against the reports that it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.report.check.rules import found
from gongkai.report.model import Finding, Report, Value


def check_tree(report: Report, children: Sequence[Report]) -> Iterator[Finding]:
    """Yield tree.sum for every cell of an area report that is not the sum of `children`.

    `children` are all the reports that it adds up, the office's own included. An office's own report is no sum and is
    not judged; nor is a cell that is not a figure, or that a child holds as text, unreadable or not at all.
    """
    if report.scope != "area" or not children:
        return
    for cell in report.sheet.cells:
        printed = report.value(cell)
        total = _sum(cell, children)
        if printed is not None and total is not None and printed != total:
            facts: dict[str, object] = {
                "label": report.sheet.label(cell),
                "printed": printed,
                "sum": total,
                "difference": abs(printed - total),
                "count": len(children),
            }
            yield found(report, "tree.sum", facts, cells=[cell], values=(printed, total))


def _sum(cell: str, children: Sequence[Report]) -> Value | None:
    total: Value = 0
    for child in children:
        held = child.cells.get(cell)
        if held is None or (held.value is None and held.kind not in {"blank", "not_applicable"}):
            return None
        total += held.value or 0
    return total
