"""Title, agency, year, sections, forms: the report as a whole."""

from __future__ import annotations

import pytest

from gongkai.report.check import check
from gongkai.report.model import Finding, Heading, Report
from tests.report.made import OFFICIAL_HEADINGS, make_report


def _said(report: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in check(report)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"title": None}, ("title.missing", "notice")),
        ({"agency": None}, ("agency.unclear", "warning")),
        ({"year": None}, ("year.unclear", "warning")),
    ],
)
def test_what_is_not_known_is_said(given: dict[str, None], said: tuple[str, str]) -> None:
    assert _said(make_report(**given)) == [said]  # type: ignore[arg-type]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_missing_section_is_named(number: int) -> None:
    headings = tuple(heading for heading in OFFICIAL_HEADINGS if heading.number != number)
    (finding,) = check(make_report(headings=headings))
    assert (finding.code, finding.severity, finding.facts["number"]) == ("section.missing", "warning", number)


def test_a_report_without_headings_has_one_finding() -> None:
    (finding,) = check(make_report(headings=()))
    assert finding.message == "finding.section.missing.all"


def test_a_section_that_stands_twice_is_named_but_not_a_part_with_its_name() -> None:
    twice = (*OFFICIAL_HEADINGS, Heading(5, "五、存在的主要问题及改进情况", "五", None))
    assert _said(make_report(headings=twice)) == [("section.repeated", "warning")]
    part = (*OFFICIAL_HEADINGS, Heading(2, "主动公开信息情况", "（二）", None))
    assert _said(make_report(headings=part)) == []


@pytest.mark.parametrize(
    ("year", "forms", "said"),
    [
        (2021, ("2021", "2021", "2021"), []),
        (2020, ("2019", "2019", "2019"), []),
        (2022, ("2019", "2019", "2019"), [("form.year", "warning")]),
        (2020, ("2021", "2021", "2021"), [("form.year", "warning")]),
        (2021, ("2021", "2019", "2021"), [("form.mixed", "notice")]),
        (2023, ("2019", "2021", "2021"), [("form.year", "warning"), ("form.mixed", "notice")]),
        (2018, ("2019", "2019", "2019"), []),
    ],
)
def test_the_form_is_that_of_the_year(year: int, forms: tuple[str, str, str], said: list[tuple[str, str]]) -> None:
    assert _said(make_report(year=year, forms=forms)) == said


def test_the_single_other_row_says_so() -> None:
    findings: tuple[Finding, ...] = check(make_report(year=2021, forms=("2021", "2019", "2021")))
    assert findings[0].message == "finding.form.mixed.combined"


@pytest.mark.parametrize(
    ("agency", "raised"),
    [
        ("某某县样例镇人民政府", True),
        ("样例街道办事处", True),
        ("样例乡", True),
        ("某某市人民政府", False),
        ("某某县乡村振兴局", False),
    ],
)
def test_only_a_township_has_no_rules(agency: str, raised: bool) -> None:
    codes = [code for code, _ in _said(make_report({"proactive.administrative_rules.in_force": 1}, agency=agency))]
    assert codes == (["level.rules"] if raised else [])
