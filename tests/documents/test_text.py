"""Text files: tables of tabs, of pipes, of one cell a line; lines that the layout broke; Markdown; line numbers."""

from __future__ import annotations

import pytest

from gongkai.documents import Document, Limits, Paragraph, Source, Table, read
from gongkai.errors import UnreadableDocument
from tests.documents.official import official_tables


def document(text: str | bytes, **limits: int) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read(Source(data, "report.txt"), Limits(**limits))  # type: ignore[arg-type]


def rows(table: Table) -> list[list[str]]:
    found: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        assert cell.column == len(found[cell.row - 1]) + 1
        found[cell.row - 1].append(cell.text)
    return found


def outline(text: str) -> list[object]:
    return [rows(block) if isinstance(block, Table) else block.text for block in document(text).blocks]


def exported(table: Table) -> str:
    """A table as Word saves it as text: a cell a line after a tab, a blank line after each row."""
    lines: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        lines[cell.row - 1].append(f"\t{cell.text}\n")
    return "".join("".join(cells) + "\n" for cells in lines)


def test_every_line_is_a_paragraph_with_its_number() -> None:
    assert document("\n一、总体情况\r\n\r\n全年公开12条。\r第三\n").paragraphs == (
        Paragraph("一、总体情况", line=2),
        Paragraph("全年公开12条。", line=4),
        Paragraph("第三", line=5),
    )


def test_cleaned_lines_keep_their_original() -> None:
    assert document("⼀、总体　情况").paragraphs == (Paragraph("一、总体 情况", "⼀、总体　情况", line=1),)


def test_tabs_make_a_table_with_empty_cells_at_their_places() -> None:
    text = "二、主动公开\n第二十条\t\t\n信息内容\t制发\t有效\n\n规章\t０\t\n\t\t3\n三、收到"
    assert outline(text) == [
        "二、主动公开",
        [["第二十条", "", ""], ["信息内容", "制发", "有效"], ["规章", "0", ""], ["", "", "3"]],
        "三、收到",
    ]
    table = document(text).tables[0]
    assert [cell.line for cell in table.cells if cell.column == 1] == [2, 3, 5, 6]
    assert (table.line, table.rows, table.columns) == (2, 4, 3)


def test_a_line_without_tabs_between_two_rows_is_a_row_of_one_cell() -> None:
    assert outline("信息内容\t制发\n规章\t0\n第二十条第（五）项\n信息内容\t处理\n行政许可\t1") == [
        [["信息内容", "制发"], ["规章", "0"], ["第二十条第（五）项"], ["信息内容", "处理"], ["行政许可", "1"]]
    ]
    assert outline("规章\t0\n许可\t1\n三、收到申请情况\n新收\t0\n结转\t0")[1] == "三、收到申请情况"


def test_a_header_row_that_begins_with_an_empty_corner_stays_with_its_table() -> None:
    assert outline("\t申请人\n\t自然人\t企业\n新收\t1\t2") == [
        [["", "申请人"], ["", "自然人", "企业"], ["新收", "1", "2"]]
    ]


def test_prose_indented_by_tabs_is_no_table() -> None:
    lines = ["一、总体情况", "2021年，本镇公开信息12条。", "二、主动公开", "规章 0 0 0", "许可 1"]
    assert outline("\n".join("\t" + line for line in lines)) == lines
    assert outline("\n\n".join("\t" + line for line in lines)) == lines


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_words_export_of_the_official_tables_comes_back(form: str) -> None:
    tables = official_tables({"requests.new.natural_person": 7} if form == "2021" else {}, form)
    headings = ["二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、行政复议、行政诉讼情况"]
    text = (
        "一、总体情况\n"
        + "".join(f"{h}\n{exported(t)}\n\n" for h, t in zip(headings, tables, strict=True))
        + "五、问题\n"
    )
    found = document(text)
    assert [paragraph.text for paragraph in found.paragraphs] == ["一、总体情况", *headings, "五、问题"]
    checked = 0
    for table, made in zip(found.tables, tables, strict=True):
        assert [text for row in rows(table) for text in row] == [cell.text for cell in made.cells]
        assert table.rows == made.rows
        checked += len(made.cells)
    assert checked > 270


def test_cells_of_words_export_go_on_over_lines_and_over_one_blank_line() -> None:
    text = "\t商业\n企业\n\t科研\n机构\n\n\t（三）不予\n\n公开\n\t1.秘密\n\t0\n\n\t\n\t0\n\n\n五、问题\n"
    assert outline(text) == [[["商业企业", "科研机构"], ["（三）不予公开", "1.秘密", "0"], ["", "0"]], "五、问题"]


def test_words_export_ends_at_a_heading_even_without_a_gap() -> None:
    text = "\t规章\n\t0\n\n\t许可\n\t1\n三、收到申请\n\t新收\n\t0\n\n\t结转\n\t0\n"
    assert outline(text) == [[["规章", "0"], ["许可", "1"]], "三、收到申请", [["新收", "0"], ["结转", "0"]]]


@pytest.mark.parametrize(
    "text",
    [
        "| 规章 | 0 | |\n|---|:-:|--:|\n| 许可 | 1 | 2 |",
        "|规章|0| |\n|许可|1|2|",
        "规章 | 0 |  |\n许可 | 1 | 2 |",
        "｜规章｜0｜　｜\n｜许可｜1｜2｜",
        "+----+---+---+\n| 规章 | 0 |   |\n+----+---+---+\n| 许可 | 1 | 2 |\n+----+---+---+",
        "┌──┬─┬─┐\n│规章│0│ │\n├──┼─┼─┤\n│许可│1│2│\n└──┴─┴─┘",
        "| **规章** | 0 | |\n\n| 许\n可 | 1 | 2 |",
        "| 规<br>章 | 0 | |\n| 许可 | 1 | 2 |",
    ],
)
def test_pipes_make_a_table_however_they_are_drawn(text: str) -> None:
    found = outline("一、前\n\n" + text + "\n\n后")
    assert found == ["一、前", [["规章", "0", ""], ["许可", "1", "2"]], "后"]


def test_lines_between_the_borders_of_a_drawn_box_are_one_row() -> None:
    text = "┌──┬─┐\n│规│0│\n│章│ │\n├──┼─┤\n│许│1│\n│可│ │\n├──┼─┤\n│处罚│2│\n└──┴─┘"
    assert outline(text) == [[["规章", "0"], ["许可", "1"], ["处罚", "2"]]]


def test_trailing_empty_pipes_are_empty_cells() -> None:
    assert outline("| a | 0 | | |\n| b | 1 | | |") == [[["a", "0", "", ""], ["b", "1", "", ""]]]


def test_one_line_with_a_pipe_is_prose() -> None:
    assert outline("首页 | 公开 | 年报\n正文") == ["首页 | 公开 | 年报", "正文"]


def test_markdown_headings_have_levels_and_marks_go() -> None:
    found = document("# 题目\n\n## 一、总体 ##\n\n**公开**12条，1\\.秘密。\n\n---\n").paragraphs
    assert [(p.text, p.level) for p in found] == [("题目", 1), ("一、总体", 2), ("公开12条，1.秘密。", 0)]


def test_lines_broken_by_the_layout_are_marked_and_others_are_not() -> None:
    full = "年报说明政府信息公开工作的情况，" * 2
    text = "\n\n".join(["一、总体情况", full, full, full, full, full[:-1] + "。", full, "短的末行。", "行政许可 0"])
    found = document(text).paragraphs
    assert [p.wrapped for p in found] == [False, True, True, True, True, False, True, False, False]


def test_whole_paragraphs_of_different_lengths_are_not_broken_lines() -> None:
    text = "\n".join("年" * n for n in (30, 45, 62, 80, 101, 40, 71))
    assert not any(p.wrapped for p in document(text).paragraphs)


@pytest.mark.parametrize(
    ("text", "limits", "code"),
    [
        ("a\n" * 11, {"paragraphs": 10}, "document.too_many_paragraphs"),
        ("\n" * 500 + "a", {"paragraphs": 10}, "document.too_many_paragraphs"),
        ("a\tb\n" * 6, {"cells": 10}, "document.too_many_cells"),
        ("a" + "\t" * 50 + "b\nc\td", {"span": 40}, "document.span"),
        ("a", {"file_bytes": 0}, "document.too_large"),
    ],
)
def test_limits_refuse_and_never_cut(text: str, limits: dict[str, int], code: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        document(text, **limits)
    assert caught.value.code == code
