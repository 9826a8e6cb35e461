"""Documents with the official tables, built cell by cell, for tests of recognition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gongkai.documents import Block, Cell, Document, Paragraph, Table
from gongkai.report.form import Form, load

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


def document(*blocks: Block | str, format: str = "docx") -> Document:
    """A document of blocks; a string is a paragraph, lines get their numbers."""
    made = [Paragraph(block, line=n) if isinstance(block, str) else block for n, block in enumerate(blocks, 1)]
    return Document(format, "0" * 64, 1, tuple(made))


def lines(text: str) -> Document:
    """A document of the lines of a text, blank ones left out."""
    found = [Paragraph(line.strip(), line=n) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    return Document("text", "0" * 64, 1, tuple(found))


def report(*tables: Table, title: str = "样例县青石镇人民政府2023年政府信息公开工作年度报告") -> Document:
    """A whole report around its tables: proactive, requests, remedies."""
    blocks: list[Block | str] = [title, HEADINGS[0], "2023年，我镇认真贯彻《中华人民共和国政府信息公开条例》。"]
    for heading, table in zip(HEADINGS[1:4], tables, strict=False):
        blocks += [heading, table]
    blocks += [HEADINGS[4], "一是培训不够。", HEADINGS[5], "本年度未收取信息处理费。"]
    return document(*blocks)


def proactive_grid(values: Mapping[str, str], form: str = "2021", index: int = 1) -> Table:
    """The table of proactive disclosure; `values` is cell id to printed text, 0 where not given."""
    rows: list[list[tuple[str, int]]] = []
    item = None
    for row in load(form).proactive:
        if row.item != item:
            item = row.item
            rows.append([(item or "", 4)])
            rows.append([("信息内容", 1), *_spread([column.label for column in row.columns])])
        printed = [values.get(f"proactive.{row.id}.{column.id}", "0") for column in row.columns]
        rows.append([(row.label, 1), *_spread(printed)])
    cells: list[Cell] = []
    for n, row_cells in enumerate(rows, 1):
        column = 1
        for text, span in row_cells:
            cells.append(Cell(text, n, column, 1, span))
            column += span
    return Table(index, tuple(cells), len(rows), 4)


def _spread(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Three columns' width shared by one, two or three cells."""
    return [(text, 3 if len(texts) == 1 else 2 if len(texts) == 2 and n == 1 else 1) for n, text in enumerate(texts)]


def request_rows(values: Mapping[str, str], form: Form) -> list[tuple[list[str], list[str]]]:
    """Each row of the requests table: its label cells (results, group, label) and its seven printed figures."""
    rows = []
    for row in form.requests:
        printed = [values.get(f"requests.{row.id}.{column.id}", "0") for column in row.columns]
        labels = [row.label]
        if row.group:
            labels = [form.requests_results, row.group, row.label]
        elif row.label.startswith("（"):
            labels = [form.requests_results, row.label]
        rows.append((labels, printed))
    return rows


def requests_grid(values: Mapping[str, str], form: str = "2021", index: int = 2) -> Table:
    """The table of requests, 10 columns, label cells merged as on the official sheet."""
    the_form = load(form)
    cells = [
        Cell(the_form.requests_rule, 1, 1, 3, 3),
        Cell("申请人情况", 1, 4, 1, 7),
        Cell("自然人", 2, 4, 2, 1),
        Cell("法人或其他组织", 2, 5, 1, 5),
        Cell("总计", 2, 10, 2, 1),
        *(Cell(column.label, 3, 5 + n) for n, column in enumerate(the_form.request_columns[1:6])),
    ]
    seen: set[str] = set()
    for n, (labels, printed) in enumerate(request_rows(values, the_form), 4):
        for at, label in enumerate(labels[:-1]):
            if label not in seen:
                seen.add(label)
                cells.append(
                    Cell(label, n, at + 1, sum(label in other for other, _ in request_rows(values, the_form)))
                )
        first = len(labels)
        cells.append(Cell(labels[-1], n, first, 1, 4 - first))
        cells.extend(Cell(text, n, 4 + at) for at, text in enumerate(printed))
    return Table(index, tuple(cells), 3 + len(the_form.requests), 10)


def remedies_grid(printed: Sequence[str] = ("0",) * 15, index: int = 3) -> Table:
    """The table of reconsideration and litigation, three rows of headings and one of figures."""
    form = load("2021")
    labels = [column.label for column in form.remedy_columns]
    cells = [
        Cell("行政复议", 1, 1, 1, 5),
        Cell("行政诉讼", 1, 6, 1, 10),
        *(Cell(label, 2, n, 2) for n, label in enumerate(labels, 1)),
        Cell("未经复议直接起诉", 2, 6, 1, 5),
        Cell("复议后起诉", 2, 11, 1, 5),
        *(Cell(label, 3, n) for n, label in enumerate(labels * 2, 6)),
        *(Cell(text, 4, n) for n, text in enumerate(printed, 1)),
    ]
    return Table(index, tuple(cells), 4, 15)
