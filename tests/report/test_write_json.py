"""The JSON line is a contract: its keys, their order, its numbers."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

import gongkai
from gongkai import messages
from gongkai.documents import Place
from gongkai.errors import UnreadableDocument
from gongkai.report.check.rules import OWN
from gongkai.report.model import Cause, Fact, Finding, SheetCell
from gongkai.report.write.json import dumps, error_line, report_line
from tests.report.made import make_report

KEYS = [
    "schema", "path", "sha256", "format", "reader", "title", "agency", "year", "scope", "form", "form_by_table",
    "period", "contact", "cells", "sections", "facts", "findings", "doubts",
]  # fmt: skip


def example():
    place = Place(page=3, line=57, table=1, row=8, column=1, box=(1.0, 2.5, 3.333, 4.0))
    return make_report(
        {
            "proactive.charges.amount": SheetCell(Decimal("25.1000"), "number", "251000元", place, "元"),
            "requests.new.total": SheetCell(None, "blank", "", None),
        },
        {"0": "开头", "1": "一", "5": "", "end": "落款"},
        facts=(Fact("published_items", 479, "条", Place(line=9), "政府信息479条", "1", 0),),
        findings=(
            Finding(
                "total.row", "error", "write.verdict.errors", {"number": 1}, ("requests.new.total",), (3, None),
                (place,), "规则", Cause("cell", ("requests.new.total",), (None,), (3,)), "已函告",
            ),
            Finding("title.missing", "notice", "write.verdict.good"),
        ),
        doubts=("document.ocr",),
    )  # fmt: skip


def test_a_line_has_the_keys_of_the_schema_in_their_order():
    line = report_line(example())
    assert "\n" not in line
    said = json.loads(line)
    assert list(said) == KEYS
    assert (said["schema"], said["reader"]) == (1, gongkai.__version__)
    assert len(said["cells"]) == 200
    assert all(list(cell) == ["value", "kind", "raw", "place"] for cell in said["cells"].values())


def test_doubts_about_the_reading_are_told_only_where_there_are_any():
    assert json.loads(report_line(example(), "en"))["doubts"] == [
        {"code": "document.ocr", "message": messages.text("document.ocr", "en")}
    ]
    assert list(json.loads(report_line(make_report()))) == KEYS[:-1]


def test_the_rule_of_this_software_is_named_in_the_language_asked_for():
    report = make_report(findings=(Finding("title.missing", "notice", "finding.title.missing", source=OWN),))
    said = [json.loads(report_line(report, language))["findings"][0]["source"] for language in ("zh", "en")]
    assert said == ["本系统规则", "rule of this software"]


def test_sections_are_those_with_prose_out_of_one_to_six():
    assert json.loads(report_line(example()))["sections"] == {"1": "一"}


def test_places_leave_out_what_is_not_known_and_boxes_are_points():
    said = json.loads(report_line(example()))
    assert said["cells"]["proactive.charges.amount"]["place"] == {
        "table": 1, "row": 8, "column": 1, "line": 57, "page": 3, "box": [1, 2.5, 3.33, 4],
    }  # fmt: skip
    assert said["cells"]["requests.new.total"]["place"] is None
    assert said["facts"] == [{"what": "published_items", "value": 479, "unit": "条", "place": {"line": 9}}]


def test_a_finding_has_a_cause_and_a_waiver_only_where_there_is_one():
    first, second = json.loads(report_line(example()))["findings"]
    plain = ["code", "severity", "message", "cells", "values", "place", "source"]
    assert list(first) == [*plain, "cause", "waived"]
    assert list(second) == plain
    assert first["message"] == "1 处需要更正"
    assert first["values"] == [3, None]
    assert first["cause"] == {"kind": "cell", "cells": ["requests.new.total"], "printed": [None], "reconciling": [3]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("25.1", "25.1"),
        ("25.1000", "25.1"),
        ("1E+3", "1000"),
        ("0.0001", "0.0001"),
        ("-0.0", "0"),
        ("1000", "1000"),
        ("12345678901234567890.1234", "12345678901234567890.1234"),
    ],
)
def test_decimals_are_numbers_without_loss(value, text):
    assert dumps(Decimal(value)) == text


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError):
        dumps(Decimal("NaN"))
    with pytest.raises(TypeError):
        dumps(1.5)


def test_strings_survive_and_never_break_the_line():
    text = 'a"b\\c\n\r\t\x00\x1f\x85\u2028\u2029中文𠀀'
    line = dumps({"text": text})
    assert json.loads(line) == {"text": text}
    assert len(line.splitlines()) == 1
    assert json.loads(dumps("a\udcff")) == "a\ufffd"


def test_an_unreadable_file_has_a_line_of_its_own():
    error = UnreadableDocument("cli.output.exists", path="x")
    assert json.loads(error_line("a.pdf", error)) == {
        "path": "a.pdf",
        "error": {
            "code": "cli.output.exists",
            "message": "“x”已经存在，没有覆盖。请换一个文件名，或加 --force 覆盖。",
        },
    }


def test_an_error_without_a_message_says_its_code_and_facts():
    assert (
        json.loads(error_line("a.pdf", UnreadableDocument("no.such", size=3)))["error"]["message"]
        == "no.such (size=3)"
    )


def test_a_line_is_the_golden_one_to_the_last_character():
    """After a change that is meant, write the new line to the file and raise `schema` where a key changed its meaning."""
    golden = (Path(__file__).parents[1] / "data" / "report" / "line.json").read_text(encoding="utf-8")
    assert len(golden) > 10_000
    assert report_line(example(), "zh") == golden.rstrip("\n").replace("@VERSION@", gongkai.__version__)
