"""How a provision is written: `regulation.16.2` in data and code, 《条例》第十六条第二款 for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from gongkai.errors import InvalidData

_NUMBER = r"[1-9][0-9]{0,2}"
_FORM = re.compile(
    rf"(?P<instrument>[a-z0-9_]+)"
    rf"(?:\.(?P<article>{_NUMBER})(?:\.(?P<paragraph>{_NUMBER}))?(?:\((?P<item>{_NUMBER})\))?)?"
)
_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百")


@dataclass(frozen=True, slots=True)
class Citation:
    """A provision: an instrument, and within it an article (条), a paragraph (款) and an item (项) where they are named."""

    instrument: str
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None

    def __str__(self) -> str:
        article = f".{self.article}" if self.article else ""
        paragraph = f".{self.paragraph}" if self.paragraph else ""
        item = f"({self.item})" if self.item else ""
        return f"{self.instrument}{article}{paragraph}{item}"

    @property
    def provision(self) -> str:
        """The provision without its instrument, as the law is cited: 第三十六条第（六）项; empty for a whole instrument."""
        parts = ((self.article, "第{}条"), (self.paragraph, "第{}款"), (self.item, "第（{}）项"))
        return "".join(form.format(numeral(number)) for number, form in parts if number)


@cache
def citation(written: str) -> Citation:
    """Read `instrument[.article[.paragraph][(item)]]`. Raises InvalidData for anything else."""
    match = _FORM.fullmatch(written)
    if match is None:
        raise InvalidData("law.citation.form", given=written)
    return Citation(**match.groupdict())


def numeral(number: str) -> str:
    """A number from 1 to 999 in ASCII digits, as the law writes it: 36 is 三十六, 10 is 十, 105 is 一百零五.

    Raises InvalidData for anything else.
    """
    if re.fullmatch(_NUMBER, number) is None:
        raise InvalidData("law.citation.form", given=number)
    places = zip(reversed(range(len(number))), number, strict=True)
    written = "".join(_DIGITS[int(digit)] + _PLACES[place] if digit != "0" else "零" for place, digit in places)
    written = written.rstrip("零")
    return written.removeprefix("一") if written.startswith("一十") else written
