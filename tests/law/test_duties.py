"""Duties that nobody asks for, by a table of cases."""

from datetime import date

import pytest

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.calendar import calendar
from gongkai.law.deadlines.counting import ended
from gongkai.law.duties import act_by, duties, duty
from gongkai.law.parameters import jurisdiction
from gongkai.messages import LANGUAGES
from tests.law.cases import cases

CASES = cases("duties")
RESTS_ON = {
    "publication": "regulation.26",
    "correction_of_false_information": "regulation.6.2",
    "penalty_withdrawal": "penalty_law.48",
    "licence_publication": "enforcement_notice",
    "penalty_publication": "enforcement_notice",
    "enforcement_publication": "enforcement_notice",
    "enforcement_figures": "enforcement_notice",
    "budget": "budget_law.14",
    "final_accounts": "budget_law.14",
    "comments_on_draft": "decision_rules.15",
    "village_affairs": "villagers_committees_law.30",
    "village_accounts": "villagers_committees_law.30",
    "village_matters": "villagers_committees_law.30",
    "report_submission": "local",
    "department_report": "regulation.49",
    "government_report": "regulation.49",
    "township_report": "local",
    "guide_review": "regulation.12",
    "refusal_review": "regulation.18",
    "home_page": "inspection_notice",
    "news_column": "inspection_notice",
    "policy_column": "inspection_notice",
    "message_reply": "inspection_notice",
    "impact_assessment": "personal_information_law.56",
}
"""The provision of each duty, typed here so that none changes with the data."""


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule} {case.title}")
def test_a_duty_is_due_on_its_day(case):
    given = duty(case.rule.removeprefix("duties."))
    where = jurisdiction(case.given.get("region", ""), case.given.get("settings", {}))
    if case.refused:
        with pytest.raises(InvalidInput) as refused:
            given.due(case.given["from"], calendar(), where)
        assert refused.value.code == case.refused
        return
    due = given.due(case.given["from"], calendar(), where)
    seen = {"due": due.due, "rolled_from": due.rolled_from, "act_by": act_by(due, calendar())}
    assert {name: seen[name] for name in case.expect} == case.expect
    assert due.rule == case.rule
    assert [setting.name for setting in due.settings] == [given.parameter]


def test_every_duty_has_cases():
    met = {case.rule.removeprefix("duties.") for case in CASES}
    assert len(met) >= 20
    assert set(duties()) == met


def test_each_duty_rests_on_its_provision():
    assert {code: given.articles for code, given in duties().items()} == {
        code: (article,) for code, article in RESTS_ON.items()
    }
    on = date(2025, 6, 2)
    assert {code: given.due(on, calendar()).articles[0] for code, given in duties().items()} == RESTS_ON


def test_a_duty_that_is_not_there_is_refused():
    with pytest.raises(InvalidInput) as refused:
        duty("tea")
    assert refused.value.code == "law.duty.unknown"
    assert all("publication" in messages.text(refused.value.code, at, **refused.value.facts) for at in LANGUAGES)


def test_a_fixed_date_is_never_moved_but_one_is_told_to_act_before():
    found = 0
    for given in duties().values():
        if given.kind == "each_year":
            for year in range(2020, 2027):
                due = given.due(calendar().span.first.replace(year=year, month=1, day=1), calendar())
                assert due.due.year == year
                assert act_by(due, calendar()) <= due.due
                assert calendar().is_working(act_by(due, calendar()))
                found += 1
    assert found >= 28


def test_what_an_inspection_counts_by_the_calendar_never_moves_on():
    looked_at = [given for given in duties().values() if given.kind == "within"]
    assert len(looked_at) == 5
    for given in looked_at:
        for month in range(1, 13):
            due = given.due(date(2024, month, 29), calendar())
            assert due.rolled_from is None
            assert due.due == ended(date(2024, month, 29), due.period, due.unit, calendar())
