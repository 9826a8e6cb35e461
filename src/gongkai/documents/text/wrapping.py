"""Tells lines that the layout broke from lines that the writer ended."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

SLACK = 8
"""How much shorter than the full width a broken line may be, in half-width columns."""
LEAST_LINES = 4
SHORTEST, LONGEST = 30, 240

_ENDS = "。！？：!?"


def broken_lines(lines: Sequence[str]) -> list[bool]:
    """For each line whether the layout broke it: it is about as wide as many others, and its sentence is not over."""
    widths = [_width(line.strip()) if len(line) <= LONGEST else LONGEST + 1 for line in lines]
    full = _full_width(widths)
    if full is None:
        return [False] * len(lines)
    return [
        full - SLACK <= width <= full and line.rstrip()[-1] not in _ENDS
        for line, width in zip(lines, widths, strict=True)
    ]


def _full_width(widths: list[int]) -> int | None:
    """The width at which the layout broke lines: that of the widest, where many others reach it."""
    widest = max(widths, default=0)
    if not SHORTEST <= widest <= LONGEST:
        return None
    near = sum(1 for width in widths if width >= widest - SLACK)
    long = sum(1 for width in widths if width > widest // 2)
    return widest if near >= LEAST_LINES and near * 2 >= long else None


def _width(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line)
