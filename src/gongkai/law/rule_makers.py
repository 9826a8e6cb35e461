"""Which agencies may make rules (规章); all others make normative documents at most."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.law.rules import carries_out

_ARTICLES = ("legislation_law.91", "legislation_law.93")


@carries_out(*_ARTICLES, name="rule_makers.basis")
def basis(kind: str, level: str) -> str:
    """Return the provision by which an agency of a kind and level makes rules (规章).

    Raises InvalidInput for an agency that makes none.
    """
    for maker in _makers():
        if maker["kind"] == kind and level in maker.get("levels", [level]):
            return str(maker["article"])
    raise InvalidInput("law.rule_makers.none", article=_ARTICLES[-1], kind=kind, level=level)


@cache
def _makers() -> Sequence[dict[str, Any]]:
    data = tomllib.loads(resources.files(__package__).joinpath("rule_makers.toml").read_text(encoding="utf-8"))
    return tuple(data["maker"])
