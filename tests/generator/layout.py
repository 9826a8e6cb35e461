"""The three tables as offices lay them out: the official merged cells, with the small differences met."""

from __future__ import annotations

from random import Random

from gongkai.report.form import Row, load
from tests.generator.made import Grid, Made, Slot


def grids(made: Made, rng: Random) -> dict[str, Grid]:
    """The tables of a report by name, figures as printed."""
    return {"proactive": _proactive(made, rng), "requests": _requests(made, rng), "remedies": _remedies(made)}


def _grid(name: str, slots: list[Slot]) -> Grid:
    slots = sorted(slots, key=lambda slot: (slot.row, slot.column))
    return Grid(
        name, tuple(slots), max(s.row + s.rows - 1 for s in slots), max(s.column + s.columns - 1 for s in slots)
    )


def _proactive(made: Made, rng: Random) -> Grid:
    form = load(made.forms[0])
    slots: list[Slot] = []
    row, item = 0, None
    decimals = made.forms[0] == "2021" and rng.random() < 0.15
    for line in form.proactive:
        width = 3 // len(line.columns)
        spans = [
            (2 + n * width, width if n < len(line.columns) - 1 else 3 - n * width) for n in range(len(line.columns))
        ]
        if line.item != item:
            item = line.item
            slots.append(Slot(str(item), row + 1, 1, 1, 4))
            slots.append(Slot("信息内容", row + 2, 1))
            for column, (at, span) in zip(line.columns, spans, strict=True):
                label = column.label
                if decimals and column.unit == "万元":
                    label = "本年收费金额（单位：万元，保留4位小数）"
                slots.append(Slot(label, row + 2, at, 1, span))
            row += 2
        row += 1
        slots.append(Slot(line.label, row, 1))
        for column, (at, span) in zip(line.columns, spans, strict=True):
            cell = f"proactive.{line.id}.{column.id}"
            slots.append(Slot(made.printed[cell].raw, row, at, 1, span, cell))
    return _grid("proactive", slots)


def _requests(made: Made, rng: Random) -> Grid:
    form = load(made.forms[1])
    columns = form.request_columns
    slots = [
        Slot(form.requests_rule, 1, 1, 3, 3),
        Slot("申请人情况", 1, 4, 1, 7),
        Slot("自然人", 2, 4, 2),
        Slot("法人或其他组织", 2, 5, 1, 5),
        Slot("总计", 2, 10, 2),
        *(Slot(column.label, 3, 5 + n) for n, column in enumerate(columns[1:-1])),
    ]
    short = rng.random() < 0.2
    first = next(n for n, line in enumerate(form.requests) if line.result)
    slots.append(Slot(form.requests_results, 4 + first, 1, len(form.requests) - first - 1, vertical=True))
    group = None
    for n, line in enumerate(form.requests):
        row = 4 + n
        if line.id in {"new", "brought_forward", "carried_forward"}:
            slots.append(Slot(line.label, row, 1, 1, 3))
        elif line.group is None:
            slots.append(Slot(_wording(line, short), row, 2, 1, 2))
        else:
            if line.group != group:
                group = line.group
                slots.append(Slot(group, row, 2, sum(other.group == group for other in form.requests), vertical=True))
            slots.append(Slot(line.label, row, 3))
        for m, column in enumerate(columns):
            cell = f"requests.{line.id}.{column.id}"
            slots.append(Slot(made.printed[cell].raw, row, 4 + m, id=cell))
    return _grid("requests", slots)


def _wording(line: Row, short: bool) -> str:
    return "（二）部分公开" if short and line.id == "partly_granted" else line.label


def _remedies(made: Made) -> Grid:
    form = load(made.forms[2])
    slots = [Slot("行政复议", 1, 1, 1, 5), Slot("行政诉讼", 1, 6, 1, 10)]
    for n, group in enumerate(form.remedy_groups):
        if group.above:
            slots.append(Slot(group.label, 2, 1 + 5 * n, 1, 5))
        for m, column in enumerate(form.remedy_columns):
            cell = f"remedies.{group.id}.{column.id}"
            slots.append(Slot(column.label, 3 if group.above else 2, 1 + 5 * n + m, 1 if group.above else 2))
            slots.append(Slot(made.printed[cell].raw, 4, 1 + 5 * n + m, id=cell))
    return _grid("remedies", slots)
