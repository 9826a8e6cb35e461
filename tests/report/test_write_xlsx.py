"""The workbook is the official sheet: merges, figures as numbers, what is printed kept, findings on the cells."""

import io
from decimal import Decimal

import openpyxl
import pytest

from gongkai.report.form import TABLES, load
from gongkai.report.model import Cause, Finding, SheetCell
from gongkai.report.reading import read_report
from gongkai.report.write.focus import focus
from gongkai.report.write.layout import grid
from gongkai.report.write.xlsx import TOP, workbook
from tests.report.made import make_report

FORMS = [("2021", "2021", "2021"), ("2019", "2019", "2019"), ("2021", "2019", "2021")]
SHEETS = {"proactive": "主动公开", "requests": "依申请公开", "remedies": "复议诉讼"}


def opened(report, language="zh"):
    return openpyxl.load_workbook(io.BytesIO(workbook(report, language)))


def at(book, report, cell):
    table = cell.partition(".")[0]
    (slot,) = [slot for slot in grid(table, report.form_by_table[table]).slots if slot.cell == cell]
    return book[SHEETS[table]].cell(slot.row + TOP + 1, slot.column + 1)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("table", TABLES)
def test_a_grid_covers_its_rectangle_once_and_has_every_cell(form, table):
    of = grid(table, form)
    covered = [
        (row, column)
        for slot in of.slots
        for row in range(slot.row, slot.row + slot.row_span)
        for column in range(slot.column, slot.column + slot.column_span)
    ]
    assert len(covered) == len(set(covered)) == of.rows * of.columns
    cells = [slot.cell for slot in of.slots if slot.cell]
    assert sorted(cells) == sorted(load(form).cell_ids(table))


@pytest.mark.parametrize("forms", FORMS)
def test_every_figure_reads_back_as_the_same_number(forms):
    cells = {cell: n for n, cell in enumerate(make_report(forms=forms).cells, 1)}
    report = make_report(cells, forms=forms)
    book = opened(report)
    read = {cell: at(book, report, cell).value for cell in cells}
    assert read == cells
    assert len(read) >= 180


@pytest.mark.parametrize("forms", FORMS)
def test_merges_and_labels_are_those_of_the_official_sheet(forms):
    report = make_report(forms=forms)
    book = opened(report)
    seen = 0
    for table in TABLES:
        page = book[SHEETS[table]]
        merged = {str(area) for area in page.merged_cells.ranges}
        for slot in grid(table, report.form_by_table[table]).slots:
            cell = page.cell(slot.row + TOP + 1, slot.column + 1)
            if not slot.cell:
                assert cell.value == slot.text
                seen += 1
            if slot.row_span > 1 or slot.column_span > 1:
                end = page.cell(slot.row + TOP + slot.row_span, slot.column + slot.column_span)
                assert f"{cell.coordinate}:{end.coordinate}" in merged
    assert seen > 70


def test_the_requests_sheet_prints_its_rule_in_the_corner_and_repeats_its_head():
    page = opened(make_report())["依申请公开"]
    assert page["A4"].value == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert "A4:C6" in {str(area) for area in page.merged_cells.ranges}
    assert page.print_title_rows == "$4:$6"
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr.fitToPage


def test_what_is_no_figure_stays_as_printed_and_never_becomes_a_blank():
    given = {
        "requests.new.natural_person": SheetCell(None, "blank", "", None),
        "requests.new.business": SheetCell(None, "not_applicable", "—", None),
        "requests.new.research_org": SheetCell(None, "unreadable", "", None),
        "requests.new.nonprofit_org": SheetCell(None, "absent", "", None),
        "requests.new.legal_service_org": SheetCell(None, "text", "=1+1", None),
        "requests.new.other_org": SheetCell(0, "zero", "无", None),
        "requests.new.total": SheetCell(22, "number", "22（其中修订16件）", None),
        "proactive.charges.amount": SheetCell(Decimal("12.11"), "number", "12.11", None),
    }
    report = make_report(given)
    book = opened(report)
    assert [at(book, report, cell).value for cell in given] == [
        None, "—", "读不出", "缺", "=1+1", "无", 22, 12.11,
    ]  # fmt: skip
    assert at(book, report, "requests.new.legal_service_org").data_type == "s"
    assert "22（其中修订16件）" in at(book, report, "requests.new.total").comment.text


def test_cells_with_findings_are_coloured_commented_and_linked():
    cells = ("requests.new.natural_person", "requests.total.natural_person")
    cause = Cause("cell", cells[1:], (0,), (3,))
    finding = Finding("balance.column", "error", "write.verdict.errors", {"number": 7}, cells, (3, 0), cause=cause)
    report = make_report({cells[0]: 3}, findings=(finding,))
    book = opened(report)
    assert at(book, report, cells[1]).comment.text == "7 处需要更正"
    assert at(book, report, cells[1]).fill.fgColor.rgb == "FFFDE3E4"
    assert at(book, report, cells[0]).comment is None
    assert at(book, report, "requests.new.business").comment is None
    page = book["核对结果"]
    assert [page.cell(row, 3).hyperlink.location for row in (2, 3)] == ["'依申请公开'!D7", "'依申请公开'!D30"]
    assert "把 0 改为 3" in page["E2"].value


def test_the_source_names_file_digest_and_form():
    values = [str(row[1].value) for row in opened(make_report(path="甲.pdf"))["来源"].rows]
    assert "甲.pdf" in values
    assert "0" * 64 in values
    assert any("国办公开办函〔2021〕30号" in value for value in values)


def test_a_table_that_is_not_there_has_no_sheet():
    report = make_report(form_by_table={"proactive": "2021", "requests": "2021", "remedies": None})
    assert opened(report).sheetnames == ["主动公开", "依申请公开", "核对结果", "来源"]
    assert opened(report, "en").sheetnames == ["Proactive", "Requests", "Findings", "Source"]


@pytest.mark.parametrize("forms", FORMS)
def test_our_own_reader_reads_the_workbook_back_as_the_same_report(forms, tmp_path):
    cells = {cell: n for n, cell in enumerate(make_report(forms=forms).cells, 1)}
    cells["requests.new.total"] = SheetCell(None, "blank", "", None)
    cells["requests.granted.total"] = SheetCell(None, "not_applicable", "—", None)
    cells["requests.total.total"] = 0
    finding = Finding("total.row", "error", "write.verdict.errors", {"number": 1}, ("requests.new.total",), (3, None))
    report = make_report(cells, forms=forms, findings=(finding,))
    path = tmp_path / "report.xlsx"
    path.write_bytes(workbook(report))
    again = read_report(path)
    assert {name: (cell.value, cell.kind) for name, cell in again.cells.items()} == {
        name: (cell.value, cell.kind) for name, cell in report.cells.items()
    }
    assert again.form_by_table == report.form_by_table
    assert (again.agency, again.year) == (report.agency, report.year)


def test_without_a_cause_few_cells_are_all_pointed_at_and_of_many_only_the_total():
    cells = tuple(make_report().cells)[100:123]
    few = Finding("total.row", "error", "write.verdict.errors", {"number": 1}, cells[:7])
    many = Finding("total.column", "error", "write.verdict.errors", {"number": 1}, cells)
    assert focus(few) == set(cells[:7])
    assert focus(many) == {cells[-1]}
