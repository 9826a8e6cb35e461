"""The words of a page: runs of characters without a gap, each with its box.

A word is asked for the boxes of its first and last character only; all its characters are asked for where the two do
not explain its width, or where it crosses a ruling line.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from itertools import pairwise, repeat
from typing import NamedTuple, TypeAlias

from gongkai.documents.model import Box
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.frame import Frame

Word: TypeAlias = tuple[float, float, float, float, str, int]
"""Left, top, right, bottom, text, index of the first character on the page (-1 where it is not one run)."""

_RUN = re.compile(r"[^\s\x00-\x1f\xa0\u200b\ufeff]+")
_ODD = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_STRANGE = re.compile("[\u00a1-\u00b6\u00b8-\u00d6\u00d8-\u024f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MARKS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65535), "�") | {2: "-", 0xFFFE: "-"}
"""A character without meaning must not vanish; PDFium marks a hyphen at the end of a line with a code of its own."""


class PageText(NamedTuple):
    """What stands on a page: its words, how many characters it has, how many of them have no meaning (`odd`)
    or are accented Latin letters (`strange`).

    `slanted` are words at an angle (watermarks), which belong to no line.
    """

    words: list[Word]
    characters: int
    odd: int
    strange: int
    slanted: list[Word]


def page_text(text_page: pdf.Handle, frame: Frame) -> PageText:
    """Read the words of a page, those outside its visible part left out."""
    count: int = pdf.count_characters(text_page)
    if count < 1:
        return PageText([], 0, 0, 0, [])
    text = _text(text_page, count)
    spans, indices = _runs(text)
    if any(map(pdf.has_map_error, repeat(text_page), indices[: len(spans)])):
        text = _unmapped_marked(text_page, text)
        spans, indices = _runs(text)
    odd = len(_ODD.findall(text))
    boxes = character_boxes(text_page, indices, frame)
    ends = iter(boxes[len(spans) :])
    words: list[Word] = []
    slanted: list[Word] = []
    width, height = frame.width, frame.height
    for (start, end), (left, top, right, bottom) in zip(spans, boxes, strict=False):
        if end - start > 1:
            last = next(ends)
            run = text[start:end]
            if not _is_plain(run, left, top, right, bottom, last):
                pieces = _pieces(text_page, run, start, frame)
                if pieces is None:
                    slanted.append((left, top, last[2], last[3], run, start))
                else:
                    words += [word for word in pieces if _is_visible(word, width, height)]
                continue
            if last[1] < top:
                top = last[1]
            if last[3] > bottom:
                bottom = last[3]
            right = last[2]
        else:
            run = text[start]
        if 0 <= left + right <= 2 * width and 0 <= top + bottom <= 2 * height:
            words.append((left, top, right, bottom, run, start))
    return PageText(words, count, odd, len(_STRANGE.findall(text)), slanted)


def character_boxes(text_page: pdf.Handle, indices: list[int] | range, frame: Frame) -> list[Box]:
    """The boxes of the characters at `indices`: advance width wide, as tall as their font."""
    count = len(indices)
    buffer = (ctypes.c_float * (4 * count))()
    address = ctypes.addressof(buffer)
    deque(map(pdf.loose_box, repeat(text_page), indices, range(address, address + 16 * count, 16)), maxlen=0)
    values = buffer[:]
    lefts, tops, rights, bottoms = values[::4], values[1::4], values[2::4], values[3::4]
    if frame.turns:
        return [frame.box(*box) for box in zip(lefts, bottoms, rights, tops, strict=True)]
    x, y = frame.left, frame.top
    return [
        (left - x, y - top, right - x, y - bottom)
        for left, top, right, bottom in zip(lefts, tops, rights, bottoms, strict=True)
    ]


def cut_word(text_page: pdf.Handle, word: Word, borders: list[float], frame: Frame) -> list[Word]:
    """Cut a word at those of the vertical `borders` at which no character stands across the line."""
    left, top, right, bottom, text, start = word
    if start < 0 or len(text) < 2:
        return [word]
    boxes = character_boxes(text_page, range(start, start + len(text)), frame)
    pieces: list[Word] = []
    begin = 0
    for at in range(1, len(text)):
        edge_before, edge_after = boxes[at - 1][2], boxes[at][0]
        slack = 0.2 * max(boxes[at][2] - edge_after, edge_before - boxes[at - 1][0])
        if any(edge_before - slack <= border <= edge_after + slack for border in borders):
            pieces.append((boxes[begin][0], top, boxes[at - 1][2], bottom, text[begin:at], start + begin))
            begin = at
    pieces.append((boxes[begin][0] if begin else left, top, right, bottom, text[begin:], start + begin))
    return pieces


def _text(text_page: pdf.Handle, count: int) -> str:
    """The page's text with exactly one character for each of PDFium's `count` characters."""
    buffer = (ctypes.c_ushort * (count + 1))()
    got: int = pdf.get_text(text_page, 0, count, buffer)
    text = bytes(buffer)[: 2 * (got - 1)].decode("utf-16-le", "replace") if got > 0 else ""
    if len(text) != count:
        codes = map(pdf.get_unicode, repeat(text_page), range(count))
        text = "".join([chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes])
    return text.translate(_MARKS) if _CONTROL.search(text) else text


def _unmapped_marked(text_page: pdf.Handle, text: str) -> str:
    """The text with U+FFFD for each character whose font does not say what it means; PDFium would give any other."""
    errors = map(pdf.has_map_error, repeat(text_page), range(len(text)))
    return "".join(["\ufffd" if error else character for character, error in zip(text, errors, strict=True)])


def _runs(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Where the runs without a gap begin and end; the indices of their first and, after all those, last characters."""
    spans = [match.span() for match in _RUN.finditer(text)]
    indices = [start for start, _ in spans]
    indices += [end - 1 for start, end in spans if end - start > 1]
    return spans, indices


def _is_visible(word: Word, width: float, height: float) -> bool:
    return 0 <= word[0] + word[2] <= 2 * width and 0 <= word[1] + word[3] <= 2 * height


def _is_plain(run: str, left: float, top: float, right: float, bottom: float, last: Box) -> bool:
    """Whether first and last box explain the run: on one line, and as wide as its characters should be."""
    height = bottom - top
    if abs(top + bottom - last[1] - last[3]) > 0.4 * height:
        return False
    narrow = len(run.encode("ascii", "ignore"))
    wide = len(run) - narrow
    if wide:
        em = max(right - left, last[2] - last[0])
        extent = (last[2] - left) / em if em else 0.0
        return 0.8 * wide + 0.1 * narrow <= extent <= 1.12 * wide + 0.75 * narrow + 0.1
    em = right - left
    return 0.0 < last[2] - left <= (0.75 * height + 0.1) * narrow if em else False


def _pieces(text_page: pdf.Handle, run: str, start: int, frame: Frame) -> list[Word] | None:
    """Cut a run where its characters do not follow one another on a line; None where it is written at an angle."""
    angle = float(pdf.character_angle(text_page, start))
    if angle >= 0 and abs((angle + 0.785398) % 1.570796 - 0.785398) > 0.05:
        return None
    boxes = character_boxes(text_page, range(start, start + len(run)), frame)
    if _rises(boxes):
        left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
        return [(left, boxes[-1][1], right, boxes[0][3], run, -1)]
    words: list[Word] = []
    for at, (character, box) in enumerate(zip(run, boxes, strict=True), start):
        left, top, right, bottom = box
        if words:
            was = words[-1]
            height = max(min(bottom - top, was[3] - was[1]), 1.0)
            gap = left - was[2]
            if abs(top + bottom - was[1] - was[3]) <= 0.6 * height:
                width = right - left
                if character == was[4][-1] and abs(left - (was[2] - width)) < 0.3 * width:
                    continue  # drawn twice with a small offset to look bold
                if -0.5 * width <= gap <= 0.2 * height:
                    contiguous = was[5] >= 0 and was[5] + len(was[4]) == at
                    words[-1] = (
                        was[0],
                        min(was[1], top),
                        right,
                        max(was[3], bottom),
                        was[4] + character,
                        was[5] if contiguous else -1,
                    )
                    continue
        words.append((left, top, right, bottom, character, at))
    return words


def _rises(boxes: list[Box]) -> bool:
    """Whether the characters stand above one another, read from the bottom up (a label turned by a quarter)."""
    return len(boxes) > 1 and all(
        above[3] <= below[3] - 0.3 * (below[3] - below[1]) and abs(above[0] - below[0]) < 0.5 * (below[2] - below[0])
        for below, above in pairwise(boxes)
    )
