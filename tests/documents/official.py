"""The three official tables as neutral tables, merged as the notices print them; builders of files draw from these."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.documents.model import Cell, Table
from gongkai.report.form import load


class _Sketch:
    """Cells put down by position; a table in reading order at the end."""

    def __init__(self) -> None:
        self.cells: list[Cell] = []

    def put(self, text: str, row: int, column: int, rows: int = 1, columns: int = 1) -> None:
        self.cells.append(Cell(text, row, column, rows, columns))

    def table(self, index: int) -> Table:
        cells = tuple(sorted(self.cells, key=lambda cell: (cell.row, cell.column)))
        return Table(
            index,
            cells,
            rows=max(cell.row + cell.row_span - 1 for cell in cells),
            columns=max(cell.column + cell.column_span - 1 for cell in cells),
        )


def official_tables(values: Mapping[str, object] | None = None, form: str = "2021") -> tuple[Table, Table, Table]:
    """The proactive, requests and remedies tables of a form, every figure 0 unless `values` (cell id to figure) says."""
    values = values or {}
    known = {cell for table in ("proactive", "requests", "remedies") for cell in load(form).cell_ids(table)}  # type: ignore[arg-type]
    assert set(values) <= known, sorted(set(values) - known)
    return _proactive(values, form), _requests(values, form), _remedies(values, form)


def _proactive(values: Mapping[str, object], form: str) -> Table:
    sketch, row, item = _Sketch(), 0, None
    width = 1 + max(len(line.columns) for line in load(form).proactive)
    for line in load(form).proactive:
        shares = _shares(width - 1, len(line.columns))
        if line.item != item:
            item = line.item
            sketch.put(str(item), row + 1, 1, columns=width)
            sketch.put("信息内容", row + 2, 1)
            for column, (start, span) in zip(line.columns, shares, strict=True):
                sketch.put(column.label, row + 2, 2 + start, columns=span)
            row += 2
        row += 1
        sketch.put(line.label, row, 1)
        for column, (start, span) in zip(line.columns, shares, strict=True):
            figure = values.get(f"proactive.{line.id}.{column.id}", 0)
            sketch.put(str(figure), row, 2 + start, columns=span)
    return sketch.table(1)


def _shares(width: int, parts: int) -> list[tuple[int, int]]:
    """Part `width` columns among `parts` cells: offset and span of each, the last takes what is left."""
    each = width // parts
    return [(n * each, each if n < parts - 1 else width - n * each) for n in range(parts)]


def _requests(values: Mapping[str, object], form: str) -> Table:
    sketch, the_form = _Sketch(), load(form)
    columns = the_form.request_columns
    sketch.put(the_form.requests_rule, 1, 1, rows=3, columns=3)
    sketch.put("申请人情况", 1, 4, columns=7)
    sketch.put(columns[0].label, 2, 4, rows=2)
    sketch.put("法人或其他组织", 2, 5, columns=5)
    sketch.put(columns[-1].label, 2, 10, rows=2)
    for n, column in enumerate(columns[1:-1]):
        sketch.put(column.label, 3, 5 + n)
    first = next(n for n, line in enumerate(the_form.requests) if line.result)
    sketch.put(the_form.requests_results, 4 + first, 1, rows=len(the_form.requests) - first - 1)
    group = None
    for n, line in enumerate(the_form.requests):
        row = 4 + n
        if line.id in {"new", "brought_forward", "carried_forward"}:
            sketch.put(line.label, row, 1, columns=3)
        elif line.group is None:
            sketch.put(line.label, row, 2, columns=2)
        else:
            if line.group != group:
                group = line.group
                sketch.put(group, row, 2, rows=sum(other.group == group for other in the_form.requests))
            sketch.put(line.label, row, 3)
        for m, column in enumerate(columns):
            sketch.put(str(values.get(f"requests.{line.id}.{column.id}", 0)), row, 4 + m)
    return sketch.table(2)


def _remedies(values: Mapping[str, object], form: str) -> Table:
    sketch, the_form = _Sketch(), load(form)
    sketch.put("行政复议", 1, 1, columns=5)
    sketch.put("行政诉讼", 1, 6, columns=10)
    for n, group in enumerate(the_form.remedy_groups):
        if group.above:
            sketch.put(group.label, 2, 1 + 5 * n, columns=5)
        for m, column in enumerate(the_form.remedy_columns):
            at = 1 + 5 * n + m
            sketch.put(column.label, 3 if group.above else 2, at, rows=1 if group.above else 2)
            sketch.put(str(values.get(f"remedies.{group.id}.{column.id}", 0)), 4, at)
    return sketch.table(3)
