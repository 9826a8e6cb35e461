"""Waivers by command."""

import json

import pytest

from tests.cli.reports import report_text

WRONG = {"requests.new.natural_person": 3, "requests.new.total": 3, "requests.granted.total": 3}


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(report_text({"remedies.reconsideration.total": 2}), encoding="utf-8")
    return path


def waive(gongkai, report, *more, code="total.remedies"):
    return gongkai("waive", report, "--code", code, "--reason", "原件如此", "--by", "公开办", *more)


def test_a_waived_error_no_longer_counts_until_the_figure_changes(gongkai, report):
    assert gongkai("check", report)[0] == 1
    assert waive(gongkai, report)[0] == 0
    code, out, _ = gongkai("check", report)
    assert code == 0
    assert "原件如此" in out
    (finding,) = [
        f for f in json.loads(gongkai("check", report, "--json")[1])["findings"] if f["code"] == "total.remedies"
    ]
    assert finding["waived"] == "原件如此"
    report.write_text(report_text({"remedies.reconsideration.total": 5}), encoding="utf-8")
    assert gongkai("check", report)[0] == 1


def test_a_file_of_waivers_is_used_only_where_it_is_named(gongkai, report, tmp_path):
    shared = tmp_path / "shared.toml"
    assert waive(gongkai, report, "--waivers", shared)[0] == 0
    assert gongkai("check", report)[0] == 1
    assert gongkai("check", report, "--waivers", shared)[0] == 0
    code, _, err = gongkai("check", report, "--waivers", tmp_path / "wrong-name.toml")
    assert (code, "没有说明文件" in err) == (2, True)


def test_a_waiver_needs_a_finding_and_one_only(gongkai, report, tmp_path):
    code, _, err = waive(gongkai, report, code="total.row")
    assert (code, "total.remedies" in err) == (2, True)
    several = tmp_path / "several.txt"
    several.write_text(report_text(WRONG), encoding="utf-8")
    code, _, err = waive(gongkai, several, code="balance.column")
    assert (code, "--cell" in err) == (2, True)
    assert waive(gongkai, several, "--cell", "requests.new.natural_person", code="balance.column")[0] == 0
    assert waive(gongkai, tmp_path)[0] == 2
    assert waive(gongkai, tmp_path / "lost.txt")[0] == 1
