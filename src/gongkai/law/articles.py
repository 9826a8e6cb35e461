"""The instruments of law that the software carries out, and their articles in one line each of our own."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.citation import Citation, citation
from gongkai.law.status import Status, status
from gongkai.messages import Language, default_language


@dataclass(frozen=True, slots=True)
class Article:
    """An article: what it says in one line of ours, and what of it is left to people; both by language.

    `paragraphs` holds for each paragraph (款) the number of its items (项); empty where the text was not at hand.
    """

    instrument: str
    number: str
    summary: Mapping[str, str]
    people: Mapping[str, str]
    status: Status
    paragraphs: tuple[int, ...] = ()

    @property
    def citation(self) -> Citation:
        """The article as a citation."""
        return Citation(self.instrument, self.number)

    def holds(self, paragraph: str | None, item: str | None) -> bool:
        """Whether the article has a paragraph and an item; anything where its paragraphs are not known.

        An item is cited without its paragraph where only one paragraph has items.
        """
        if not self.paragraphs or paragraph is None is item:
            return True
        if paragraph is not None:
            within = int(paragraph) <= len(self.paragraphs)
            return within and (item is None or int(item) <= self.paragraphs[int(paragraph) - 1])
        listed = [items for items in self.paragraphs if items]
        return len(listed) == 1 and int(item or 0) <= listed[0]


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or notice: its full and short title, its number, its first day and the first day after its last."""

    id: str
    title: str
    short: str
    english: str
    number: str
    since: date
    until: date | None
    status: Status
    articles: Mapping[str, Article]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by its id, in the order of the data. Raises InvalidData where the file breaks its own rules."""
    data = tomllib.loads(resources.files(__package__).joinpath("articles.toml").read_text(encoding="utf-8"))
    return {name: _instrument(name, given) for name, given in data.items()}


def instrument(name: str) -> Instrument:
    """Return one instrument. Raises InvalidInput for an id that the data does not hold."""
    try:
        return instruments()[name]
    except KeyError:
        raise InvalidInput("law.instrument.unknown", given=name, known=", ".join(instruments())) from None


def article(cited: str | Citation) -> Article:
    """Return the article that a citation names. Raises InvalidInput for one that the data does not hold."""
    found = citation(cited) if isinstance(cited, str) else cited
    known = instrument(found.instrument).articles
    named = known.get(found.article or "")
    if named is None or not named.holds(found.paragraph, found.item):
        raise InvalidInput("law.article.unknown", given=str(found), known=", ".join(known))
    return named


def is_known(cited: str) -> bool:
    """Whether the data holds what a citation names: the instrument, and the article, paragraph and item if it names them."""
    found = citation(cited)
    held = instruments().get(found.instrument)
    if held is None:
        return False
    if found.article is None:
        return True
    named = held.articles.get(found.article)
    return named is not None and named.holds(found.paragraph, found.item)


def written(cited: str | Citation, language: Language | None = None) -> str:
    """A citation for people: 《条例》第三十六条第（六）项, or Regulation, art. 36(6)."""
    found = citation(cited) if isinstance(cited, str) else cited
    held = instrument(found.instrument)
    if (language or default_language()) == "zh":
        return f"《{held.short}》{found.provision}"
    number = str(found).removeprefix(found.instrument).removeprefix(".")
    return f"{held.english}, art. {number}" if number else held.english


def _instrument(name: str, given: dict[str, Any]) -> Instrument:
    try:
        return Instrument(
            name,
            given["title"],
            given["short"],
            given["english"],
            given["number"],
            given["from"],
            given.get("until"),
            status(given.get("status", "stated")),
            {number: _article(name, number, line) for number, line in given.get("articles", {}).items()},
        )
    except KeyError as missing:
        raise InvalidData("law.data.missing", file="articles.toml", entry=name, key=str(missing.args[0])) from missing


def _article(name: str, number: str, line: dict[str, Any]) -> Article:
    people = {"zh": line.get("people_zh", ""), "en": line.get("people_en", "")}
    certain, paragraphs = status(line.get("status", "stated")), tuple(line.get("paragraphs", ()))
    return Article(name, number, {"zh": line["zh"], "en": line["en"]}, people, certain, paragraphs)
