"""Letters: every outcome and every step has its letter, with its parts, and no date that the case does not hold."""

import re

import pytest

from gongkai import messages
from gongkai.law import letters
from gongkai.law.articles import is_known
from gongkai.law.events import events
from gongkai.law.fields import labels, names
from gongkai.law.outcomes import outcomes
from gongkai.law.rules import rules
from tests.law.cases import cases, refusal

LISTED = {
    "registration_form", "registration_receipt", "supplement_notice", "reasons_notice", "extension_notice",
    "third_party_consultation", "consultation_notice", "third_party_decision", "joint_consultation",
    "consultation_confirmation", "assistance_request", "transfer_list", "fee_notice", "refund_notice", "approval_form",
    "service_receipt",
}  # fmt: skip
"""The procedural letters as the rules list them; typed here so that none can vanish with its code."""


def answer(case):
    given = case.given
    if case.rule == "letters.after":
        found = letters.letters_after(given["what"])
        return {"letters": [one.code for one in found], "addressees": [one.addressee for one in found]}
    if case.rule == "letters.missing_parts":
        return {"missing": list(letters.missing_parts(given["letter"], given["fields"]))}
    if case.rule == "letters.dates_of":
        return {"dates": list(letters.dates_of(given["letter"]))}
    return {"stated": list(letters.check_dates(given["letter"], given["stated"], given["held"]))}


@pytest.mark.parametrize("case", cases("letters"), ids=lambda case: case.title)
def test_a_letter_is_as_the_case_says(case):
    if case.refused is None:
        assert answer(case) == case.expect
        return
    error = refusal(case, lambda: answer(case))
    chinese, english = (messages.text(error.code, language, **error.facts) for language in messages.LANGUAGES)
    if error.code.startswith(("law.letter.date_", "law.letter.not_")):
        assert not re.search("[A-Za-z_]{3}", chinese), "an id stands in a Chinese sentence"
        assert not re.search("[\u4e00-\u9fff]", english), "Chinese stands in an English sentence"


def test_every_rule_on_letters_has_a_good_and_a_refused_case():
    named = [name for name in rules() if name.startswith("letters.")]
    table = cases("letters")
    assert len(named) == 4
    assert [name for name in named if not any(case.rule == name and case.expect is not None for case in table)] == []
    assert [name for name in named if not any(case.rule == name and case.refused for case in table)] == []


def test_every_procedural_letter_is_there_and_an_event_calls_for_it():
    procedural = {code: found for code, found in letters.letters().items() if found.kind != "decision"}
    assert len(LISTED) == 16
    assert set(procedural) - LISTED == {"postponement_notice"}
    assert LISTED - set(procedural) == set()
    assert [code for code, found in procedural.items() if not found.after or found.outcomes] == []


def test_every_outcome_has_exactly_the_letter_that_it_names():
    told = {code: [one.code for one in letters.letters_after(code)] for code in outcomes()}
    assert len(told) == 28
    assert {code: found for code, found in told.items() if found != [outcomes()[code].letter]} == {}


def test_letters_name_known_events_outcomes_and_articles_only():
    table = letters.letters().values()
    assert len(table) == 43
    assert [name for found in table for name in found.after if name not in events()] == []
    assert [code for found in table for code in found.outcomes if code not in outcomes()] == []
    assert [cited for found in table for cited in found.articles if not is_known(cited)] == []


def test_what_a_decision_must_say_beyond_every_decision_was_asked_of_the_officer():
    anyway, seen = set(letters.letter("decision.correction").parts), 0
    for found in letters.letters().values():
        if found.kind == "decision":
            asked = {one for code in found.outcomes for one in names(outcomes()[code].requires)} | set(found.dates)
            own = set(names(found.parts)) - anyway - asked
            assert own - {"corrected_record", "competent_agency"} == set(), found.code
            seen += 1
    assert seen == 26


def test_every_decision_tells_remedies_and_no_notice_to_the_applicant_does():
    table = letters.letters().values()
    decisions = [found for found in table if found.kind == "decision"]
    others = [found for found in table if found.kind != "decision" and found.addressee == "applicant"]
    assert len(decisions) == 26
    assert len(others) >= 7
    assert [found.code for found in decisions if "remedies" not in found.parts or found.remedies == "none"] == []
    assert [found.code for found in others if "remedies" in found.parts or found.remedies != "none"] == []


def test_a_decision_carries_the_remedies_and_articles_of_its_outcome():
    compared = 0
    for found in letters.letters().values():
        for code in found.outcomes:
            assert found.remedies == outcomes()[code].remedies
            assert set(outcomes()[code].articles) <= set(found.articles)
            compared += 1
    assert compared == 28


def test_letters_to_others_have_a_document_number_and_records_have_none():
    table = letters.letters().values()
    numbered = {found.code for found in table if "document_number" in found.parts}
    assert len(numbered) > 35
    assert numbered == {found.code for found in table if found.numbered}
    assert {found.code for found in table if found.kind == "record"} & numbered == set()


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_part_stage_and_addressee_has_a_name(language):
    said = messages.catalogue(language)
    parts = {name for found in letters.letters().values() for name in (*names(found.parts), *found.dates)}
    assert len(parts) > 80
    assert all(messages.say(labels([name]), language) for name in parts)
    assert all(f"law.letter.stage.{found.stage}" in said for found in letters.letters().values())
    assert all(f"law.letter.addressee.{found.addressee}" in said for found in letters.letters().values())


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_titles_tell_the_letters_apart(language):
    titles = [found.title(language) for found in letters.letters().values()]
    assert len(titles) == len(set(titles)) == 43
