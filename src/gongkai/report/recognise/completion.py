"""Rows that print fewer figures than columns, at no position: what the identities allow them to be.

A figure is inferred only where every completion that the identities allow gives the same value; the identities that
were used are reported as used, never as passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from gongkai.report.model import Value

Completion: TypeAlias = tuple[Value | None, ...]
"""A value a column; None where the identities leave it open."""

_MOST_MISSING = 3


def completions(printed: Sequence[Value], slots: int, sums: Sequence[tuple[Sequence[int], int]]) -> set[Completion]:
    """All rows of `slots` values that hold `printed` in order and satisfy `sums` (parts, total as positions).

    At most three values may be missing. An empty set says that nothing fits.
    """
    missing = slots - len(printed)
    if missing < 0 or missing > _MOST_MISSING:
        return set()
    found: set[Completion] = set()
    for gaps in combinations(range(slots), missing):
        row: list[Value | None] = []
        figures = iter(printed)
        for slot in range(slots):
            row.append(None if slot in gaps else next(figures))
        solved = _solve(row, sums)
        if solved is not None:
            found.add(solved)
    return found


def deletions(printed: Sequence[Value], slots: int, sums: Sequence[tuple[Sequence[int], int]]) -> set[Completion]:
    """All rows of `slots` values left when figures too many (a page number in a row) are taken out of `printed`."""
    extra = len(printed) - slots
    if extra < 1 or extra > _MOST_MISSING:
        return set()
    found: set[Completion] = set()
    for out in combinations(range(len(printed)), extra):
        row: list[Value | None] = [value for at, value in enumerate(printed) if at not in out]
        solved = _solve(row, sums)
        if solved is not None:
            found.add(solved)
    return found


def _solve(row: list[Value | None], sums: Sequence[tuple[Sequence[int], int]]) -> Completion | None:
    """Fill what the sums determine; None where a sum cannot hold with counts of zero and more."""
    for parts, total in sums:
        open_parts = [part for part in parts if row[part] is None]
        known = sum((row[part] or 0 for part in parts), Decimal(0))
        whole = row[total]
        if whole is None:
            if not open_parts:
                row[total] = _plain(known)
            continue
        rest = whole - known
        if rest < 0 or (not open_parts and rest != 0):
            return None
        if len(open_parts) == 1 or (open_parts and rest == 0):
            for part in open_parts:
                row[part] = _plain(rest)
    return tuple(row)


def agreed(candidates: set[Completion]) -> Completion | None:
    """The values on which all candidates agree, None at each position where they do not; None where there are none."""
    if not candidates:
        return None
    return tuple(values[0] if len(set(values)) == 1 else None for values in zip(*candidates, strict=True))


def _plain(value: Value) -> Value:
    return int(value) if value == int(value) else value
