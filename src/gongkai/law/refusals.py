"""A refusal of the law as a person reads it: things by their names, and the provision at the end."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai import messages
from gongkai.errors import GongkaiError
from gongkai.law.articles import written
from gongkai.messages import Language, default_language

ARTICLE = "article"
NAMES: Mapping[str, str] = {
    "event": "law.event",
    "awaited": "law.event",
    "state": "law.state",
    "unit": "law.unit",
    "name": "law.parameter_name",
    "before": "law.channel.day",
    "after": "law.channel.day",
}
"""Facts that are codes, to the messages that name them."""


def sentence(error: GongkaiError, language: Language | None = None) -> str:
    """What is wrong, what to do, and under which provision; the code with its facts where no message fits them."""
    language = language or default_language()
    facts = {name: _named(name, fact, language) for name, fact in error.facts.items()}
    try:
        said = messages.text(error.code, language, **facts)
    except (KeyError, IndexError, ValueError):
        return str(error)
    if ARTICLE not in facts or f"{{{ARTICLE}}}" in messages.catalogue(language)[error.code]:
        return said
    return messages.text("law.error.article", language, sentence=said, article=facts[ARTICLE])


def _named(name: str, fact: object, language: Language) -> object:
    """A fact by the name that people have for it; what has none stays as it is."""
    if not isinstance(fact, str):
        return fact
    if name == ARTICLE:
        return _cited(fact, language)
    return messages.catalogue(language).get(f"{NAMES.get(name)}.{fact}", fact)


def _cited(article: str, language: Language) -> str:
    try:
        return written(article, language)
    except GongkaiError:
        return article
