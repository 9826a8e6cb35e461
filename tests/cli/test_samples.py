"""The sample reports of the demo: small, self-contained, read whole, with findings worth looking at."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

import gongkai.cli
from gongkai import documents
from gongkai.report.check import check
from gongkai.report.model import Finding, Report
from gongkai.report.recognise import recognise

SAMPLES = Path(gongkai.cli.__file__).parent / "samples"
SKELETONS = Path(__file__).parents[1] / "data" / "skeletons"
TOWNS = {
    "2021-jinya.pdf": "000_jinya.json",
    "2022-pingchangguan.txt": "001_pingchangguan.json",
    "2021-jinji.docx": "002_jinji.json",
    "2021-tuchang.html": "003_tuchang.json",
    "2019-huangjin.txt": "004_huangjin.json",
}
MADE_UP = "2024-sample.pdf"


def _read(name: str) -> tuple[Report, tuple[Finding, ...]]:
    report = recognise(documents.read(SAMPLES / name), path=name)
    return report, tuple(check(report))


def test_the_samples_are_six_and_small() -> None:
    files = [file for file in SAMPLES.iterdir() if file.is_file()]
    assert {file.name for file in files} == {*TOWNS, MADE_UP}
    assert sum(file.stat().st_size for file in files) < 400_000


@pytest.mark.parametrize(("name", "expectation"), list(TOWNS.items()))
def test_a_towns_sample_holds_its_real_figures(name: str, expectation: str) -> None:
    expected = json.loads((SKELETONS / expectation).read_text(encoding="utf-8"))
    report, findings = _read(name)
    assert len(expected["cells"]) >= 186
    assert {cell: report.value(cell) for cell in expected["cells"]} == {
        cell: Decimal(str(value)) for cell, value in expected["cells"].items()
    }
    assert (report.form, report.year) == (expected["form"], expected["year"])
    assert expected["agency_contains"] in str(report.agency)
    assert [finding.code for finding in findings if finding.severity == "error"] == []


def test_the_made_up_sample_shows_what_the_checks_are_for() -> None:
    report, findings = _read(MADE_UP)
    assert (report.agency, report.year) == ("样例县青石镇人民政府", 2024)
    codes = {finding.code for finding in findings}
    assert codes >= {
        "total.column",
        "total.row",
        "prose.cell",
        "prose.parts",
        "prose.percent",
        "prose.wording",
        "level.rules",
    }
    causes = {finding.cause.cells for finding in findings if finding.cause}
    assert causes == {("requests.unavailable.not_held.natural_person",)}


@pytest.mark.parametrize("name", ["2021-jinya.pdf", MADE_UP])
def test_a_pdf_carries_its_own_font(name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    assert b"/FontFile2" in data
    pdf = pypdfium2.PdfDocument(data)
    try:
        assert "行政复议" in "".join(page.get_textpage().get_text_range() for page in pdf)
    finally:
        pdf.close()
