"""Words into lines, lines into text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from gongkai.documents.model import Box
from gongkai.documents.pdf.words import Word

MARGINS = 12.5
"""What a cell leaves free at its two sides, in points."""

WIDE = 1.5
"""A gap this wide, in heights of the line, stands between columns and not between words."""

LEVEL = 0.15
"""Words whose lower edges differ by no more, in heights of the taller, stand on one line however tall they are."""

_WESTERN = re.compile(r"[0-9A-Za-z.,%+\-/]")


class Line(NamedTuple):
    """One line of text with its box, in points from the page's upper left corner.

    `is_spread` says that wide gaps stand in it, as between the columns of a table without lines.
    """

    text: str
    box: Box
    is_spread: bool = False


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Group words into lines, from the top; words of a line stand from left to right."""
    if not words:
        return []
    if len(words) == 1:
        left, top, right, bottom, text, _ = words[0]
        return [Line(text, (left, top, right, bottom))]
    groups: list[list[Word]] = []
    middle = reach = 0.0
    feet: list[float] = []
    for word in sorted(words, key=_middle):
        top, bottom = word[1], word[3]
        twice = top + bottom
        height = bottom - top
        # Fonts that do not say how tall they are give each character a box of its own height: a comma's is tiny.
        if groups and (
            twice - middle <= 0.9 * min(height, reach)
            or any(abs(bottom - foot) <= LEVEL * max(height, reach) for foot in feet)
        ):
            groups[-1].append(word)
            if bottom not in feet:
                feet.append(bottom)
            continue
        groups.append([word])
        middle, reach, feet = twice, height, [bottom]
    return [_line(group) for group in groups]


def _middle(word: Word) -> float:
    return word[1] + word[3]


def _line(words: list[Word]) -> Line:
    if len(words) == 1:
        left, top, right, bottom, text, _ = words[0]
        return Line(text, (left, top, right, bottom))
    words.sort()
    left, top, right, bottom, last, _ = words[0]
    parts = [last]
    is_spread = False
    for word in words[1:]:
        start, word_top, stop, word_bottom, text, _ = word
        gap = start - right
        # Characters squeezed flat by a broken matrix have no height at all.
        heights = bottom - top, word_bottom - word_top
        height = max(min(heights), 0.5 * max(heights), 0.01)
        if gap < -0.3 * height and text == last and stop - right < 0.3 * height:
            continue  # drawn twice with a small offset to look bold
        if gap > 0.05 * height and _is_apart(last[-1], text[0], gap / height):
            parts.append(" ")
            is_spread |= gap > WIDE * height
        parts.append(text)
        last = text
        right = max(right, stop)
        top, bottom = min(top, word_top), max(bottom, word_bottom)
    return Line("".join(parts), (left, top, right, bottom), is_spread)


def _is_apart(before: str, after: str, gap: float) -> bool:
    """Whether a gap, in heights of the line, parts two words: little is enough between figures, more in Chinese."""
    western = (before < "\u2e80") + (after < "\u2e80")
    if western == 2:
        return True
    return gap > (0.45 if western else 0.6)


def joined_text(lines: Sequence[Line], start: float, end: float) -> str:
    """The text of a cell between `start` and `end`, in points: lines joined, with a space only between Western words.

    A figure that goes on in the next line is joined only where the line had no room left for another digit.
    """
    text = ""
    before: Line | None = None
    for line in lines:
        if before is not None and text and line.text and _breaks_between_words(before, line, start, end):
            text += " "
        text += line.text
        before = line
    return text


def _breaks_between_words(before: Line, after: Line, start: float, end: float) -> bool:
    last, first = before.text[-1], after.text[0]
    if not (_WESTERN.match(last) and _WESTERN.match(first)):
        return False
    if not (last.isdigit() or first.isdigit()):
        return last not in "-/"
    left, top, right, bottom = before.box
    height = bottom - top
    is_indented = left - after.box[0] > 0.5 * height
    room = end - right + MARGINS / 2 if is_indented else end - start - (right - left)
    return room > MARGINS + 0.5 * height
