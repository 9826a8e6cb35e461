"""The rules by name: which function carries out which article, on which parameters it rests.

A rule is a pure function marked with `carries_out`; the mark costs nothing when the rule is called.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

from gongkai.errors import InvalidData
from gongkai.law.articles import is_known
from gongkai.law.citation import citation

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name (`deadlines.answer`), the provisions it carries out, the parameters it uses, its function."""

    name: str
    articles: tuple[str, ...]
    parameters: tuple[str, ...]
    function: Callable[..., Any]


_RULES: dict[str, Rule] = {}


def carries_out(*articles: str, name: str, parameters: tuple[str, ...] = ()) -> Callable[[Function], Function]:
    """Mark a function as the rule `name`, which carries out these provisions with these parameters.

    Raises InvalidData for a rule without an article, with an unknown article, or with a name already taken.
    """

    def mark(function: Function) -> Function:
        unknown = [given for given in articles if not is_known(given)]
        taken = name in _RULES and _place(_RULES[name].function) != _place(function)
        if not articles or unknown or taken:
            raise InvalidData("law.rule.invalid", name=name, articles=", ".join(unknown))
        _RULES[name] = Rule(name, articles, parameters, function)
        return function

    return mark


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of the package by name; its modules are imported for it."""
    package = import_module(__package__)
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        import_module(module.name)
    return MappingProxyType(dict(sorted(_RULES.items())))


def carrying_out(instrument: str, article: str | None = None) -> tuple[Rule, ...]:
    """The rules that carry out an article or a part of it, or anything of an instrument where no article is given."""
    return tuple(
        rule for rule in rules().values() if any(_within(cited, instrument, article) for cited in rule.articles)
    )


def _place(function: Callable[..., Any]) -> tuple[str, str]:
    """Where a function is written; a module that is loaded again marks the same ones."""
    return function.__module__, function.__qualname__


def _within(cited: str, instrument: str, article: str | None) -> bool:
    found = citation(cited)
    return found.instrument == instrument and article in (None, found.article)
