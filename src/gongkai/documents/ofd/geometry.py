"""Numbers, matrices and paths as OFD writes them; millimetres in, points out."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain, repeat
from typing import TypeAlias

POINTS = 72 / 25.4
"""Points in a millimetre."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a·x + c·y + e, y' = b·x + d·y + f."""
Point: TypeAlias = tuple[float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_PATH = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
FARTHEST = 1e6
"""Coordinates beyond this many millimetres are damage."""
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


def numbers(text: str | None) -> list[float]:
    """All numbers in an attribute; what is too large to be a place on paper counts as 0."""
    return [_sane(float(found)) for found in _NUMBER.findall(text or "")]


def matrix(text: str | None) -> Matrix:
    """A CTM, the identity where there is none or it is damaged."""
    values = numbers(text)
    return (values[0], values[1], values[2], values[3], values[4], values[5]) if len(values) == 6 else SAME


def deltas(text: str | None) -> Iterator[float]:
    """The steps between characters in DeltaX or DeltaY; `g 5 3.2` stands for five steps of 3.2.

    Lazy: a count is only a promise, and nobody needs more steps than there are characters.
    """
    words = iter((text or "").replace(",", " ").split())
    for word in words:
        if word != "g":
            yield from numbers(word)[:1]
            continue
        count, step = next(words, ""), numbers(next(words, ""))
        if count.isascii() and count.isdigit() and step:
            # More steps than any text has characters are all the same.
            yield from repeat(step[0], int(count[:9]))


def steps(text: str | None, natural: list[float]) -> Iterator[float]:
    """The step after each character: from `text` as far as it goes, then the `natural` one."""
    given = deltas(text)
    for n, step in enumerate(natural):
        found = next(given, None)
        if found is None:
            yield from chain([step], natural[n + 1 :])
            return
        yield found


def apply(m: Matrix, x: float, y: float) -> Point:
    """A point through a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def subpaths(text: str) -> Iterator[list[Point]]:
    """The corner points of each part of an AbbreviatedData path; of curves only the ends."""
    points: list[Point] = []
    tokens = _PATH.findall(text)
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        at += 1
        if operator == "C":
            if points:
                points.append(points[0])
            continue
        take = _OPERANDS.get(operator, 0)
        operands = tokens[at : at + take]
        if not take or len(operands) < take or any(one.isalpha() for one in operands):
            continue
        at += take
        end = _sane(float(operands[-2])), _sane(float(operands[-1]))
        if operator in "SM":
            if len(points) > 1:
                yield points
            points = [end]
        else:
            points.append(end)
    if len(points) > 1:
        yield points


def _sane(value: float) -> float:
    return value if math.isfinite(value) and abs(value) <= FARTHEST else 0.0
