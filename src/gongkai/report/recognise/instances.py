"""Which of several tables of the same kind is the report's own.

Files carry last year's figures, an area's beside the office's, a second report. Rows of two tables are never mixed: one is
taken whole, and where nothing tells which, none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.report.recognise.entries import Entry

_YEAR = re.compile(r"20[0-3]\d")
_LEAST_REPEATED = 3
_MOST_OF_A_PART = 5
_OTHER_YEARS = ("上年", "上一年", "去年", "往年", "附：", "附件", "附表")


@dataclass(frozen=True, slots=True)
class Choice:
    """The entries of the table chosen; `doubtful` says that another, different one could be the report's as well."""

    entries: list[Entry]
    repeated: bool = False
    doubtful: bool = False


def choose(entries: Sequence[Entry], year: int | None) -> Choice:
    """Part entries into tables where a row's label comes again, and take the table that is the report's own.

    A table whose caption names the report's year comes first, one whose caption names another year or an annex last.
    """
    tables = _parted(entries)
    if len(tables) > 1:
        # An empty specimen of the form is no table of the report.
        tables = [table for table in tables if any(map(_prints, table))] or tables[:1]
    if len(tables) == 1:
        return Choice(tables[0])
    ranked = sorted(tables, key=lambda table: -_rank(table[0].caption, year))
    first, second = ranked[0], ranked[1]
    same_rank = _rank(first[0].caption, year) == _rank(second[0].caption, year)
    return Choice(first, repeated=True, doubtful=same_rank and _figures(first) != _figures(second))


def choose_whole(entries: Sequence[Entry], year: int | None) -> Choice | None:
    """The choice among entries that each print the whole remedies table; None where fewer than two do."""
    whole = [entry for entry in entries if entry.placed or len(entry.named or ()) > _MOST_OF_A_PART]
    whole = [entry for entry in whole if _prints(entry)] or whole[:1]
    if len(whole) < 2:
        return None
    ranked = sorted(whole, key=lambda entry: -_rank(entry.caption, year))
    same_rank = _rank(ranked[0].caption, year) == _rank(ranked[1].caption, year)
    return Choice([ranked[0]], True, same_rank and _figures(ranked[:1]) != _figures(ranked[1:2]))


def _parted(entries: Sequence[Entry]) -> list[list[Entry]]:
    tables: list[list[Entry]] = [[]]
    seen: set[str] = set()
    for at, entry in enumerate(entries):
        if entry.row is not None and entry.row in seen:
            again = {later.row for later in entries[at:] if later.row in seen}
            if len(again) >= min(_LEAST_REPEATED, len(seen)):
                tables.append([])
                seen = set()
        if entry.row is not None:
            seen.add(entry.row)
        tables[-1].append(entry)
    return tables


def _prints(entry: Entry) -> bool:
    return any(piece.text for piece in entry.pieces)


def _rank(caption: str, year: int | None) -> int:
    if any(word in caption for word in _OTHER_YEARS):
        return -2
    years = {int(found) for found in _YEAR.findall(caption)}
    if not years or year is None:
        return 0
    return 1 if year in years else -1


def _figures(entries: Sequence[Entry]) -> list[tuple[str | None, list[str]]]:
    return [(entry.row, [piece.text for piece in entry.pieces]) for entry in entries]
