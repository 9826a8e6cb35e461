"""Whole reports as pages and texts for tests of unusual layouts: the three tables as rows of cells with spans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from gongkai.documents import Source, read
from gongkai.report.form import load
from gongkai.report.model import Report, Value
from gongkai.report.recognise import recognise
from tests.report.sheets import HEADINGS

Rows = list[list[tuple[str, int, int]]]
"""Rows of cells as HTML writes them: text, row span, column span."""

TITLE = "样例县青石镇人民政府2023年政府信息公开工作年度报告"
_FORM = load("2021")
_COLUMNS = [column.id for column in _FORM.request_columns]
RESULTS = [label.label for label in _FORM.remedy_columns]

FIGURES: dict[str, str] = {
    "proactive.normative_documents.issued": "3",
    "proactive.normative_documents.repealed": "1",
    "proactive.normative_documents.in_force": "17",
    "proactive.licences.decisions": "412",
    "proactive.penalties.decisions": "58",
    "proactive.compulsion.decisions": "6",
    "proactive.charges.amount": "12.11",
}
REQUESTS: dict[str, tuple[int, ...]] = {
    "new": (21, 5, 0, 2, 1, 3),
    "brought_forward": (2, 1, 0, 0, 0, 0),
    "granted": (8, 2, 0, 1, 0, 1),
    "partly_granted": (3, 1, 0, 0, 0, 0),
    "refused.third_party_rights": (1, 0, 0, 0, 0, 0),
    "refused.deliberative": (2, 0, 0, 1, 0, 0),
    "refused.enforcement_case_file": (0, 1, 0, 0, 0, 0),
    "refused.statutory_lookup": (1, 0, 0, 0, 0, 1),
    "unavailable.not_held": (4, 0, 0, 0, 1, 0),
    "unavailable.needs_creation": (0, 1, 0, 0, 0, 0),
    "unavailable.still_unclear": (1, 0, 0, 0, 0, 0),
    "not_processed.petition_or_complaint": (2, 0, 0, 0, 0, 0),
    "other.miscellaneous": (0, 0, 0, 0, 0, 1),
    "total": (22, 5, 0, 2, 1, 3),
    "carried_forward": (1, 1, 0, 0, 0, 0),
}
REMEDIES = (1, 0, 1, 0, 2, 2, 1, 0, 1, 4, 0, 0, 0, 3, 3)
ROW_IDS = [row.id for row in _FORM.requests]


def figures(row: str, requests: Mapping[str, tuple[int, ...]] = REQUESTS) -> list[str]:
    """The seven printed figures of a row of requests."""
    values = requests.get(row, (0,) * 6)
    return [str(value) for value in (*values, sum(values))]


def printed() -> dict[str, Value]:
    """Every cell of the sheet as the pages print it."""
    values: dict[str, Value] = {}
    for cell in _FORM.cell_ids("proactive"):
        text = FIGURES.get(cell, "0")
        values[cell] = Decimal(text) if "." in text else int(text)
    for row in ROW_IDS:
        values |= {f"requests.{row}.{c}": int(v) for c, v in zip(_COLUMNS, figures(row), strict=True)}
    return values | dict(zip(_FORM.cell_ids("remedies"), REMEDIES, strict=True))


def proactive_rows(numbers: Mapping[str, str] = FIGURES) -> Rows:
    """The table of proactive disclosure."""
    rows: Rows = []
    item = None
    for row in _FORM.proactive:
        wide = 3 if len(row.columns) == 1 else 1
        if row.item != item:
            item = row.item
            rows.append([(item or "", 1, 4)])
            rows.append([("信息内容", 1, 1), *((column.label, 1, wide) for column in row.columns)])
        cells = (numbers.get(f"proactive.{row.id}.{column.id}", "0") for column in row.columns)
        rows.append([(row.label, 1, 1), *((cell, 1, wide) for cell in cells)])
    return rows


def request_rows(requests: Mapping[str, tuple[int, ...]] = REQUESTS) -> Rows:
    """The table of requests: three rows of headings, then the rows of the form with merged labels on the left."""
    kinds = [column.label for column in _FORM.request_columns]
    rows: Rows = [
        [(_FORM.requests_rule, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(kind, 1, 1) for kind in kinds[1:6]],
    ]
    seen: set[str] = set()
    inner = [row for row in _FORM.requests if row.label.startswith("（") or row.group]
    for row in _FORM.requests:
        cells: list[tuple[str, int, int]] = []
        if row in inner and not seen:
            cells.append((_FORM.requests_results, len(inner), 1))
            seen.add("results")
        if row.group and row.group not in seen:
            seen.add(row.group)
            cells.append((row.group, sum(other.group == row.group for other in inner), 1))
        cells.append((row.label, 1, 1 if row.group else 2 if row in inner else 3))
        rows.append(cells + [(text, 1, 1) for text in figures(row.id, requests)])
    return rows


def remedy_rows(values: Sequence[int] = REMEDIES) -> Rows:
    """The table of reconsideration and litigation."""
    return [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((label, 2, 1) for label in RESULTS), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(label, 1, 1) for label in RESULTS * 2],
        [(str(value), 1, 1) for value in values],
    ]


def expanded(rows: Rows) -> Rows:
    """The same table without spans: a merged cell's text in its first place, the others empty."""
    grid: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for text, down, across in row:
            while (at, column) in grid:
                column += 1
            grid |= {(at + n, column + m): "" for n in range(down) for m in range(across)}
            grid[at, column] = text
            column += across
    width = max(column for _, column in grid) + 1
    return [[(grid.get((at, column), ""), 1, 1) for column in range(width)] for at in range(len(rows))]


def plain_rows(requests: Mapping[str, tuple[int, ...]] = REQUESTS) -> Rows:
    """The table of requests with one row of headings and one label a row."""
    heads = [("项目", 1, 1), *((column.label, 1, 1) for column in _FORM.request_columns)]
    return [heads] + [
        [(row.label, 1, 1), *((text, 1, 1) for text in figures(row.id, requests))] for row in _FORM.requests
    ]


def table(rows: Rows, cell: Callable[[str], str] = str) -> str:
    """The table in HTML; `cell` writes what stands in a cell."""
    written = ""
    for row in rows:
        cells = (f'<td rowspan="{down}" colspan="{across}">{cell(text)}</td>' for text, down, across in row)
        written += f"<tr>{''.join(cells)}</tr>"
    return f"<table>{written}</table>"


def tabbed(rows: Rows) -> str:
    """The table in lines with tabs."""
    return "\n".join("\t".join(text for text, _, _ in row) for row in expanded(rows))


def page(proactive: str = "", requests: str = "", remedies: str = "", end: str = "") -> Report:
    """Read a web page of the report; a table that is not given is printed as the form has it."""
    tables = (
        proactive or table(proactive_rows()),
        requests or table(request_rows()),
        remedies or table(remedy_rows()),
    )
    return _report("<html><meta charset='utf-8'><body>{}</body></html>", tables, "<p>{}</p>", end, "page.html")


def lines(proactive: str = "", requests: str = "", remedies: str = "", end: str = "") -> Report:
    """Read a text of the report."""
    tables = (
        proactive or tabbed(proactive_rows()),
        requests or tabbed(request_rows()),
        remedies or tabbed(remedy_rows()),
    )
    return _report("{}", tables, "{}\n", end, "report.txt")


def _report(frame: str, tables: Sequence[str], paragraph: str, end: str, name: str) -> Report:
    parts = [paragraph.format(text) for text in (TITLE, HEADINGS[0], "2023年，我镇认真贯彻条例。")]
    for heading, given in zip(HEADINGS[1:4], tables, strict=True):
        parts += [paragraph.format(heading), given + "\n"]
    parts += [paragraph.format(text) for text in (HEADINGS[4], "培训不够。", HEADINGS[5], "无。")]
    return recognise(read(Source(frame.format("".join(parts) + end).encode(), name)), path=name)
