"""Every message by code, in Chinese and English.

One TOML file an area in `zh/` and `en/`; a message is a template with named placeholders. A code may have
variants (`prose.cell.requests`), which stand beside it as keys of their own.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fact that is a message itself and is said in the language of the message it stands in."""

    code: str
    facts: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """A fact of several items, which the message `joint` joins: list.comma, list.semicolon or list.sum."""

    items: tuple[object, ...]
    joint: str = "list.comma"

    def __str__(self) -> str:
        """The items without a language, for logs and tracebacks."""
        return ", ".join(map(str, self.items))


def phrase(code: str, **facts: object) -> Phrase:
    """Return the message `code` with its facts, to be said later in the language that is then chosen."""
    return Phrase(code, tuple(facts.items()))


def text(code: str, language: Language | None = None, **facts: object) -> str:
    """Return the message for `code`, its placeholders filled with `facts`.

    `language` is the one chosen with `--lang` or `GONGKAI_LANG` when not given. Raises KeyError for a code
    without a message or a placeholder without a fact: both are defects, found by the tests.
    """
    language = language or default_language()
    return catalogue(language)[code].format(**{name: say(fact, language) for name, fact in facts.items()})


def say(fact: object, language: Language) -> object:
    """Return a fact as it stands in a message of `language`: phrases and listings as text, all else as it is."""
    if isinstance(fact, Phrase):
        return text(fact.code, language, **dict(fact.facts))
    if isinstance(fact, Listing):
        return text(fact.joint, language).join(str(say(item, language)) for item in fact.items)
    return fact


def default_language() -> Language:
    """Return the language named by `GONGKAI_LANG`, Chinese when it names none."""
    return "en" if os.environ.get("GONGKAI_LANG", "").lower().startswith("en") else "zh"


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Return all messages of a language, code to template."""
    messages: dict[str, str] = {}
    for file in sorted(resources.files(__package__).joinpath(language).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            _flatten(tomllib.loads(file.read_text(encoding="utf-8")), "", messages)
    return messages


def _flatten(tree: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    """Turn nested tables into dotted codes; `_` is the message of the code that the table is named for."""
    for key, value in tree.items():
        code = prefix if key == "_" else f"{prefix}.{key}" if prefix else key
        if isinstance(value, dict):
            _flatten(value, code, into)
        else:
            into[code] = str(value)
