"""Which provision a person means: `33`, `regulation 33`, `条例 第三十三条`, 《行政复议法》第二十三条, regulation.33.2."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache

from gongkai.errors import InvalidInput
from gongkai.law.articles import Article, Instrument, instruments, written
from gongkai.law.citation import numeral
from gongkai.messages import Listing

DEFAULT = "regulation"
"""The instrument of an article that is named without one."""
NEAR = 4

_WHOLE_STATE = "中华人民共和国"
_MARKS = str.maketrans(
    {"《": "", "》": "", "（": "(", "）": ")", "　": " ", **{chr(0xFF10 + n): str(n) for n in range(10)}}
)
_ARTICLE = re.compile(
    r"(?:art(?:\.|icle)?)?\s*第?\s*(?P<number>[0-9]{1,3}|[零一二三四五六七八九十百]{1,7})\s*条?\s*"
    r"(?:(?:\.[0-9]+)?(?:\([0-9]+\))?|(?:第.{1,5}款)?(?:第.{1,7}项)?)"
)
_TAIL = re.compile(r"[\s.,，]*(?:art(?:\.|icle)?)?\s*第?[0-9零一二三四五六七八九十百]+条?.{0,12}$")


def find(words: tuple[str, ...]) -> tuple[Instrument, Article | None]:
    """Return the instrument and, where one is named, the article. Raises InvalidInput, with what comes near."""
    said = " ".join(" ".join(words).translate(_MARKS).casefold().split())
    named = max((name for name in _names() if said.startswith(name)), key=len, default="")
    rest = said[len(named) :].strip(" .,，")
    if not rest and named:
        return _names()[named], None
    match = _ARTICLE.fullmatch(rest)
    if match is None and named:
        raise InvalidInput("cli.law.no_number", given=rest, instrument=written(_names()[named].id))
    if match is None:
        raise _unknown_instrument(" ".join(words), said)
    held = _names()[named] if named else instruments()[DEFAULT]
    return held, _article(held, match["number"])


def _article(held: Instrument, number: str) -> Article:
    """The article with a number in digits or as the law writes it."""
    wanted = str(int(number)) if number.isdecimal() else number
    for known, found in held.articles.items():
        if wanted in (known, numeral(known)):
            return found
    place = int(wanted) if wanted.isdecimal() else next((n for n in range(1, 1000) if numeral(str(n)) == wanted), 0)
    nearest = sorted(held.articles, key=lambda known: abs(int(known) - place))[:NEAR]
    near = Listing(tuple(written(held.articles[known].citation) for known in sorted(nearest, key=int)))
    if not nearest:
        raise InvalidInput("cli.law.no_articles", instrument=written(held.id), id=held.id)
    raise InvalidInput("cli.law.no_article", given=number, instrument=written(held.id), near=near)


def _unknown_instrument(given: str, said: str) -> InvalidInput:
    """The refusal of an instrument nobody has registered, with those whose names come near."""
    name = _TAIL.sub("", said) or said
    close = [_names()[near] for near in get_close_matches(name, _names(), n=NEAR)]
    held = [found for known, found in _names().items() if name in known] if len(name) > 1 else []
    near = dict.fromkeys(f"{found.short} ({found.id})" for found in [*close, *held][:NEAR])
    if not near:
        return InvalidInput("cli.law.no_instrument", given=given)
    return InvalidInput("cli.law.no_instrument_near", given=given, near=Listing(tuple(near)))


@cache
def _names() -> Mapping[str, Instrument]:
    """Every name of every instrument: id, titles, number."""
    found: dict[str, Instrument] = {}
    for held in instruments().values():
        for name in (
            held.id,
            held.title,
            held.title.removeprefix(_WHOLE_STATE),
            held.short,
            held.english,
            held.number,
        ):
            if name:
                found.setdefault(" ".join(name.translate(_MARKS).casefold().split()), held)
    return found
