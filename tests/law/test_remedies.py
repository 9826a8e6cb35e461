"""Remedies: who reviews, which court, until when, in which words, and how a dispute is counted."""

import tomllib
from datetime import date
from functools import cache

import pytest

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law import remedies
from gongkai.law.articles import is_known
from gongkai.law.calendar import calendar
from gongkai.law.outcomes import outcomes
from gongkai.law.parameters import in_force, jurisdiction
from gongkai.law.remedies import Body, Dispute, Notice, windows
from gongkai.law.remedies.body import KINDS, LEVELS
from gongkai.law.remedies.data import data
from gongkai.law.rules import rules
from gongkai.report.form import form_ids, load
from tests.law.cases import HERE, cases, refusal

DAY = date(2026, 3, 2)
WINDOWS = {
    "remedies.reconsideration": (windows.reconsideration, "known"),
    "remedies.litigation": (windows.litigation, "known"),
    "remedies.litigation_after_reconsideration": (windows.litigation_after_reconsideration, "received"),
    "remedies.litigation_after_no_decision": (windows.litigation_after_no_decision, "since"),
    "remedies.reconsideration_inaction": (windows.reconsideration_inaction, "due"),
    "remedies.litigation_inaction": (windows.litigation_inaction, "due"),
    "remedies.reconsideration_decision": (windows.reconsideration_decision, "accepted"),
    "remedies.reply": (windows.reply, "received"),
    "remedies.defence": (windows.defence, "received"),
    "remedies.appeal": (windows.appeal, "served"),
    "remedies.simple_trial": (windows.simple_trial, "filed"),
}


@cache
def tree():
    """The made-up bodies of the cases, by the names that the cases give them."""
    given = tomllib.loads((HERE / "remedies.toml").read_text(encoding="utf-8"))["tree"]
    made = {}

    def make(name):
        if name not in made:
            links = {
                key: make(given[name][key]) for key in ("government", "above", "parent", "seat") if key in given[name]
            }
            made[name] = Body(**{**given[name], **links})
        return made[name]

    return {name: make(name) for name in given}


def shown(due, expect):
    known = {"due": due.due, "rolled_from": due.rolled_from, "period": due.period, "status": due.settings[0].status}
    return {key: known[key] for key in expect}


def answer(case):
    given = dict(case.given)
    inforce = in_force(DAY, jurisdiction(own=given.pop("settings", None)))
    if case.rule in WINDOWS:
        function, start = WINDOWS[case.rule]
        day = given.pop(start)
        return shown(function(day, in_force(day), calendar(), **given), case.expect or {})
    if case.rule == "remedies.authority":
        found = remedies.authority(tree()[given["body"]], inforce)
        names = {body: name for name, body in tree().items()}
        return {
            "authorities": [names[body] for body in found.bodies],
            "articles": list(found.articles),
            "status": found.status,
        }
    if case.rule == "remedies.court":
        body, name = tree()[given["body"]], given.get("name", "")
        found = remedies.court(body, name, concentrated=given.get("concentrated", False))
        return {"level": found.level, "name": found.name, "articles": list(found.articles)}
    if case.rule == "remedies.kind":
        kind, settings = remedies.kind_of(given["kinds"], inforce)
        return {"kind": kind, "settings": [setting.name for setting in settings]}
    if case.rule == "remedies.paragraph":
        kinds, body = given.pop("kinds"), tree()[given.pop("body")]
        found = remedies.paragraph(kinds, body, inforce, calendar(), Notice(**given))
        return {"zh": remedies.said(found, "zh"), "unverified": found.unverified}
    if case.rule == "remedies.challenge":
        return {"kind": remedies.challenge(given["act"])}
    if case.rule == "remedies.result_column":
        return {"column": remedies.result_column(given["kind"])}
    return {"counted": [".".join(cell) for cell in remedies.counts_in(Dispute(**given))]}


@pytest.mark.parametrize("case", cases("remedies"), ids=lambda case: case.title)
def test_a_remedy_is_as_the_case_says(case):
    if case.refused is None:
        assert answer(case) == case.expect
        return
    refusal(case, lambda: answer(case))


def test_every_refusal_says_itself_in_both_languages():
    said = 0
    for case in cases("remedies"):
        if case.refused and case.refused.startswith("law.remedies."):
            with pytest.raises(InvalidInput) as refusal:
                answer(case)
            for language in messages.LANGUAGES:
                assert messages.text(refusal.value.code, language, **refusal.value.facts)
                said += 1
    assert said > 30


def test_every_rule_on_remedies_has_a_good_and_a_refused_case():
    named = [name for name in rules() if name.startswith("remedies.")]
    table = cases("remedies")
    assert len(named) == 18
    assert [name for name in named if not any(case.rule == name and case.expect is not None for case in table)] == []
    assert [name for name in named if not any(case.rule == name and case.refused for case in table)] == []


def test_the_data_cites_known_articles_only():
    cited = [given["article"] for part in ("route", "court", "result") for given in data()[part]]
    cited += [given["article"] for given in data()["act"].values()]
    cited += [data()[part]["article"] for part in ("line", "told", "itself", "online", "concentrated", "strictest")]
    cited += [article for given in data()["paragraph"].values() for article in given["article"]]
    assert len(cited) > 50
    assert [article for article in cited if not is_known(article)] == []


def test_every_condition_of_a_route_or_court_is_one_that_is_asked():
    """A condition written wrongly would fit every body without a word."""
    asked = {
        "kind",
        "level",
        "in_line",
        "line",
        "government_kind",
        "parent_kind",
        "parent_government_kind",
        "seat_level",
    }
    told = {"to", "to_by_setting", "setting", "article", "status", "level_of_court"}
    keys = [(part, key) for part in ("route", "court") for given in data()[part] for key in given]
    assert len(keys) > 50
    assert [entry for entry in keys if entry[1] not in asked | told] == []


def test_every_outcome_has_a_kind_of_remedies_that_a_letter_can_print():
    kinds = {found.remedies for found in outcomes().values()}
    assert kinds - set(data()["paragraph"]) == {"by_part"}
    printed = 0
    for kind in kinds - {"by_part"}:
        found = remedies.paragraph([kind], tree()["township"], in_force(DAY), calendar())
        for language in messages.LANGUAGES:
            assert remedies.said(found, language)
            printed += 1
    assert printed == 6


def test_every_kind_of_body_and_every_vertical_line_has_a_route_and_a_court():
    kinds = {kind for route in data()["route"] for kind in route.get("kind", KINDS)}
    assert kinds == set(KINDS)
    above = tree()["state_tax"]
    for line in data()["line"]["names"]:
        body = Body("某局", "department", "county", line=line, government=tree()["county"], above=above)
        assert remedies.authority(body, in_force(DAY)).bodies == (above,)
    assert len(data()["line"]["names"]) == 5
    assert all(remedies.court(body).level in ("basic", "intermediate") for body in tree().values())


def test_every_kind_that_parts_can_have_stands_in_the_order_of_strictness():
    kinds = {found.remedies for found in outcomes().values()} - {"by_part", "setting"}
    assert sorted(data()["strictest"]["order"]) == sorted(kinds) == ["choice", "reconsideration_first"]
    assert data()["strictest"]["status"] == "ours"


def test_a_court_is_named_in_both_languages_when_the_agency_has_set_none():
    for body in ("township", "county"):
        for language in messages.LANGUAGES:
            assert messages.say(remedies.court(tree()[body]).said(), language)


@pytest.mark.parametrize(
    ("kind", "level", "line"),
    [("village", "township", None), ("department", "hamlet", None), ("department", "county", "railway")],
)
def test_a_body_of_an_unknown_kind_level_or_line_is_refused(kind, level, line):
    with pytest.raises(InvalidInput) as refusal:
        Body("某机关", kind, level, line=line)
    assert refusal.value.code == "law.remedies.body"
    assert messages.text(refusal.value.code, "en", **refusal.value.facts)


@pytest.mark.parametrize("form", form_ids())
def test_every_column_and_group_of_the_remedies_table_is_one_of_the_form_and_the_reverse(form):
    sheet = load(form)
    columns = {found.column for found in remedies.results().values()}
    groups = {
        group
        for dispute in (Dispute("upheld", "upheld"), Dispute(None, "upheld"))
        for group, _ in remedies.counts_in(dispute)
    }
    assert columns == {column.id for column in sheet.remedy_columns} - {"total"}
    assert groups == {group.id for group in sheet.remedy_groups}


def test_each_kind_of_result_is_in_one_column():
    columns = {code: found.column for code, found in remedies.results().items()}
    assert len(columns) == 14
    assert [code for code, column in columns.items() if column == "overturned"] == [
        "varied", "revoked", "declared_unlawful", "ordered_to_act", "declared_void",
    ]  # fmt: skip
    assert [code for code, column in columns.items() if column == "upheld"] == ["upheld", "claim_rejected"]
    assert [code for code, column in columns.items() if column == "other"] == [
        "application_dismissed", "terminated", "mediated", "not_accepted", "withdrawn", "settled",
    ]  # fmt: skip
    assert len({found.label("zh") for found in remedies.results().values()}) == 14


def test_the_last_days_of_a_paragraph_are_those_of_the_windows():
    served = date(2025, 12, 18)
    found = remedies.paragraph(["choice"], tree()["township"], in_force(served), calendar(), Notice(since=served))
    assert found.last_days["reconsideration"] == windows.reconsideration(served, in_force(served), calendar())
    assert found.last_days["litigation"] == windows.litigation(served, in_force(served), calendar())
    assert "2026-02-24" in remedies.said(found, "en")


def test_no_court_is_promised_for_the_suit_after_reconsideration():
    """A reconsideration that changes the act is sued itself: a township's case is then one against the county."""
    found = remedies.paragraph(
        ["choice"], tree()["township"], in_force(DAY), calendar(), Notice(court="样例县人民法院")
    )
    assert remedies.said(found, "zh").count("样例县人民法院") == 1
    assert remedies.said(found, "en").count("样例县人民法院") == 1


def test_the_state_council_may_rule_only_where_a_body_reviewed_its_own_act():
    ruled = {
        name
        for name, body in tree().items()
        if name not in ("lonely_township", "unaddressed_township", "unaddressed_county", "state_council")
        and "reconsideration_law.26" in remedies.paragraph(["choice"], body, in_force(DAY), calendar()).articles
    }
    assert ruled == {"province", "state_ministry", "state_tax", "state_justice", "customs"}


def test_no_answer_names_reconsideration_first():
    found = remedies.paragraph(["either"], tree()["township"], in_force(DAY), calendar())
    assert found.ways == ("reconsideration", "litigation")
    assert found.counted_from == "silence"


def test_a_window_says_on_which_parameters_it_rests():
    told = windows.litigation(date(2025, 8, 18), in_force(DAY), calendar())
    not_told = windows.litigation(date(2025, 8, 18), in_force(DAY), calendar(), told=False, told_on=date(2025, 12, 1))
    assert [setting.name for setting in told.settings] == ["litigation.period"]
    assert [setting.name for setting in not_told.settings] == ["litigation.period", "litigation.longest"]
    assert not_told.articles == ("litigation_law.46.1", "litigation_interpretation.64.1")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_act_has_a_name(language):
    assert len(data()["act"]) == 9
    assert all(f"law.remedies.act.{act}" in messages.catalogue(language) for act in data()["act"])


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_kind_level_and_line_of_a_body_has_a_name(language):
    lines = data()["line"]["names"]
    codes = [
        f"law.body.{what}.{one}"
        for what, all_of in (("kind", KINDS), ("level", LEVELS), ("line", lines))
        for one in all_of
    ]
    assert len(codes) == 20
    assert [code for code in codes if code not in messages.catalogue(language)] == []
