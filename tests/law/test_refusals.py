"""What cannot have happened is refused in words that a clerk understands, with the provision that does not allow it."""

import ast
import re
import string
from datetime import date, timedelta

import pytest

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.deadlines.standing import standing
from gongkai.law.deadlines.written import events
from gongkai.law.parameters import jurisdiction
from gongkai.law.refusals import sentence
from tests.guards.source import SOURCE, messages_in
from tests.law.cases import cases

CASES = [case for case in cases("deadlines") if case.rule == "deadlines.answer" and case.refused]
SAID = [
    (
        ["2025-01-20 收到申请", "2025-02-24 延期 天数=5"], "2025-02-24", "zh",
        "2025-02-24 延期：答复期限已于2025-02-21届满，不能再有这一步。（《条例》第三十三条第二款）",
    ),
    (
        ["2025-01-20 收到申请", "2025-02-24 延期 天数=5"], "2025-02-24", "en",
        "2025-02-24 extended: the period of the answer ended on 2025-02-21, and this can no longer be done. (Regulation, art. 33.2)",
    ),
    (
        ["2025-01-20 收到申请", "2025-02-20 延期 天数=21"], "2025-02-20", "zh",
        "2025-02-20 延期：延期要写明天数，从1到20个工作日，给出的是21。（《条例》第三十三条第二款）",
    ),
    (
        ["2025-01-20 收到申请", "2025-02-06 补正告知 期限=2025-02-20"], "2025-02-06", "zh",
        "2025-02-06 补正告知：补正要在收到申请之日起7个工作日内告知，已于2025-02-05届满。（《条例》第三十条）",
    ),
    (
        ["2025-01-20 收到申请", "2025-02-05 补正告知 期限=2025-02-22", "2025-02-25 收到补正"], "2025-02-25", "zh",
        "2025-02-25 收到补正：补正期限已于2025-02-24届满。有正当理由的，请加上“有正当理由”；没有的，视为放弃申请。（《条例》第三十条）",
    ),
    (
        ["2025-01-20 收到申请", "2025-02-05 补正告知 期限=2025-02-22", "2025-02-10 延期 天数=5"], "2025-02-25", "zh",
        "2025-02-10 延期：正在等待申请人（收到补正），这期间不能有这个事件。（《条例》第三十条）",
    ),
]  # fmt: skip


def refused(lines, today, where=None):
    history = events("\n".join(lines))
    with pytest.raises(InvalidInput) as refusal:
        standing(history, today or history[-1].on, calendar(), where or jurisdiction())
    return refusal.value


@pytest.mark.parametrize(("lines", "today", "language", "wanted"), SAID, ids=[entry[3][:40] for entry in SAID])
def test_a_refusal_says_when_what_and_why_not(lines, today, language, wanted):
    assert sentence(refused(lines, date.fromisoformat(today)), language) == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_refused_history_is_told_in_both_languages_with_its_provision(case):
    where = jurisdiction(case.given.get("region", ""), case.given.get("settings", {}))
    error = refused(case.extra["history"], case.given.get("today"), where)
    chinese, english = sentence(error, "zh"), sentence(error, "en")
    assert "law." not in chinese + english
    if error.code.startswith("law.history."):
        assert re.search(r"。（《[^》]+》.*）$", chinese), chinese
        assert re.search(r"\. \([A-Z][^()]*(?:art\. [\d.()]+)?\)$", english), english
        assert chinese.startswith(f"{error.facts['on']} {messages_in('zh')['law.event.' + error.facts['event']]}：")


def refusals():
    """Every refusal of a history in the package: its code and the facts given with it."""
    found = {}
    for path in (SOURCE / "law" / "deadlines").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "impossible":
                code, facts = node.args[0].value, {keyword.arg for keyword in node.keywords}
                found.setdefault(code, []).append(facts | {"event", "on"})
    return found


def test_every_refusal_has_a_message_that_its_facts_fill_and_no_message_is_left_over():
    found = refusals()
    assert len(found) > 20
    for language in messages.LANGUAGES:
        said = {code: text for code, text in messages_in(language).items() if code.startswith("law.history.")}
        assert said.keys() == found.keys()
        for code, given in found.items():
            wanted = {name for _, name, _, _ in string.Formatter().parse(said[code]) if name}
            assert [facts for facts in given if not wanted <= facts] == [], code
            assert {"event", "on"} <= wanted, code


def test_every_refusal_of_a_history_has_a_case():
    assert len(CASES) > 20
    assert refusals().keys() - {case.refused for case in CASES} == set()


def test_an_error_without_a_message_is_its_code_with_its_facts():
    assert sentence(InvalidInput("law.nothing", event="extended")) == "law.nothing (event=extended)"
    assert sentence(InvalidInput("law.setting.fixed", name="answer.period", article="regulation.33.2"), "zh") == (
        "“答复期限”由《条例》第三十三条第二款规定，本机关不能自行设置。"
    )
    assert sentence(InvalidInput("law.history.order", article="nothing.1", event="answered", on=1), "en").endswith(
        "(nothing.1)"
    )


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (calendar().span.first - timedelta(1), "law.calendar.outside"),
        (calendar().span.last + timedelta(1), "law.calendar.outside"),
        (calendar().span.last - timedelta(9), "law.calendar.beyond"),
    ],
)
def test_days_and_periods_that_the_calendar_does_not_know_are_refused(on, code):
    error = refused([f"{on} 收到申请"], None)
    assert error.code == code
    assert "law." not in sentence(error, "zh") + sentence(error, "en")
