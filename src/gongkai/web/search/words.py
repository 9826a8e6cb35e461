"""Words as the index knows them: every text a line at a time, folded, in overlapping pairs of characters.

Pairs in their order find exactly the texts that hold the characters of a word side by side; no dictionary has to know
the word. The last character of a line has a pair with a mark, so that one character is found as well and no word is
found across two lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.law.numbers.spelling import folded, search_key

END = "\ue000"
"""What follows the last character of a line; a character of private use, which no text keeps."""
LONGEST = 60
MOST_WORDS = 8


class _Folding(dict[int, str]):
    """What each character is folded to, found out when it first comes."""

    def __missing__(self, point: int) -> str:
        sign = chr(point)
        found = "" if sign == END or 0xD800 <= point < 0xE000 else folded(sign)
        self[point] = found
        return found


_FOLDING = _Folding()


def fold(line: str) -> str:
    """A line as it is compared: half width, capitals, no blanks, one kind of bracket, hyphen and slash."""
    return line.translate(_FOLDING)


def lines(text: str) -> Iterator[str]:
    """The folded lines of a text that hold something."""
    return filter(None, map(fold, text.splitlines()))


def pairs(line: str) -> list[str]:
    """The pairs of a folded line, the mark of the end in the last one."""
    marked = line + END
    return [marked[at : at + 2] for at in range(len(line))]


def indexed(texts: Iterable[str]) -> str:
    """Texts as the index takes them: all pairs, parted by blanks."""
    return " ".join(pair for text in texts for line in lines(text) for pair in pairs(line))


def asked(given: str) -> tuple[str, ...]:
    """The words of what somebody typed, each folded and once; all of them are looked for. Not all of very many."""
    found = (fold(word) for word in given[:LONGEST].split())
    return tuple(dict.fromkeys(word for word in found if word))[:MOST_WORDS]


def number(text: str) -> str:
    """A document or index number as it is found in every spelling."""
    return fold(search_key(text))
