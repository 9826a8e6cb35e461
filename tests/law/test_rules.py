"""The registry of rules: every rule names what it carries out and what it rests on."""

import inspect
from dataclasses import is_dataclass

import pytest

from gongkai.errors import InvalidData
from gongkai.law import rules as module
from gongkai.law.articles import is_known
from gongkai.law.parameters import parameters
from gongkai.law.rules import carries_out, carrying_out, rules


@pytest.fixture
def registry(monkeypatch):
    """An empty registry in place of the law's own."""
    held = {}
    monkeypatch.setattr(module, "_RULES", held)
    return held


def answer(received):
    return received


def test_the_mark_registers_a_rule_and_leaves_the_function_as_it_is(registry):
    marked = carries_out("regulation.33.2", "regulation.33.3", name="made.answer", parameters=("answer.period",))(
        answer
    )
    assert marked is answer
    assert list(registry) == ["made.answer"]
    rule = registry["made.answer"]
    assert rule.articles == ("regulation.33.2", "regulation.33.3")
    assert (rule.parameters, rule.function) == (("answer.period",), answer)


@pytest.mark.parametrize(
    ("articles", "unknown"),
    [((), ""), (("regulation.57",), "regulation.57"), (("regulation.2", "charter.1", "regulation.33.4"), "charter.1, regulation.33.4")],
    ids=["没有依据", "没有这一条", "两处依据都没有"],
)  # fmt: skip
def test_a_rule_without_a_known_provision_is_refused(registry, articles, unknown):
    with pytest.raises(InvalidData) as refused:
        carries_out(*articles, name="made.answer")(answer)
    assert refused.value.code == "law.rule.invalid"
    assert refused.value.facts == {"name": "made.answer", "articles": unknown}
    assert registry == {}


def test_a_name_belongs_to_one_function(registry):
    carries_out("regulation.2", name="made.answer")(answer)
    carries_out("regulation.2", name="made.answer")(answer)
    assert registry["made.answer"].function is answer

    def other(received):
        return received

    other.__qualname__, other.__module__ = answer.__qualname__, "elsewhere"
    with pytest.raises(InvalidData) as refused:
        carries_out("regulation.2", name="made.answer")(other)
    assert refused.value.code == "law.rule.invalid"
    assert registry["made.answer"].function is answer


def test_the_rules_of_the_law_are_named_for_their_area_and_stand_in_order():
    found = rules()
    assert len(found) >= 40
    assert list(found) == sorted(found)
    assert [name for name, rule in found.items() if rule.name != name or name.count(".") != 1] == []
    areas = {name.partition(".")[0] for name in found}
    assert len(areas) >= 4
    with pytest.raises(TypeError):
        found["made"] = None


def test_every_rule_carries_out_known_provisions_with_known_parameters():
    known = {given.name for given in parameters()}
    provisions = [(rule.name, cited) for rule in rules().values() for cited in rule.articles]
    resting = [(rule.name, name) for rule in rules().values() for name in rule.parameters]
    assert len(provisions) >= 60
    assert len(resting) >= 30
    assert [entry for entry in provisions if not is_known(entry[1])] == []
    assert [entry for entry in resting if entry[1] not in known] == []
    assert [rule.name for rule in rules().values() if len(set(rule.articles)) != len(rule.articles)] == []


def test_every_rule_is_a_documented_function_of_its_arguments():
    found = rules().values()
    assert len(found) >= 40
    assert [rule.name for rule in found if not (rule.function.__doc__ or "").strip()] == []
    assert [rule.name for rule in found if not rule.function.__module__.startswith("gongkai.law.")] == []
    open_ended = [
        rule.name
        for rule in found
        if not is_dataclass(rule.function)
        and any(
            given.annotation is inspect.Parameter.empty
            for given in inspect.signature(rule.function).parameters.values()
            if given.name != "self"
        )
    ]
    assert open_ended == []


def test_every_parameter_is_used_by_a_rule():
    used = {name for rule in rules().values() for name in rule.parameters}
    names = {given.name for given in parameters()}
    assert len(names) >= 50
    assert sorted(names - used) == []


def test_rules_are_found_by_article_and_by_instrument():
    of_article = {rule.name for rule in carrying_out("regulation", "33")}
    of_instrument = {rule.name for rule in carrying_out("regulation")}
    assert of_article
    assert of_article < of_instrument
    assert of_article == {
        rule.name for rule in rules().values() if any(cited.startswith("regulation.33") for cited in rule.articles)
    }
    assert carrying_out("regulation", "3") == ()
    assert carrying_out("fee_measure")
