"""Lists and sums inside a finding are joined as the language of the sentence joins them."""

from __future__ import annotations

import re

import pytest

from gongkai.errors import InvalidData
from gongkai.messages import LANGUAGES, Language, text
from gongkai.report.check import check
from gongkai.report.form import load
from gongkai.report.model import Report, SheetCell
from gongkai.report.write.wording import sentence
from tests.report.made import make_report

_TOTAL = "requests.total.natural_person"
_RULES = "proactive.administrative_rules"
_CASES = "remedies.reconsideration"
_SUMS = {"requests.new.natural_person": 5, "requests.new.total": 5}

CASES: dict[str, tuple[Report, dict[Language, str]]] = {
    "total.row": (
        make_report({"requests.new.natural_person": 3, "requests.new.business": 1}),
        {"zh": "（自然人 3＋商业企业 1）", "en": "(自然人 3 + 商业企业 1)"},
    ),
    "level.rules": (
        make_report({f"{_RULES}.issued": 1, f"{_RULES}.in_force": 2}),
        {"zh": "（本年制发件数 1、现行有效件数 2）", "en": "(本年制发件数 1, 现行有效件数 2)"},
    ),
    "form.mixed": (make_report(forms=("2019", "2021", "2021")), {"zh": "（2019、2021）", "en": "(2019, 2021)"}),
    "prose.parts": (
        make_report(prose={"1": "全年公开信息215条，其中网站120条，公众号60条，公开栏25条。"}),
        {"zh": "（120＋60＋25）", "en": "(120 + 60 + 25)"},
    ),
    "prose.wording": (
        make_report({f"{_CASES}.overturned": 1, f"{_CASES}.pending": 2, f"{_CASES}.total": 3}, {"4": "行政复议均获维持。"}),
        {
            "zh": "「行政复议·结果纠正」=1；「行政复议·尚未审结」=2。",
            "en": "“行政复议·结果纠正” = 1; “行政复议·尚未审结” = 2.",
        },
    ),
    "prose.cell": (
        make_report(_SUMS | {"requests.brought_forward.total": 1}, {"1": "全年共收到政府信息公开申请9件。"}),
        {"zh": "」+「", "en": "” + “"},
    ),
    "cell.unreadable": (
        make_report(
            {"requests.new.natural_person": 1, "requests.new.total": 1}
            | {f"requests.{row}.natural_person": SheetCell(None, "absent", "", None) for row in ("granted", "total")}
        ),
        {"zh": "依申请公开表里没有找到", "en": "In the requests table, "},
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CASES)
def test_a_list_in_a_finding_is_joined_in_the_language_of_the_sentence(code: str, language: Language) -> None:
    report, expected = CASES[code]
    said = [sentence(finding, language) for finding in check(report) if finding.code == code]
    assert said
    assert any(expected[language] in one for one in said), said


def test_english_findings_hold_chinese_punctuation_only_within_quotations_and_labels() -> None:
    said = [sentence(finding, "en") for report, _ in CASES.values() for finding in check(report)]
    assert len(said) > len(CASES)
    assert [one for one in said if re.search("[「」；＋]", one)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_form_is_answered_with_those_there_are(language: Language) -> None:
    with pytest.raises(InvalidData) as caught:
        load("1999")
    assert str(caught.value) == "form.unknown (form=1999, known=2019, 2021)"
    assert {"zh": "2019、2021", "en": "2019, 2021"}[language] in text(
        caught.value.code, language, **caught.value.facts
    )
