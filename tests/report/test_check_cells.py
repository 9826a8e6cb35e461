"""Single cells: figures that no count can have, cells without a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.report.check import check
from gongkai.report.model import Finding, Kind, Report, SheetCell
from tests.report.made import make_report


def _about(report: Report, code: str) -> list[Finding]:
    return [finding for finding in check(report) if finding.code == code]


@pytest.mark.parametrize("cell", ["proactive.licences.decisions", "proactive.charges.amount", "requests.new.total"])
def test_a_negative_figure_is_an_error(cell: str) -> None:
    (finding,) = _about(make_report({cell: -1}), "count.negative")
    assert (finding.severity, finding.cells, finding.values) == ("error", (cell,), (-1,))


def test_a_change_may_be_negative() -> None:
    assert check(make_report({"proactive.licences.change": -3}, forms=("2019",) * 3, year=2020)) == ()


def test_a_count_is_whole_and_money_need_not_be() -> None:
    half = Decimal("1.5")
    assert _about(make_report({"proactive.penalties.decisions": half}), "count.fraction")[0].severity == "error"
    assert check(make_report({"proactive.charges.amount": half})) == ()
    assert not _about(make_report({"proactive.penalties.decisions": Decimal("2.0")}), "count.fraction")


@pytest.mark.parametrize(
    ("kind", "code", "severity"), [("text", "cell.text", "warning"), ("unreadable", "cell.unreadable", "warning")]
)
def test_a_cell_without_a_figure_is_said(kind: Kind, code: str, severity: str) -> None:
    report = make_report({"proactive.licences.decisions": SheetCell(None, kind, "详见附件", None)})
    assert [(f.code, f.severity, f.cells) for f in check(report)] == [
        (code, severity, ("proactive.licences.decisions",))
    ]


def test_unreadable_cells_of_a_row_are_one_finding() -> None:
    row = {
        f"requests.granted.{c}": SheetCell(None, "unreadable", "0 0", None)
        for c in ("business", "other_org", "total")
    }
    (finding,) = check(make_report(row))
    assert (len(finding.cells), finding.facts["raw"]) == (3, "0 0")


def test_inferred_rows_are_one_notice_for_the_whole_report() -> None:
    rows = ("granted", "partly_granted", "refused.state_secret")
    cells = {
        f"requests.{row}.{column}": SheetCell(0, "inferred", "", None)
        for row in rows
        for column in ("natural_person", "business", "total")
    }
    (finding,) = check(make_report(cells))
    assert (finding.code, finding.severity, finding.facts["rows"], len(finding.cells)) == (
        "cell.inferred",
        "notice",
        3,
        9,
    )


def test_another_unit_in_the_cell_is_noticed() -> None:
    amount = SheetCell(Decimal("25.1"), "number", "251000元", None, "元")
    (finding,) = check(make_report({"proactive.charges.amount": amount}))
    assert (finding.code, finding.severity, finding.values) == ("cell.unit", "notice", (Decimal("25.1"),))
