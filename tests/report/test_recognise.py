"""Recognition: from a neutral document to the cells of the sheet, placed by grid, by order, or not at all."""

from __future__ import annotations

import re

import pytest

from gongkai.documents import Cell, Document, Table
from gongkai.report.form import load, sheet
from gongkai.report.model import Report
from gongkai.report.recognise import recognise
from tests.report.sheets import HEADINGS, lines, proactive_grid, remedies_grid, report, request_rows, requests_grid

SOME = {
    "proactive.licences.decisions": "35",
    "proactive.charges.amount": "12.11",
    "requests.new.natural_person": "3",
    "requests.new.total": "3",
    "requests.granted.natural_person": "2",
    "requests.granted.total": "2",
    "requests.refused.deliberative.natural_person": "1",
    "requests.refused.deliberative.total": "1",
    "requests.total.natural_person": "3",
    "requests.total.total": "3",
}


def printed(read: Report) -> dict[str, str]:
    """The figures that are not zero, as printed."""
    return {cell: found.raw for cell, found in read.cells.items() if found.value}


def kinds(read: Report, prefix: str) -> list[str]:
    return [found.kind for cell, found in read.cells.items() if cell.startswith(prefix)]


@pytest.mark.parametrize(
    ("proactive", "requests"), [("2021", "2021"), ("2021", "2019"), ("2019", "2019"), ("2019", "2021")]
)
def test_every_form_and_mixture_is_read_as_what_it_is(proactive: str, requests: str) -> None:
    """Forms come from the headings of each table, so a mixed sheet has the cells of both."""
    read = recognise(report(proactive_grid({}, proactive), requests_grid({}, requests), remedies_grid()))
    assert read.form_by_table == {"proactive": proactive, "requests": requests, "remedies": proactive}
    assert tuple(read.cells) == sheet(proactive, requests, proactive).cells
    assert {found.kind for found in read.cells.values()} == {"zero"}


def test_figures_stand_in_their_cells_with_place_and_unit() -> None:
    """A cell of the grid carries its value, what is printed, and table, row and column."""
    read = recognise(report(proactive_grid(SOME), requests_grid(SOME), remedies_grid()))
    assert printed(read) == SOME
    place = read.cells["requests.granted.natural_person"].place
    assert place is not None
    assert (place.table, place.row, place.column) == (2, 6, 4)
    assert str(read.cells["proactive.charges.amount"].value) == "12.11"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("0", "zero", 0), ("０", "zero", 0), ("零", "zero", 0), ("无", "zero", 0), ("", "blank", None),
        ("-", "not_applicable", None), ("—", "not_applicable", None), ("/", "not_applicable", None),
        ("1,234", "number", 1234), ("22（其中修订16件）", "number", 22), ("3件", "number", 3), ("-2", "number", -2),
        ("详见附件", "text", None), ("约3", "text", None),
    ],
)  # fmt: skip
def test_what_a_cell_prints_is_told_apart(text: str, kind: str, value: int | None) -> None:
    """Blank, zero, not applicable and text are different things."""
    read = recognise(
        report(proactive_grid({"proactive.normative_documents.issued": text}), requests_grid({}), remedies_grid())
    )
    cell = read.cells["proactive.normative_documents.issued"]
    assert (cell.kind, cell.value, cell.raw) == (kind, value, text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [("251000元", "25.1", "元"), ("12.11万元", "12.11", None), ("0.5", "0.5", None), ("1.2亿元", "12000", "亿元")],
)
def test_money_is_given_in_ten_thousand_yuan(text: str, value: str, unit: str | None) -> None:
    """The value is in the column's unit; a unit that differs is kept."""
    read = recognise(report(proactive_grid({"proactive.charges.amount": text}), requests_grid({}), remedies_grid()))
    cell = read.cells["proactive.charges.amount"]
    assert (str(cell.value), cell.unit) == (value, unit)


def test_blanks_of_a_grid_stay_blank() -> None:
    """A sheet that leaves its zeros blank is read as blank, not as zero."""
    values = dict.fromkeys(sheet("2021", "2021", "2021").cells, "") | SOME
    read = recognise(report(proactive_grid(values), requests_grid(values), remedies_grid([""] * 15)))
    assert printed(read) == SOME
    assert sum(found.kind == "blank" for found in read.cells.values()) == 200 - len(SOME)


def test_a_table_in_two_parts_is_one() -> None:
    """A table that a page break cut into two, the second without headings, is read whole."""
    whole = requests_grid(SOME)
    first = Table(2, tuple(cell for cell in whole.cells if cell.row <= 14), 14, 10)
    second = Table(3, tuple(cell._replace(row=cell.row - 14) for cell in whole.cells if cell.row > 14), 14, 10)
    base = report(proactive_grid(SOME), first, remedies_grid(index=4))
    blocks = list(base.blocks)
    blocks.insert(blocks.index(first) + 1, second)
    read = recognise(Document("docx", "0", 1, tuple(blocks)))
    assert printed(read) == SOME
    assert "absent" not in {found.kind for found in read.cells.values()}


def test_labels_with_lost_characters_are_still_known() -> None:
    """A label that lost a character keeps its row by likeness and order."""
    whole = requests_grid(SOME)
    cut = tuple(
        cell._replace(text=cell.text[:2] + cell.text[3:])
        if len(cell.text) > 5 and not cell.text[0].isdigit()
        else cell
        for cell in whole.cells
    )
    read = recognise(report(proactive_grid(SOME), Table(2, cut, whole.rows, 10), remedies_grid()))
    assert printed(read) == SOME


def lost(values: dict[str, str], row: str, column: int = 10) -> Table:
    """The requests table with one row shifted under the headings and the figure of one column lost."""
    grid = requests_grid(values)
    at = 4 + [r.id for r in load("2021").requests].index(row)
    cells: list[Cell] = []
    for cell in grid.cells:
        if cell.row == at and cell.column >= 4:
            if cell.column != column:
                cells.append(cell._replace(column=cell.column + 3 if cell.column < column else cell.column + 2))
        else:
            cells.append(cell)
    return Table(2, tuple(cells), grid.rows, 13)


def test_a_lost_zero_is_inferred_where_every_completion_agrees() -> None:
    """Six zeros for seven columns: whichever is missing, the row's sum gives the same seven values."""
    read = recognise(report(proactive_grid({}), lost({}, "granted"), remedies_grid()))
    assert kinds(read, "requests.granted.") == ["inferred"] * 7
    assert "total.row:requests.granted" in read.identities_used


TWO_GRANTED = {"requests.granted.business": "2", "requests.granted.total": "2"}


def test_a_lost_figure_that_could_stand_in_two_places_is_unreadable() -> None:
    """Figures without a position are not guessed, and the place of the row is given."""
    read = recognise(report(proactive_grid({}), lost(TWO_GRANTED, "granted", 4), remedies_grid()))
    cells = [read.cells[f"requests.granted.{column.id}"] for column in load("2021").request_columns]
    assert [cell.kind for cell in cells[:2]] == ["unreadable"] * 2
    assert all(cell.place is not None for cell in cells)


def test_the_columns_decide_where_a_row_alone_cannot() -> None:
    """The same row is inferred when only one of its completions keeps the identities of all columns."""
    values = TWO_GRANTED | {
        f"requests.{row}.{column}": "2" for row in ("new", "total") for column in ("business", "total")
    }
    read = recognise(report(proactive_grid({}), lost(values, "granted", 4), remedies_grid()))
    assert kinds(read, "requests.granted.") == ["inferred"] * 7
    assert read.value("requests.granted.business") == 2
    assert "total.column:requests.business" in read.identities_used


def test_tables_that_are_not_there_are_absent() -> None:
    """A report without tables has every cell, all absent."""
    read = recognise(lines("样例县青石镇2023年政府信息公开工作年度报告\n一、总体情况\n2023年，我镇做了工作。"))
    assert {found.kind for found in read.cells.values()} == {"absent"}
    assert len(read.cells) == 200


def rows_as_lines(values: dict[str, str]) -> str:
    rows = [f"{''.join(labels[-1:])} {' '.join(figures)}" for labels, figures in request_rows(values, load("2021"))]
    return "\n".join(rows)


def whole_text(requests: str) -> Document:
    return lines(
        f"样例县青石镇2023年政府信息公开工作年度报告\n{HEADINGS[0]}\n2023 年，我镇公开信息 12 条。\n{HEADINGS[1]}\n"
        "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规 章 0 0 0\n行政规范性文件 1 0 4\n"
        "第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 35\n第二十条第（六）项\n信息内容 本年处理决定数量\n行政处罚 2\n行政强制 0\n"
        "第二十条第（八）项\n信息内容 本年收费金额（单位：万元，保留4位小数）\n行政事业性收费 12.11\n"
        f"{HEADINGS[2]}\n{requests}\n{HEADINGS[3]}\n行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结 总计\n"
        f"未经复议直接起诉 复议后起诉\n1 0 0 0 1 0 0 0 0 0 0 0 0 0 0\n{HEADINGS[4]}\n问题是有的。\n{HEADINGS[5]}\n无。"
    )


WITH_FIGURES = SOME | {
    "proactive.normative_documents.issued": "1",
    "proactive.normative_documents.in_force": "4",
    "proactive.penalties.decisions": "2",
    "remedies.reconsideration.upheld": "1",
    "remedies.reconsideration.total": "1",
}


def test_one_row_a_line_is_read_by_the_order_of_labels() -> None:
    """Lines of text have no columns; seven figures after a label are the row."""
    assert printed(recognise(whole_text(rows_as_lines(SOME)))) == WITH_FIGURES


def test_one_cell_a_line_is_read_by_the_order_of_labels() -> None:
    """Every label and every figure on a line of its own."""
    assert printed(recognise(whole_text(rows_as_lines(SOME).replace(" ", "\n")))) == WITH_FIGURES


def test_page_numbers_and_repeated_headings_inside_a_table_are_no_figures() -> None:
    """A page ends within the table: its number and the headings of the next page stand between two rows."""
    text = rows_as_lines(SOME).split("\n")
    text[9:9] = [
        "— 3 —",
        "申请人情况",
        "自然人 法人或其他组织 总计",
        "商业企业 科研机构 社会公益组织 法律服务机构 其他",
    ]
    text[4:4] = ["2"]
    assert printed(recognise(whole_text("\n".join(text)))) == WITH_FIGURES


def test_labels_broken_over_lines_keep_their_figures() -> None:
    """Figures stand after the first part of a label and the rest follows on the next line."""
    text = re.sub(r"(\S{6})(\S+) (.*)", r"\1 \3\n\2", rows_as_lines(SOME))
    assert printed(recognise(whole_text(text))) == WITH_FIGURES


def test_vertical_labels_between_the_rows_do_no_harm() -> None:
    """A merged label runs down the page one character a line, between the rows."""
    text = rows_as_lines(SOME).split("\n")
    for at, character in zip(range(2, 40, 3), "三、本年度办理结果", strict=False):
        text.insert(at, character)
    assert printed(recognise(whole_text("\n".join(text)))) == WITH_FIGURES


def test_words_in_place_of_a_figure_are_not_completed_away() -> None:
    """Six figures and a word are no row of seven: nothing may be inferred over the word."""
    text = rows_as_lines(SOME).replace("1.属于国家秘密 0 0", "1.属于国家秘密 不详 0")
    read = recognise(whole_text(text))
    assert set(kinds(read, "requests.refused.state_secret.")) <= {"unreadable", "text", "zero"}
    assert read.cells["requests.refused.state_secret.natural_person"].value is None
