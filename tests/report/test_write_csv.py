"""CSV in long form, safe to open in a spreadsheet."""

import csv
import io

import pytest

from gongkai.report.model import Finding, SheetCell
from gongkai.report.write.csv import BOM, CELL_COLUMNS, FINDING_COLUMNS, cells_csv, findings_csv, safe
from tests.report.made import make_report


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_every_cell_of_every_report_is_a_row():
    text = cells_csv([make_report(path="a.txt"), make_report(path="b.txt", forms=("2019",) * 3)])
    head, *cells = rows(text)
    assert tuple(head) == CELL_COLUMNS
    assert [row[0] for row in cells].count("a.txt") == 200
    assert [row[0] for row in cells].count("b.txt") == len(make_report(forms=("2019",) * 3).cells) > 0
    assert {len(row) for row in cells} == {len(CELL_COLUMNS)}


def test_a_row_says_value_kind_what_is_printed_and_where():
    text = cells_csv([make_report({"requests.new.total": SheetCell(22, "number", "22（其中修订16件）", None)})])
    (row,) = [row for row in rows(text) if row[5] == "requests.new.total"]
    assert row[6:10] == ["一、本年新收政府信息公开申请数量·总计", "22", "number", "22（其中修订16件）"]


def test_excel_gets_its_mark_only_on_demand():
    assert cells_csv([], bom=True).startswith(BOM + "path")
    assert cells_csv([]).startswith("path")


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1"])
def test_what_looks_like_a_formula_is_made_text(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["", "-", "--", "-3", "+3.5", "3", "—", "无", "1,234", "a=b"])
def test_plain_numbers_dashes_and_words_stay(text):
    assert safe(text) == text


def test_text_from_a_file_cannot_become_a_formula_in_any_column():
    bad = "=HYPERLINK(1)"
    report = make_report({"requests.new.total": SheetCell(None, "text", bad, None)}, agency=bad, path=bad)
    fields = [field for row in rows(cells_csv([report])) for field in row]
    assert fields.count("'" + bad) == 401
    assert not [field for field in fields if field.startswith("=")]


def test_findings_have_a_row_each():
    report = make_report(
        findings=(
            Finding("total.row", "error", "write.verdict.errors", {"number": 2}, ("requests.new.total",), (3, None)),
        )
    )
    head, row = rows(findings_csv([report]))
    assert tuple(head) == FINDING_COLUMNS
    assert row[4:9] == ["total.row", "error", "2 处需要更正", "requests.new.total", "3 —"]
