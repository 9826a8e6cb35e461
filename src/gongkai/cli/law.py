"""`gongkai law`: what the law says, which rules carry it out, which values it has, and what is left to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from gongkai import messages
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.sheet import hanging, rows
from gongkai.cli.terminal import say
from gongkai.errors import InvalidInput

if TYPE_CHECKING:
    from gongkai.law.articles import Article, Instrument
    from gongkai.law.parameters import Parameter
    from gongkai.law.rules import Rule


@command("law")
@click.argument("words", nargs=-1, metavar="[INSTRUMENT] [ARTICLE]")
@option("--rules", "list_rules", is_flag=True)
@option("--parameters", "list_parameters", is_flag=True)
@option("--on", "on", type=str, metavar="DATE")
@option("--region", "region", type=str, metavar="CODE")
@as_json
def law(
    words: tuple[str, ...], list_rules: bool, list_parameters: bool, on: str | None, region: str | None, as_json: bool
) -> int:
    """Show instruments, an article, the rules, or the parameters in force."""
    if bool(words) + list_rules + list_parameters > 1:
        raise InvalidInput("cli.law.either")
    if (on is not None or region is not None) and not list_parameters:
        raise InvalidInput("cli.law.only_parameters")
    if list_rules:
        _rules(as_json)
    elif list_parameters:
        _parameters(on, region or "", as_json)
    elif words:
        _provision(words, as_json)
    else:
        _instruments(as_json)
    return GOOD


def _instruments(as_json: bool) -> None:
    from gongkai.law.articles import instruments

    if as_json:
        _put({"instruments": list(map(instrument_object, instruments().values()))})
        return
    chinese = messages.default_language() == "zh"
    for held in instruments().values():
        say(hanging("", _said("listed", held=held.title if chinese else held.english, about=_about(held))))
        say(hanging("    ", _said("short", id=held.id, short=held.short, number=len(held.articles))))
    say("")
    say(hanging("", _said("hint")))


def _provision(words: tuple[str, ...], as_json: bool) -> None:
    from gongkai.cli.law_find import find
    from gongkai.law.rules import carrying_out

    held, found = find(words)
    carried = carrying_out(held.id, found.number if found else None)
    values = tuple(_values(held, found))
    if as_json:
        _put(_provision_object(held, found, carried, values))
    else:
        _print(held, found, carried, values)


def _values(held: Instrument, found: Article | None) -> Iterator[Parameter]:
    """The parameters of an article, or of a whole instrument."""
    from gongkai.law.citation import citation
    from gongkai.law.parameters import parameters

    for given in parameters():
        cited = citation(given.article)
        if cited.instrument == held.id and (found is None or cited.article == found.number):
            yield given


def _print(held: Instrument, found: Article | None, carried: Iterable[Rule], values: Iterable[Parameter]) -> None:
    from gongkai.cli import law_words
    from gongkai.law.articles import written

    language = messages.default_language()
    say(written(found.citation if found else held.id))
    say(hanging("", _said("instrument", title=held.title, about=_about(held))))
    if found:
        certain = "" if found.status == "stated" else messages.text(f"law.status.{found.status}")
        listed = (("summary", found.summary[language]), ("status", certain), ("people", found.people[language]))
        say("")
        say(rows([(_said(f"label.{name}"), value) for name, value in listed]))
    elif held.articles:
        say("")
        say(rows([(written(each.citation), each.summary[language]) for each in held.articles.values()]))
    _list(_said("label.rules"), map(_rule_words, carried))
    _list(_said("label.parameters"), ((given.name, law_words.parameter_words(given)) for given in values))


def _list(heading: str, named: Iterable[tuple[str, str]]) -> None:
    """A heading, and below it names with what they are; nothing for nothing."""
    several = list(named)
    if several:
        say(f"\n{heading}")
    for name, words in several:
        say(f"  {name}")
        say(hanging("      ", words))


def _rules(as_json: bool) -> None:
    from gongkai.law.rules import rules

    if as_json:
        _put({"rules": list(map(rule_object, rules().values()))})
        return
    for name, words in map(_rule_words, rules().values()):
        say(name)
        say(hanging("    ", words))


def _parameters(on: str | None, region: str, as_json: bool) -> None:
    from gongkai.cli import law_words
    from gongkai.law.parameters import in_force, jurisdiction, parameters

    day = law_words.given_day(on, "--on") if on else law_words.today()
    held = in_force(day, jurisdiction(region)).parameters
    named = [held[name] for name in dict.fromkeys(given.name for given in parameters()) if name in held]
    if as_json:
        objects = list(map(law_words.parameter_object, named))
        _put({"on": day.isoformat(), "region": region, "parameters": objects})
        return
    say(_said("in_force", on=law_words.day_words(day), region=region or _said("everywhere"), number=len(named)))
    _list(_said("label.parameters"), ((given.name, law_words.parameter_words(given)) for given in named))
    say(f"\n{_said('marks')}")


def instrument_object(held: Instrument) -> dict[str, Any]:
    """An instrument, for programs."""
    return {
        "id": held.id,
        "title": held.title,
        "short": held.short,
        "english": held.english,
        "number": held.number,
        "from": held.since.isoformat(),
        "until": _iso(held.until),
        "status": held.status,
        "articles": list(held.articles),
    }


def rule_object(rule: Rule) -> dict[str, Any]:
    """A rule, for programs."""
    from gongkai.cli.law_words import cited_objects

    return {
        "name": rule.name,
        "does": messages.text(f"law.rule.{rule.name}"),
        "articles": cited_objects(rule.articles),
        "parameters": list(rule.parameters),
    }


def _provision_object(
    held: Instrument, found: Article | None, carried: Iterable[Rule], values: Iterable[Parameter]
) -> dict[str, Any]:
    from gongkai.cli.law_words import parameter_object
    from gongkai.law.articles import written

    own = {
        "article": found.number if found else None,
        "written": written(found.citation if found else held.id),
        "summary": dict(found.summary) if found else None,
        "people": dict(found.people) if found else None,
        "status": found.status if found else held.status,
    }
    return {
        "instrument": instrument_object(held),
        **own,
        "rules": list(map(rule_object, carried)),
        "parameters": list(map(parameter_object, values)),
    }


def _rule_words(rule: Rule) -> tuple[str, str]:
    """A rule's name, and what it does with the provisions it carries out."""
    from gongkai.cli.law_words import provisions

    does = messages.text(f"law.rule.{rule.name}")
    return rule.name, _said("rule", does=does, articles=provisions(rule.articles))


def _about(held: Instrument) -> str:
    """Number, dates and certainty of an instrument."""
    until = _said("until", until=held.until) if held.until else ""
    certain = "" if held.status == "stated" else messages.text(f"law.status.{held.status}")
    return messages.text("list.comma").join(
        part for part in (held.number, _said("since", since=held.since), until, certain) if part
    )


def _put(said: dict[str, Any]) -> None:
    from gongkai.report.write.json import dumps

    say(dumps(said))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _said(name: str, **facts: object) -> str:
    return messages.text(f"cli.law.{name}", None, **facts)
