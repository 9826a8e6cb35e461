"""Outcomes: what each asks for, when it is possible, and that every row of the annual report has one."""

import re
import tomllib
from datetime import date

import pytest

from gongkai import messages
from gongkai.law import outcomes
from gongkai.law.articles import is_known
from gongkai.law.deadlines.history import EVENT_KINDS
from gongkai.law.events import events
from gongkai.law.fields import labels, names
from gongkai.law.parameters import in_force, jurisdiction
from gongkai.law.rules import rules
from gongkai.report.form import form_ids, load
from tests.law.cases import cases, refusal

DAY = date(2026, 3, 2)


def answer(case):
    given = case.given
    if case.rule == "outcomes.outcome":
        found = outcomes.outcome(given["code"])
        return {
            "articles": list(found.articles),
            "letter": found.letter,
            "remedies": found.remedies,
            "releases": found.releases,
        }
    if case.rule == "outcomes.row":
        inforce = in_force(DAY, jurisdiction(own=given.get("settings")))
        return {"row": outcomes.row(given["code"], given["form"], inforce)}
    if case.rule == "outcomes.missing_fields":
        missing = outcomes.missing_fields(given["code"], given["fields"], given.get("happened", ()))
        return {"missing": list(missing)}
    if case.rule == "outcomes.counted_as":
        counted = outcomes.counted_as(given["parts"])
        return {"outcome": counted.outcome, "withheld": list(counted.withheld), "remedies": list(counted.remedies)}
    if case.rule == "outcomes.possible":
        return {"code": outcomes.possible(given["code"], given["happened"]).code}
    possible = outcomes.choices(given["happened"])
    if case.expect and "without" in case.expect:
        return {"without": [code for code in outcomes.outcomes() if code not in possible]}
    return {"choices": list(possible)}


@pytest.mark.parametrize("case", cases("outcomes"), ids=lambda case: case.title)
def test_an_outcome_is_as_the_case_says(case):
    if case.refused is None:
        assert answer(case) == case.expect
        return
    error = refusal(case, lambda: answer(case))
    chinese, english = (messages.text(error.code, language, **error.facts) for language in messages.LANGUAGES)
    if not error.code.endswith(".unknown"):
        assert not re.search("[A-Za-z_]{3}", chinese.replace("true 或者 false", "")), (
            "an id stands in a Chinese sentence"
        )
        assert not re.search("[\u4e00-\u9fff]", english), "Chinese stands in an English sentence"


def test_every_rule_on_outcomes_has_a_good_and_a_refused_case():
    named = [name for name in rules() if name.startswith("outcomes.")]
    table = cases("outcomes")
    assert len(named) == 6
    assert [name for name in named if not any(case.rule == name and case.expect is not None for case in table)] == []
    assert [name for name in named if not any(case.rule == name and case.refused for case in table)] == []


@pytest.mark.parametrize("form", form_ids())
def test_every_result_row_of_a_form_has_an_outcome_and_every_counted_outcome_its_row(form):
    inforce = in_force(DAY)
    results = {given.id for given in load(form).requests if given.result}
    counted = {code: outcomes.row(code, form, inforce) for code, found in outcomes.outcomes().items() if found.counts}
    assert len(results) == {"2019": 19, "2021": 21}[form]
    assert len(counted) == 25
    assert results - set(counted.values()) == set()
    assert {code: row for code, row in counted.items() if row not in results} == {}


@pytest.mark.parametrize("form", form_ids())
def test_every_choice_of_an_office_leads_to_a_row_of_the_form(form):
    results = {given.id for given in load(form).requests if given.result}
    seen = 0
    for found in outcomes.outcomes().values():
        if found.settable:
            choices = in_force(DAY)[found.row_setting].choices
            assert set(choices) == set(found.rows_by_setting)
            for choice in choices:
                inforce = in_force(DAY, jurisdiction(own={found.row_setting: choice}))
                assert outcomes.row(found.code, form, inforce) in results
                seen += 1
    assert seen == 5


def test_every_row_of_the_form_is_labelled_as_its_outcome():
    """The form prints longer labels; the outcome's Chinese label of refusals and of what is not processed is part of them."""
    rows = {given.id: given.label for given in load("2021").requests}
    said = {
        code: (found.label("zh"), rows[found.rows["2021"]])
        for code, found in outcomes.outcomes().items()
        if code.startswith(("refused.", "not_processed."))
    }
    assert len(said) == 13
    assert {code: pair for code, pair in said.items() if pair[0] not in pair[1]} == {}


def test_the_table_cites_known_articles_and_known_events_only():
    table = outcomes.outcomes()
    assert len(table) == 28
    cited = [article for found in table.values() for article in found.articles]
    cited += [event.article for event in events().values()]
    assert [article for article in cited if not is_known(article)] == []
    named = [name for found in table.values() for name in (*found.after, *found.with_event)]
    named += [name for event in events().values() for name in (*event.after, *event.never_with)]
    assert [name for name in named if name not in events()] == []
    left = [code for event in events().values() for code in event.leaves]
    assert len(left) > 5
    assert [code for code in left if code not in table] == []


def test_every_event_of_a_clock_is_an_event_that_outcomes_know():
    assert len(EVENT_KINDS) > 15
    assert [kind for kind in EVENT_KINDS if kind not in events()] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_field_and_every_event_has_a_name(language):
    asked = {name for found in outcomes.outcomes().values() for name in names(found.requires)}
    assert len(asked) > 40
    assert all(messages.say(labels([name]), language) for name in asked)
    assert all(messages.say(event.name, language) for event in events().values())


def test_alternatives_are_said_as_alternatives():
    wanted = outcomes.missing_fields("unavailable.other_agency", {"reasons": "x"})
    assert messages.say(labels(wanted), "en").count(" or ") == 2


def test_only_what_other_law_opens_speaks_against_the_discretion_to_withhold():
    tested = [code for code, found in outcomes.outcomes().items() if found.must_be]
    assert tested == ["refused.deliberative", "refused.enforcement_case_file"]


def test_what_the_law_does_not_say_of_remedies_is_marked_as_a_reading():
    ours = [code for code, found in outcomes.outcomes().items() if found.remedies_status == "ours"]
    assert ours == [
        "refused.statutory_lookup",
        *(code for code in outcomes.outcomes() if code.startswith(("other.", "correction."))),
    ]
    assert len(ours) == 9


def test_a_name_is_given_in_the_language_asked_for(monkeypatch):
    found = outcomes.outcome("refused.state_secret")
    assert found.label("zh") == "属于国家秘密"
    monkeypatch.setenv("GONGKAI_LANG", "en")
    assert found.label() == "Refused: state secret"


def test_the_data_is_plain_toml_with_each_code_once():
    from importlib import resources

    text = resources.files("gongkai.law").joinpath("outcomes.toml").read_text(encoding="utf-8")
    codes = [given["code"] for given in tomllib.loads(text)["outcome"]]
    assert len(codes) == len(set(codes)) == len(outcomes.outcomes())
