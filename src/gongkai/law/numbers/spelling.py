"""The spellings of a number: full-width or not, any brackets, any hyphen, with or without spaces."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_UNSEEN = ("Cc", "Cf")


def folded(text: str) -> str:
    """Return a text in half width and capitals, without spaces, with one kind of bracket, hyphen and slash."""
    return "".join(map(_character, text)).upper().translate(_signs())


def search_key(text: str) -> str:
    """Return the form under which an index number or a document number is found in any spelling.

    Other text is folded in the same way; zeros before the serial of a document number are left out.
    """
    return _serial().sub(r"\1\2\3", folded(text))


@cache
def data() -> Mapping[str, Any]:
    """The file of numbers as it stands."""
    return tomllib.loads(resources.files(__package__).joinpath("numbers.toml").read_text(encoding="utf-8"))


@lru_cache
def _character(given: str) -> str:
    """A full-width character in half width; nothing for a space or a character that cannot be seen."""
    narrow = unicodedata.normalize("NFKC", given) if unicodedata.east_asian_width(given) == "F" else given
    return "".join(one for one in narrow if not one.isspace() and unicodedata.category(one) not in _UNSEEN)


@cache
def _signs() -> Mapping[int, str]:
    """Every bracket, hyphen and slash to the one that stands for its kind."""
    spelling, form = data()["spelling"], data()["document_number"]
    kinds = {"opening": form["opening"], "closing": form["closing"], "hyphen": None, "slash": None}
    return {ord(sign): one or spelling[kind][0] for kind, one in kinds.items() for sign in spelling[kind]}


@cache
def _serial() -> re.Pattern[str]:
    """A year in brackets, and the serial after it with what may stand before its first digit that counts."""
    form = data()["document_number"]
    year = f"{re.escape(form['opening'])}[0-9]{{{form['year_digits']}}}{re.escape(form['closing'])}"
    return re.compile(f"({year}){form['ordinal']}?0*([0-9]+)({form['unit']})")
