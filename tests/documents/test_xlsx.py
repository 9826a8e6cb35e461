"""Spreadsheets: what the sheet shows is what is read."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document, Paragraph, Table
from gongkai.documents.source import Source
from gongkai.documents.xlsx import read
from gongkai.documents.xlsx.numbers import Formats
from gongkai.errors import UnreadableDocument
from tests.documents.docx_made import pack
from tests.documents.official import official_tables
from tests.documents.xlsx_made import xlsx


def reading(data: bytes, **limits: int) -> Document:
    return read(Source(data, "made.xlsx"), Limits(**limits))


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_official_tables_come_back_cell_by_cell(form: str) -> None:
    given = official_tables({"requests.new.total": 17}, form)
    document = reading(xlsx({"年报": ["某县年度报告", *given, "落款"]}))
    assert document.tables == given
    assert [(one.text, one.part) for one in document.paragraphs] == [
        ("年报", "sheet"),
        ("某县年度报告", "body"),
        ("落款", "body"),
    ]


def test_hidden_sheets_are_left_out_and_said() -> None:
    document = reading(xlsx({"看": ["甲"], "藏": ["乙"]}, hidden=["藏"]))
    assert [one.text for one in document.paragraphs] == ["看", "甲"]
    assert document.doubts == ("document.hidden_sheet",)


def test_a_table_keeps_its_place_among_prose_and_figures_print_as_shown() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("表")

    def cell(row: int, column: int, value: Any, code: str | None = None) -> None:
        sheet.write(row, column, value, book.add_format({"num_format": code}) if code else None)

    cell(3, 2, "项目")
    cell(3, 3, 12.0)
    cell(3, 4, 0.125, "0.00%")
    sheet.write_datetime(3, 5, datetime(2024, 1, 5), book.add_format({"num_format": 'yyyy"年"m"月"d"日"'}))
    sheet.write_formula(3, 6, "=1/0", None, "#DIV/0!")
    cell(3, 7, True)
    cell(3, 8, 25.1, "0.0000")
    cell(3, 9, 12345.5, "#,##0.00")
    cell(3, 10, 0.1 + 0.2)
    cell(3, 11, 12.6, "0")
    sheet.write_string(3, 12, "第一行\n第二行")
    cell(4, 2, "乙")
    book.close()
    (table,) = reading(out.getvalue()).tables
    assert [c.text for c in table.cells] == [
        "项目", "12", "12.50%", "2024年1月5日", "#DIV/0!", "TRUE", "25.1000", "12,345.50", "0.3", "13", "第一行第二行", "乙", *[""] * 10,
    ]  # fmt: skip
    assert [(c.row, c.column) for c in table.cells[:2]] == [(1, 1), (1, 2)]
    assert table.cells[9].raw == "12.6"
    assert (table.rows, table.columns) == (2, 11)


def styled(code: str) -> Formats:
    from lxml import etree

    root = etree.Element("styleSheet")
    formats = etree.SubElement(root, "numFmts")
    etree.SubElement(formats, "numFmt", numFmtId="164", formatCode=code)
    etree.SubElement(etree.SubElement(root, "cellXfs"), "xf", numFmtId="164")
    return Formats(root)


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "12", "12"),
        ("General", "1E3", "1000"),
        ('0"件"', "3", "3件"),
        ("0_ ", "3", "3"),
        ('#,##0;-#,##0;"-"', "0", "-"),
        ("0;-0;;@", "0", ""),
        ("#", "0", ""),
        ("0.0###", "2.50", "2.5"),
        ("0.00_);(0.00)", "-1.5", "(1.50)"),
        ("0.00", "-1.5", "-1.50"),
        ("[Red]0%", "0.5", "50%"),
        ('[$¥-804]#,##0.00', "1234", "¥1,234.00"),
        ("0.0,", "12345", "12.3"),
        ("yyyy-mm-dd hh:mm", "45296.5", "2024-01-05 12:00"),
        ("m:ss", "0.0007", "1:00"),
        ("0.00", "not a number", "not a number"),
        ("yyyy", "99999999999", "99999999999"),
    ],
)  # fmt: skip
def test_number_formats(code: str, stored: str, shown: str) -> None:
    assert styled(code).shown(stored, 0)[0] == shown


def workbook(rows: str, merges: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    return pack(
        {
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" sheetId="1" r:id="b"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{rels}"><Relationship Id="b" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells></worksheet>',
        }
    )


def test_a_lone_cell_in_the_last_corner_costs_nothing() -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert [one.text for one in reading(workbook(far)).paragraphs] == ["表", "1", "2"]


def test_cells_without_addresses_follow_one_another() -> None:
    (table,) = reading(workbook("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")).tables
    assert [(c.text, c.row, c.column) for c in table.cells] == [("1", 1, 1), ("2", 1, 2), ("3", 2, 1), ("", 2, 2)]


@pytest.mark.parametrize(
    ("rows", "merges", "code"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>', "", "document.span"),
        (
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>',
            '<mergeCell ref="A1:XFD1048576"/>',
            "document.too_many_cells",
        ),
        ("<row>" + "<c><v>1</v></c>" * 41 + "</row>", "", "document.too_many_cells"),
    ],
)
def test_what_no_report_holds_is_refused(rows: str, merges: str, code: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        reading(workbook(rows, merges), cells=40)
    assert caught.value.code == code


def test_one_cell_a_row_is_prose() -> None:
    blocks = reading(xlsx({"说明": ["一、总体情况", "第一段\n第二段"]})).blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert [block.text for block in blocks if not isinstance(block, Table)] == [
        "说明",
        "一、总体情况",
        "第一段",
        "第二段",
    ]


def test_every_line_of_a_cell_of_prose_counts_against_the_limit() -> None:
    data = xlsx({"年报": ["一\n二\n三"]})
    assert [one.text for one in reading(data, paragraphs=3).paragraphs] == ["年报", "一", "二", "三"]
    with pytest.raises(UnreadableDocument) as caught:
        reading(data, paragraphs=2)
    assert caught.value.code == "document.too_many_paragraphs"


def test_an_old_binary_workbook_is_read_with_its_merged_cells() -> None:
    """The file was written by xlwt: a line, a merged cell, 12.0, 12.5 % and a hidden sheet."""
    document = read(Source.from_path(Path(__file__).parent.parent / "data" / "office" / "old.xls"), Limits())
    assert [one.text for one in document.paragraphs] == ["年报", "标题"]
    (table,) = document.tables
    assert [(c.text, c.row, c.column, c.column_span) for c in table.cells] == [
        ("合并", 1, 1, 2),
        ("12", 2, 1, 1),
        ("0.125", 2, 2, 1),
    ]
    assert document.doubts == ("document.hidden_sheet",)
