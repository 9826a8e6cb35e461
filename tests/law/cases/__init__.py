"""Tables of legal cases, one file an area, and how the tests read them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

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
