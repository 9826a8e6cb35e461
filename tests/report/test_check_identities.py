"""Reconciliation within the tables, and what counts as zero."""

from __future__ import annotations

import pytest

from gongkai.messages import text
from gongkai.report.check import check
from gongkai.report.form import sheet
from gongkai.report.model import SheetCell
from tests.report.made import make_report

BLANK = SheetCell(None, "blank", "", None)
UNREADABLE = SheetCell(None, "unreadable", "?", None)
ABSENT = SheetCell(None, "absent", "", None)
TWO = {f"requests.{row}.{column}": 2 for row in ("new", "granted", "total") for column in ("natural_person", "total")}


def _codes(report: object) -> list[str]:
    return [finding.code for finding in check(report)]  # type: ignore[arg-type]


@pytest.mark.parametrize("forms", [("2021",) * 3, ("2019",) * 3, ("2021", "2019", "2021")])
def test_every_identity_is_judged_and_names_its_cells(forms: tuple[str, str, str]) -> None:
    judged = 0
    for identity in sheet(*forms).identities:
        cell = identity.left[0]
        findings = check(make_report({cell: 7}, forms=forms))
        broken = [f for f in findings if f.cells == identity.left + identity.right]
        assert [f.code for f in broken] == [identity.code], identity.id
        assert (broken[0].severity, broken[0].values[0], broken[0].facts["difference"]) == ("error", 7, 7)
        assert broken[0].source == "国办公开办函〔2021〕30号" if forms[1] == "2021" else "国办公开办函〔2019〕60号"
        assert broken[0].places
        judged += 1
    assert judged == 7 + 7 + len(sheet(*forms).form("requests").requests) + 3


def test_a_sheet_that_reconciles_has_no_findings() -> None:
    assert check(make_report()) == ()
    assert check(make_report(TWO)) == ()


def test_the_message_of_a_column_is_a_sentence_a_clerk_understands() -> None:
    finding = check(make_report({**TWO, "requests.new.natural_person": 3}))[0]
    said = text(finding.message, "zh", **finding.facts)
    assert said == "“自然人”一列：新收3件＋上年结转0件＝3件，而总计2件＋结转下年度0件＝2件，相差1件。"
    assert "brought forward 0 = 3" in text(finding.message, "en", **finding.facts)


def test_a_blank_counts_as_zero_and_is_said_once_a_table() -> None:
    report = make_report({**TWO, "requests.new.business": BLANK, "requests.granted.other_org": BLANK})
    findings = check(report)
    assert [(f.code, f.severity) for f in findings] == [("cell.blank_as_zero", "notice")]
    assert findings[0].facts["count"] == 2


def test_a_blank_total_over_figures_does_not_reconcile() -> None:
    assert "total.row" in _codes(make_report({**TWO, "requests.new.total": BLANK}))


def test_an_identity_over_an_unreadable_cell_is_not_judged() -> None:
    codes = _codes(make_report({**TWO, "requests.granted.natural_person": UNREADABLE}))
    assert codes == ["cell.unreadable"]


def test_an_absent_table_breaks_no_identity() -> None:
    cells = {cell: ABSENT for cell in sheet("2021", "2021", "2021").cells if cell.startswith("requests.")}
    assert _codes(make_report(cells)) == []


def test_an_identity_that_placed_a_figure_is_not_counted() -> None:
    broken = {"remedies.reconsideration.total": 1}
    assert _codes(make_report(broken)) == ["total.remedies"]
    used = frozenset({"total.remedies:remedies.reconsideration"})
    assert _codes(make_report(broken, identities_used=used)) == []


def test_errors_come_first() -> None:
    severities = [
        f.severity for f in check(make_report({"requests.new.total": 1}, title=None, agency=None, headings=()))
    ]
    assert severities == sorted(severities, key=["error", "warning", "notice"].index)
    assert set(severities) == {"error", "warning", "notice"}
