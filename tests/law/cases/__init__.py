"""Tables of legal cases, one file an area, and how the tests read them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gongkai import messages
from gongkai.errors import InvalidInput

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A case: the rule, what happened, and what follows, or with which code (and under which article) it is refused."""

    area: str
    rule: str
    title: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any] | None = None
    refused: str | None = None
    article: str | None = None
    source: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@cache
def cases(area: str) -> tuple[Case, ...]:
    """The cases of one area's file in its order."""
    data = tomllib.loads((HERE / f"{area}.toml").read_text(encoding="utf-8"))
    return tuple(_case(area, given) for given in data["case"])


def all_cases() -> tuple[Case, ...]:
    """The cases of every area."""
    return tuple(case for file in sorted(HERE.glob("*.toml")) for case in cases(file.stem))


def _case(area: str, given: dict[str, Any]) -> Case:
    known = {"rule", "title", "given", "expect", "refused", "article", "source"}
    assert ("expect" in given) != ("refused" in given), given["title"]
    extra = {key: value for key, value in given.items() if key not in known}
    return Case(area, **{key: value for key, value in given.items() if key in known}, extra=extra)


def refusal(case: Case, answer: Callable[[], object]) -> InvalidInput:
    """Ask what a case says is refused; return the refusal, which has the case's code and article and words in both languages."""
    with pytest.raises(InvalidInput) as refused:
        answer()
    error = refused.value
    assert error.code == case.refused
    assert error.facts.get("article") == case.article
    said = [messages.text(error.code, language, **error.facts) for language in messages.LANGUAGES]
    assert len(set(said)) == len(messages.LANGUAGES)
    return error
