"""Write docs/reference/law.md from the data of the law, its rules and their cases; with --check only compare.

python tools/law_reference.py [--check]
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LAW = ROOT / "src" / "gongkai" / "law"
CASES = ROOT / "tests" / "law" / "cases"
CITING = {"article", "articles", "basis"}
OWN_LINES = {"articles.toml", "parameters.toml", "outcomes.toml", "letters.toml"}

sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from gongkai.law.articles import Article, Instrument, instruments, written  # noqa: E402
from gongkai.law.citation import citation  # noqa: E402
from gongkai.law.parameters import Parameter, parameters  # noqa: E402
from gongkai.law.rules import Rule, rules  # noqa: E402
from gongkai.messages import text  # noqa: E402
from tools.generated import write_or_check  # noqa: E402


def page() -> str:
    """The whole page: what it is, each instrument with its articles, and the table of parameters."""
    chapters = [line for held in instruments().values() for line in chapter(held)]
    return "\n".join([*head(), *chapters, *parameter_table()]).rstrip() + "\n"


def head() -> list[str]:
    """What the page shows and how much of the Regulation is carried out."""
    held = instruments()["regulation"].articles
    computed = [number for number, of in held.items() if any(_rules(of.instrument, number))]
    listed = [number for number in held if number not in computed and any(_of("regulation", number))]
    return [
        "# The law, article by article",
        "",
        "What each article says in a line of our own, which rules of this software carry it out and on which parameters they",
        "rest, how many cases test them (good: what follows; refused: what is not possible), and what is left to people.",
        "The official texts alone are binding. 每条后面是本软件的概括，不是法条原文；以公布的文本为准。",
        "",
        f"Marks: {text('law.status.unverified', 'en')} (未核实): not read in a published text. "
        f"{text('law.status.ours', 'en').capitalize()} (本软件的理解): the law leaves it open. All else was read.",
        "",
        f"Of the {len(held)} articles of the Regulation {len(computed)} are carried out by rules and {len(listed)} more stand in tables",
        "(outcomes, letters, catalogues); of the others nothing is computed. This page is made by",
        "`python tools/law_reference.py`.",
        "",
    ]


def chapter(held: Instrument) -> list[str]:
    """An instrument: its names and dates, what cites it as a whole, and its articles."""
    lines = [f"## {held.title}", "", f"{held.english} · {_dates(held)}{_mark(held.status)}", ""]
    whole = list(_of(held.id, None))
    lines += [*whole, ""] if whole else []
    return lines + [line for article in held.articles.values() for line in section(article)]


def section(article: Article) -> list[str]:
    """An article: what it says, what carries it out, what is left to people."""
    lines = [f"### {article.citation.provision} · Article {article.number}", ""]
    lines += [f"{article.summary['zh']}{_mark(article.status)}", "", article.summary["en"], ""]
    lines += _of(article.instrument, article.number)
    if article.people["zh"]:
        lines.append(f"- Left to people: {article.people['en']} · 留给人：{article.people['zh']}")
    return [*lines, ""] if lines[-1] else lines


def _of(instrument: str, article: str | None) -> Iterator[str]:
    """The lines on what carries out an article, or what cites its instrument as a whole."""
    yield from (_rule(rule, instrument, article) for rule in _rules(instrument, article))
    for given in parameters():
        if _cites(given.article, instrument, article):
            yield f"- Parameter `{given.name}` {_name(given)}: {_value(given)}{_region(given)}{_mark(given.status)}"
    for name, table, words in (("Outcomes", "outcome", "outcomes.toml"), ("Letters", "letter", "letters.toml")):
        told = [
            f"`{entry['code']}` {entry['zh']}"
            for entry in _entries(words).get(table, ())
            if any(_cites(cited, instrument, article) for cited in _cited(entry))
        ]
        if told:
            yield f"- {name}: {', '.join(told)}"
    data = Counter(_data(instrument, article))
    if data:
        yield "- Data: " + ", ".join(f"`{file}` ({count})" for file, count in sorted(data.items()))


def _rule(rule: Rule, instrument: str, article: str | None) -> str:
    """A rule with the provisions of the article that it carries out, and its cases."""
    cited = ", ".join(
        written(found, "zh").partition("》")[2] or "全文"
        for found in rule.articles
        if _cites(found, instrument, article)
    )
    good, refused = _cases(rule.name)
    return f"- Rule `{rule.name}` ({cited}): {good} good, {refused} refused cases"


def parameter_table() -> list[str]:
    """Every parameter with its value, provision, dates, region and status, and whether an office may set it."""
    lines = [
        "## Parameters",
        "",
        f"{len(parameters())} dated values. “By the office” says what an office may set itself.",
        "",
        "| Parameter | 名称 | Name | Value | Provision | From | Before | Region | Status | By the office |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for given in parameters():
        row = (
            f"`{given.name}`", _name(given), text(f"law.parameter_name.{given.name}", "en"), _value(given),
            written(given.article, "zh"), given.since, given.until or "", given.region,
            text(f"law.status.{given.status}", "en"), "yes" if given.settable else "",
        )  # fmt: skip
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return lines


def _name(given: Parameter) -> str:
    return text(f"law.parameter_name.{given.name}", "zh")


def _value(given: Parameter) -> str:
    if given.unit == "choice":
        return f"`{given.value}` of " + ", ".join(f"`{choice}`" for choice in given.choices)
    if given.unit == "flag":
        return "yes" if given.value else "no"
    if given.unit == "month_day":
        return str(given.value)
    unit = text(f"law.unit.{given.unit}", "en")
    return f"{given.value} {unit.removesuffix('s') if given.value == 1 else unit}"


def _region(given: Parameter) -> str:
    return f" (region {given.region})" if given.region else ""


def _mark(status: str) -> str:
    return "" if status == "stated" else f" [{text(f'law.status.{status}', 'en')}]"


def _dates(held: Instrument) -> str:
    until = f", until before {held.until}" if held.until else ""
    return f"{held.number + ', ' if held.number else ''}from {held.since}{until}"


def _rules(instrument: str, article: str | None) -> list[Rule]:
    return [rule for rule in rules().values() if any(_cites(cited, instrument, article) for cited in rule.articles)]


def _cites(cited: str, instrument: str, article: str | None) -> bool:
    found = citation(cited)
    return (found.instrument, found.article) == (instrument, article)


def _cases(rule: str) -> tuple[int, int]:
    """How many cases of a rule say what follows, and how many what is refused."""
    kinds = _case_kinds()
    return kinds[rule, "expect"], kinds[rule, "refused"]


@cache
def _case_kinds() -> Counter[tuple[str, str]]:
    """How many cases each rule has of either kind."""
    table = [case for file in sorted(CASES.glob("*.toml")) for case in tomllib.loads(file.read_text("utf-8"))["case"]]
    return Counter((case["rule"], "expect" if "expect" in case else "refused") for case in table)


@cache
def _entries(name: str) -> dict[str, Any]:
    path = LAW / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _data(instrument: str, article: str | None) -> Iterator[str]:
    """The data file of each citation of an article that has no line of its own here."""
    return (name for name, cited in _cited_in_data() if _cites(cited, instrument, article))


@cache
def _cited_in_data() -> tuple[tuple[str, str], ...]:
    """Every citation in those data files, with the file's name."""
    names = [file.relative_to(LAW).as_posix() for file in sorted(LAW.rglob("*.toml"))]
    return tuple((name, cited) for name in names if name not in OWN_LINES for cited in _cited(_entries(name)))


def _cited(value: object, key: str = "") -> Iterable[str]:
    """Every citation within a table, under the keys that hold citations."""
    if isinstance(value, dict):
        return [cited for name, within in value.items() for cited in _cited(within, name)]
    if isinstance(value, list):
        return [cited for within in value for cited in _cited(within, key)]
    return [value] if isinstance(value, str) and key in CITING else []


if __name__ == "__main__":
    sys.exit(write_or_check({"law.md": page()}, __file__, sys.argv[1:]))
