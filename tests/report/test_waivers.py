"""Waivers: kept beside the report, alive over a new run, lapsed when a value changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.errors import InvalidData, InvalidInput
from gongkai.messages import LANGUAGES, text
from gongkai.report import waivers
from gongkai.report.check import check
from gongkai.report.model import Report, SheetCell
from tests.report.made import make_report

BROKEN = {"remedies.reconsideration.total": 2}
DAY = date(2024, 2, 1)


def _checked(cells: dict[str, int | Decimal | SheetCell], **more: object) -> Report:
    report = make_report(cells, **more)  # type: ignore[arg-type]
    return replace(report, findings=check(report))


def test_a_waived_finding_stays_waived_in_a_new_run(tmp_path: Path) -> None:
    report = _checked(BROKEN)
    file = waivers.sidecar(tmp_path / "a.pdf")
    assert file.name == "a.pdf.waivers.toml"
    given = waivers.add(file, report.findings[0], reason="原件如此，已函告", by="公开办", on=DAY, report=report)
    assert waivers.load(file) == (given,)
    again = waivers.apply(_checked(BROKEN), waivers.load(file))
    assert [finding.waived for finding in again.findings] == ["原件如此，已函告"]
    assert [finding.waived for finding in waivers.apply(report.findings, [given])] == ["原件如此，已函告"]


def test_a_waiver_lapses_when_a_value_changes(tmp_path: Path) -> None:
    report = _checked(BROKEN)
    file = tmp_path / "w.toml"
    waivers.add(file, report.findings[0], reason="已核实", by="公开办", report=report)
    changed = waivers.apply(_checked({"remedies.reconsideration.total": 3}), waivers.load(file))
    assert [(finding.code, finding.waived) for finding in changed.findings] == [("total.remedies", None)]


def test_one_file_serves_many_reports(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    one, other = _checked(BROKEN), _checked(BROKEN, agency="某某县例文镇人民政府")
    unknown = _checked(BROKEN, agency=None, sha256="1" * 64)
    for report in (one, unknown):
        waivers.add(file, report.findings[0], reason="已核实", by="公开办", report=report)
    known = waivers.load(file)
    assert len(known) == 2
    assert [bool(waivers.apply(r, known).findings[0].waived) for r in (one, other, unknown)] == [True, False, True]


def test_giving_a_waiver_again_replaces_it(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    report = _checked(BROKEN)
    for reason in ("甲", '第二次："引号"与\\反斜线\n换行'):
        waivers.add(file, report.findings[0], reason=reason, by="公开办", report=report)
    (waiver,) = waivers.load(file)
    assert waiver.reason == '第二次："引号"与\\反斜线\n换行'


def test_findings_without_values_are_told_apart(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    report = _checked({}, prose={"0": "现公布某某县例文镇人民政府2023年政府信息公开工作年度报告。"})
    waivers.add(file, report.findings[0], reason="合署办公", by="公开办", report=report)
    other = _checked({}, prose={"0": "现公布某某县试题镇人民政府2023年政府信息公开工作年度报告。"})
    known = waivers.load(file)
    assert waivers.apply(report, known).findings[0].waived == "合署办公"
    assert waivers.apply(other, known).findings[0].waived is None


def test_decimals_and_blanks_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "w.toml"
    cells = {
        "proactive.charges.amount": Decimal("-25.10"),
        "remedies.reconsideration.upheld": SheetCell(None, "blank", "", None),
        **BROKEN,
    }
    report = _checked(cells)
    for finding in report.findings:
        waivers.add(file, finding, reason="已核实", by="公开办", report=report)
    again = waivers.apply(_checked({**cells, "proactive.charges.amount": Decimal("-25.1")}), waivers.load(file))
    assert len(again.findings) == 3
    assert all(finding.waived for finding in again.findings)


def test_no_file_holds_no_waivers(tmp_path: Path) -> None:
    assert waivers.load(tmp_path / "none.toml") == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("[[waiver]", "waivers.unreadable"),
        ("waiver = 3", "waivers.unreadable"),
        ('[[waiver]]\ncode = "total.row"\n', "waivers.invalid"),
        ('[[waiver]]\ncode="a"\ncells="b"\nvalues=[]\nreason="c"\nby="d"\non=2024-01-01\n', "waivers.invalid"),
        ('[[waiver]]\ncode="a"\ncells=[]\nvalues=[]\nreason="c"\nby="d"\non="gestern"\n', "waivers.invalid"),
    ],
)
def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path: Path, written: str, code: str) -> None:
    file = tmp_path / "w.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(InvalidData) as raised:
        waivers.load(file)
    assert raised.value.code == code
    assert all("w.toml" in text(code, language, **raised.value.facts) for language in LANGUAGES)


def test_a_reason_and_a_name_are_needed(tmp_path: Path) -> None:
    finding = _checked(BROKEN).findings[0]
    for reason, by in (("", "公开办"), ("已核实", " ")):
        with pytest.raises(InvalidInput):
            waivers.add(tmp_path / "w.toml", finding, reason=reason, by=by)
    assert not list(tmp_path.iterdir())
