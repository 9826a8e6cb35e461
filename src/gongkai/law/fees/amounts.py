"""Amounts in fen as people write them: yuan with two decimals, and in words (人民币大写)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.law.fees.tariff import data
from gongkai.law.rules import carries_out

_ARTICLE = "payment_rules"


def yuan(fen: int) -> str:
    """Return an amount in fen as yuan with two decimals: 8346000 is 83460.00. Raises InvalidInput for no whole amount."""
    whole, rest = divmod(_whole(fen), int(data()["words"]["fen_a_yuan"]))
    jiao, fen = divmod(rest, int(data()["words"]["fen_a_jiao"]))
    return f"{whole}.{jiao}{fen}"


@carries_out(_ARTICLE, name="fees.amount_in_words")
def amount_in_words(fen: int) -> str:
    """Return an amount in fen in words, as bills name it: 550000 is 人民币伍仟伍佰元整.

    A zero that may be left out is left out, and so is 整 after 角. Raises InvalidInput for a negative amount, one that is
    not whole, and one of more places than there are words for.
    """
    words = data()["words"]
    whole, rest = divmod(_whole(fen), int(words["fen_a_yuan"]))
    jiao, last = divmod(rest, int(words["fen_a_jiao"]))
    said = _integer(str(whole), words) + words["yuan"] if whole or not rest else ""
    if jiao:
        said += words["digits"][jiao] + words["jiao"]
    elif last and whole:
        said += words["digits"][0]
    if last:
        said += words["digits"][last] + words["fen"]
    return str(words["before"] + said + ("" if rest else words["whole"]))


def _integer(digits: str, words: Mapping[str, Any]) -> str:
    """A whole number in words, by groups of so many digits as there are places."""
    size = len(words["places"])
    if len(digits) > size * len(words["groups"]):
        raise InvalidInput("law.fees.amount_size", article=_ARTICLE, digits=len(digits))
    padded = digits.zfill(size * len(words["groups"]))
    groups = [padded[at : at + size] for at in range(0, len(padded), size)]
    said, gap = "", False
    for group, name in zip(groups, reversed(words["groups"]), strict=True):
        for digit, place in zip(group, reversed(words["places"]), strict=True):
            if digit == "0":
                gap = bool(said)
                continue
            said += (words["digits"][0] if gap else "") + words["digits"][int(digit)] + place
            gap = False
        if group.strip("0"):
            said, gap = said + name, False
    return said or str(words["digits"][0])


def _whole(fen: int) -> int:
    if type(fen) is not int or fen < 0:
        raise InvalidInput("law.fees.amount", article=_ARTICLE, given=fen)
    return fen
