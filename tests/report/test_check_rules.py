"""Severities are those of the data contract; every finding has its sentence in both languages."""

from __future__ import annotations

from string import Formatter

from gongkai.messages import catalogue
from gongkai.report.check.rules import rules

ERRORS = "balance.column total.column total.row total.remedies year.carried tree.sum count.negative count.fraction"
WARNINGS = (
    "prose.cell prose.parts prose.percent prose.wording prose.year prose.agency year.in_force section.missing "
    "section.repeated form.year level.rules cell.unreadable cell.text fee.section_six agency.unclear year.unclear"
)
NOTICES = "form.mixed cell.blank_as_zero cell.inferred cell.unit title.missing same.previous same.peer"


def test_every_code_has_the_severity_of_the_contract() -> None:
    expected = {
        code: severity
        for severity, codes in (("error", ERRORS), ("warning", WARNINGS), ("notice", NOTICES))
        for code in codes.split()
    }
    assert {code: rule.severity for code, rule in rules().items()} == expected
    assert len(expected) == 31


def test_every_code_has_a_sentence_with_the_same_facts_in_both_languages() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    for code in rules():
        keys = [key for key in chinese if key == f"finding.{code}" or key.startswith(f"finding.{code}.")]
        assert keys, code
    compared = 0
    for key in chinese:
        if key.startswith(("finding.", "waivers.")):
            assert _facts(chinese[key]) == _facts(english[key]), key
            compared += 1
    assert compared >= len(rules())
    assert {k for k in chinese if k.startswith("finding.")} == {k for k in english if k.startswith("finding.")}


def _facts(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}
