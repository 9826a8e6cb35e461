"""The five real reports, and skeletons of them that the project carries: every cell, every finding."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai import documents
from gongkai.report.check import check
from gongkai.report.model import Finding, Report
from gongkai.report.recognise import recognise

SKELETONS = Path(__file__).parents[1] / "data" / "skeletons"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
CELLS = {"000": 186, "001": 200, "002": 200, "003": 200, "004": 198}


def _read(file: Path) -> tuple[Report, tuple[Finding, ...]]:
    report = recognise(documents.read(file), path=file.name)
    return report, tuple(check(report))


def _about(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def _prose_findings_on(findings: tuple[Finding, ...], *prefixes: str) -> list[Finding]:
    return [f for f in findings if f.code.startswith("prose.") and any(cell.startswith(prefixes) for cell in f.cells)]


def _said(report: Report, *values: int) -> list[int]:
    return [int(fact.value) for fact in report.facts if fact.value in values]


# What must not be raised or read, by report: the words of the expectation and the check that stands for them.
MUST_NOT: dict[str, dict[str, Callable[[Report, tuple[Finding, ...]], bool]]] = {
    "000": {
        "高新区党工委 in the text against 达川区 in the signature (prose.agency)": lambda _, f: (
            not _about(f, "prose.agency")
        ),
        "四、结转下年度继续办理 taken as section four": lambda r, f: (
            sum(heading.number == 4 for heading in r.headings) == 1 and not _about(f, "section.repeated")
        ),
        "未收到政府信息公开申请 against 0": lambda _, f: not _prose_findings_on(f, "requests."),
        "2022 年 1 月 13 日 taken as the report year": lambda r, f: r.year == 2021 and not _about(f, "prose.year"),
    },
    "001": {
        "the title standing after 一、总体情况 as a missing title": lambda r, f: (
            not _about(f, "title.missing") and "平昌关镇" in str(r.title)
        ),
        "保留4位小数 read as a figure": lambda r, _: not _said(r, 4) and r.value("proactive.charges.amount") == 0,
        "三到位, 三率 read as figures": lambda r, _: not _said(r, 3),
        "信息处理费用为0 against anything": lambda _, f: not _about(f, "fee.section_six"),
    },
    "002": {
        "282 = 2 + 275 + 2 + 3 raised as prose.parts": lambda r, f: (
            not _about(f, "prose.parts") and _said(r, 282) == [282]
        ),
        "正式文件 2 条 against 行政规范性文件 0": lambda _, f: not _prose_findings_on(f, "proactive."),
        "telephone 0953-2694658 or postcode 751101 read as counts": lambda r, _: (
            not any(fact.value > 282 for fact in r.facts if fact.unit not in {"年", "号"})
        ),
        "(四) after （三） as a broken numbering": lambda _, f: (
            not _about(f, "section.missing") and not _about(f, "section.repeated")
        ),
    },
    "003": {
        "479 条 or 规范性文件 in that list against 现行有效 0": lambda _, f: not _prose_findings_on(f, "proactive."),
        "12.11 万元 charges against 未收取信息处理费 (two different fees)": lambda _, f: (
            not _about(f, "fee.section_six")
        ),
        "the wording of the heading of section five": lambda r, f: (
            [heading.number for heading in r.headings] == [1, 2, 3, 4, 5, 6] and not _about(f, "section.missing")
        ),
        "U+2002 or NBSP before 0 read as text": lambda r, f: (
            not _about(f, "cell.text") and not any(cell.kind == "text" for cell in r.cells.values())
        ),
    },
    "004": {
        "221 = 211 + 10 raised as prose.parts": lambda r, f: not _about(f, "prose.parts") and _said(r, 221) == [221],
        "（二）主动公开信息情况 taken as a doubled section two": lambda _, f: not _about(f, "section.repeated"),
        "the restarted （一） as a broken numbering": lambda _, f: len(_about(f, "section.missing")) == 1,
        "1位, 1名 read as counts": lambda r, _: not _said(r, 1),
        "no processing fee mentioned (the fee rule is of 2021)": lambda _, f: (
            not any(x.code.startswith("fee.") for x in f)
        ),
    },
}
# The cells that a finding which must be raised has to name.
NAMED = {
    ("004", "prose.cell"): {
        "proactive.normative_documents.disclosed",
        "proactive.normative_documents.disclosed_to_date",
    },
}


def _compare(file: Path, expected: dict[str, Any]) -> int:
    """Hold one report against its expectation; the number of cells that are right."""
    number = file.name[:3]
    report, findings = _read(file)
    assert (report.form, report.year) == (expected["form"], expected["year"])
    assert expected["agency_contains"] in str(report.agency)
    assert len(expected["cells"]) == CELLS[number]
    wrong = {
        cell: (report.cells[cell], value)
        for cell, value in expected["cells"].items()
        if report.value(cell) != Decimal(str(value))
    }
    assert not wrong
    assert set(report.cells) == set(expected["cells"])
    must = [re.match(r"([a-z_.]+[a-z])(?::? (notice|warning)\b)?", words) for words in expected["findings"]["must"]]
    fine = set()
    for match in must:
        assert match is not None
        code = match[1]
        found = _about(findings, code)
        assert found, f"{code} not raised"
        assert all(finding.severity == (match[2] or "notice") for finding in found)
        if (number, code) in NAMED:
            assert NAMED[number, code] <= {cell for finding in found for cell in finding.cells}
        fine.add(code)
    assert [f"{f.code} {f.facts}" for f in findings if f.severity != "notice" and f.code not in fine] == []
    assert set(MUST_NOT[number]) == set(expected["findings"]["must_not"])
    for words, holds in MUST_NOT[number].items():
        assert holds(report, findings), words
    return len(expected["cells"]) - len(wrong)


def _pairs(texts: Path, expectations: Path) -> list[tuple[Path, Path]]:
    return [(text, expectations / f"{text.stem}.json") for text in sorted(texts.glob("*.txt"))]


SKELETON_PAIRS = _pairs(SKELETONS, SKELETONS)


def test_all_five_skeletons_are_there() -> None:
    assert [text.name[:3] for text, _ in SKELETON_PAIRS] == list(CELLS)


@pytest.mark.parametrize(("text", "expectation"), SKELETON_PAIRS, ids=lambda path: path.name)
def test_a_skeleton_of_a_real_report_is_read_whole(
    text: Path, expectation: Path, record_property: Callable[[str, object], None]
) -> None:
    right = _compare(text, json.loads(expectation.read_text(encoding="utf-8")))
    assert right == CELLS[text.name[:3]]
    record_property("skeleton cells", right)


@pytest.mark.parametrize("number", list(CELLS))
def test_a_real_report_is_read_whole_where_it_is_there(
    number: str, record_property: Callable[[str, object], None]
) -> None:
    """The texts themselves are not part of the project; where they lie beside it they are read as well."""
    pairs = [
        (text, json_file) for text, json_file in _pairs(SEEDS, SEEDS / "expected") if text.name.startswith(number)
    ]
    if not pairs:
        pytest.skip("the texts themselves are not part of the project")
    for text, expectation in pairs:
        record_property("seed cells", _compare(text, json.loads(expectation.read_text(encoding="utf-8"))))


def test_inferred_rows_are_told_in_one_notice() -> None:
    report, findings = _read(SKELETONS / "002_jinji.txt")
    expected = json.loads((SKELETONS / "002_jinji.json").read_text(encoding="utf-8"))
    rows = expected["rows_with_six_of_seven_figures"]
    inferred = {cell.rpartition(".")[0] for cell, read in report.cells.items() if read.kind == "inferred"}
    assert inferred == set(rows)
    assert len(rows) == 10
    assert len(_about(findings, "cell.inferred")) == 1
