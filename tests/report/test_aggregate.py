"""Adding up many reports, and saying what each sum leaves out."""

import csv
import io
from decimal import Decimal

import openpyxl

from gongkai.report.aggregate import aggregate
from gongkai.report.model import SheetCell
from gongkai.report.write.json import dumps
from gongkai.report.write.totals import COLUMNS, aggregate_csv, aggregate_object, aggregate_workbook
from tests.report.made import make_report

NEW = "requests.new.total"
CHARGES = "proactive.charges.amount"


def town(name, cells=None, **more):
    return make_report(cells, agency=f"某某县{name}人民政府", path=f"{name}.txt", **more)


def only(found):
    (group,) = found.groups
    return group


def test_sums_count_figures_blanks_unreadable_and_absent_cells():
    group = only(
        aggregate(
            [
                town("甲镇", {NEW: 3, CHARGES: Decimal("0.1")}),
                town("乙镇", {NEW: 4, CHARGES: Decimal("0.2")}),
                town("丙镇", {NEW: SheetCell(None, "blank", "", None)}),
                town("丁镇", {NEW: SheetCell(None, "unreadable", "", None)}),
                town("戊镇", {NEW: SheetCell(None, "absent", "", None)}),
            ]
        )
    )
    total = group.cells[NEW]
    assert (total.value, total.reports, total.figures) == (7, 5, 2)
    assert total.kinds == {"number": 2, "blank": 1, "unreadable": 1, "absent": 1}
    assert group.cells[CHARGES].value == Decimal("0.3")
    assert len(group.cells) == 200


def test_a_cell_that_nobody_filled_has_no_sum():
    group = only(aggregate([town("甲镇", {NEW: SheetCell(None, "blank", "", None)})]))
    assert group.cells[NEW].value is None


def test_a_report_that_is_there_twice_counts_once():
    again = town("甲镇", {NEW: 3})
    again.path = "again.txt"
    corrected = town("甲镇", {NEW: 5})
    group = only(aggregate([town("甲镇", {NEW: 3}), again, corrected]))
    assert group.cells[NEW].value == 3
    assert [(d.report.path, d.same) for d in group.duplicates] == [("again.txt", True), ("甲镇.txt", False)]


def test_years_and_scopes_are_kept_apart():
    found = aggregate(
        [town("甲镇", {NEW: 1}), town("甲镇", {NEW: 2}, year=2022), town("甲镇", {NEW: 4}, scope="area"),
         town("乙镇", {NEW: 8}, scope="unknown")]
    )  # fmt: skip
    assert [(g.year, g.scope, g.cells[NEW].value) for g in found.groups] == [
        (2022, "own", 2), (2023, "area", 4), (2023, "own", 1), (2023, "unknown", 8),
    ]  # fmt: skip


def test_mixed_forms_are_added_where_cells_correspond_and_marked_where_they_do_not():
    old = town("甲镇", {"requests.other.combined.total": 5, NEW: 5}, forms=("2019",) * 3)
    new = town("乙镇", {"requests.other.miscellaneous.total": 2, NEW: 2})
    for order in ([old, new], [new, old]):
        cells = only(aggregate(order)).cells
        assert (cells[NEW].value, cells[NEW].partial) == (7, False)
        combined = cells["requests.other.combined.total"]
        assert (combined.value, combined.reports, combined.partial) == (7, 2, False)
        several = cells["requests.other.miscellaneous.total"]
        assert (several.value, several.reports, several.partial) == (2, 1, True)
        assert cells["proactive.normative_documents.in_force"].partial


def test_agencies_without_a_report_are_named_year_by_year():
    expected = ["某某县甲镇人民政府", "乙镇人民政府", "某某县丙镇人民政府"]
    found = aggregate([town("甲镇"), town("乙镇"), town("丁镇"), town("丙镇", year=2022)], expected)
    earlier, later = found.groups
    assert later.missing == ("某某县丙镇人民政府",)
    assert later.unmatched == ("某某县丁镇人民政府",)
    assert earlier.missing == ("某某县甲镇人民政府", "乙镇人民政府")
    assert found.expected


def test_a_general_ending_matches_no_agency():
    assert only(aggregate([town("甲镇")], ["人民政府"])).missing == ("人民政府",)


def test_reports_of_unclear_agencies_are_counted_and_named():
    group = only(aggregate([make_report({NEW: 1}, agency=None, sha256="1" * 64), make_report({NEW: 2}, agency=None)]))
    assert group.cells[NEW].value == 3
    assert len(group.unclear) == 2


def test_nothing_added_up_is_nothing():
    assert aggregate([]).groups == ()


def test_the_sums_are_written_as_json_csv_and_workbook():
    found = aggregate(
        [town("甲镇", {NEW: 3, CHARGES: Decimal("0.1")}), town("甲镇", {NEW: 4})], ["某某县乙镇人民政府"]
    )
    said = aggregate_object(found)
    assert '"sum": 0.1' in dumps(said)
    assert said["groups"][0]["missing"] == ["某某县乙镇人民政府"]
    head, *rows = csv.reader(io.StringIO(aggregate_csv(found)))
    assert tuple(head) == COLUMNS
    assert len(rows) == 200
    assert [row[4] for row in rows if row[2] == NEW] == ["3"]
    book = openpyxl.load_workbook(io.BytesIO(aggregate_workbook(found, "zh")))
    assert book.sheetnames == ["2023年 · 本机关", "缺报告的机关"]
    values = {row[0].value: row[1].value for row in book["2023年 · 本机关"].rows}
    assert values["一、本年新收政府信息公开申请数量·总计"] == 3
    assert "某某县乙镇人民政府" in [row[1].value for row in book["缺报告的机关"].rows]
