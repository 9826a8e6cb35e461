"""Entries of the remedies table: which group and which result each figure stands under, by the headings' own words.

The official sheet is one row of fifteen figures. Published ones also set the groups or the results one under the other,
or in another order; a figure is placed by the words over it and beside it, by its number only where these say nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from gongkai.documents.model import Cell
from gongkai.report.form import form_ids, load
from gongkai.report.recognise.entries import Entry, Look, Piece
from gongkai.report.recognise.labels import fold

_FORM = load(form_ids()[-1])
RESULTS = {fold(word): column.id for column in _FORM.remedy_columns for word in (column.label, *column.spellings)}
_OFFICIAL = tuple(column.id for column in _FORM.remedy_columns)
GROUPS = {fold(group.label): group.id for group in _FORM.remedy_groups}
CELLS = len(_FORM.cell_ids("remedies"))


@dataclass(slots=True)
class RemedyHeadings:
    """The headings met so far: result by column, groups with their first and last column."""

    results: dict[int, str] = field(default_factory=dict)
    groups: list[tuple[int, int, str]] = field(default_factory=list)

    def take(self, results: Iterable[tuple[int, str]], groups: Iterable[tuple[int, int, str]]) -> None:
        """Take a row of headings: the result named by column, the groups with first and last column."""
        self.results.update(results)
        for first, last, group in groups:
            self._take_group(first, last, group)

    def _take_group(self, first: int, last: int, group: str) -> None:
        """Take a group's heading; some tables repeat it in every column and row that it spans."""
        for at, (begins, ends, name) in enumerate(self.groups):
            if name == group and begins <= first <= ends + 1:
                self.groups[at] = (begins, max(ends, last), name)
                return
        self.groups.append((first, last, group))

    def entry(self, cells: list[Cell], looks: list[Look], table: int) -> Entry | None:
        """Make an entry of a row of figures; None for a row that holds none."""
        words = [fold(cell.text) for cell, seen in zip(cells, looks, strict=True) if seen.kind == "words"]
        beside_group = next((GROUPS[word] for word in words if word in GROUPS), None)
        beside_result = next((RESULTS[word] for word in words if word in RESULTS), None)
        if not any(seen.kind == "figure" for seen in looks):
            blank_row = len(self.results) == CELLS and not words
            if not blank_row and not beside_group and not beside_result:
                return None
        columns = sorted(self.results)
        by_column = {cell.column: cell for cell in cells}
        whole = beside_group or beside_result or all(column in by_column for column in columns)
        named = self._named(cells, looks, beside_group, beside_result) if whole else None
        if named is not None:
            return Entry("", None, list(named.values()), table=table, named=named)
        ordered = self._in_official_order() and not beside_group and not beside_result
        outside = any(
            seen.kind == "figure" and cell.column not in self.results for cell, seen in zip(cells, looks, strict=True)
        )
        if len(columns) == CELLS and not outside and all(column in by_column for column in columns):
            return Entry("", None, [by_column[column] for column in columns], ordered, table, ordered=ordered)
        figures: list[Piece] = [cell for cell, seen in zip(cells, looks, strict=True) if seen.kind != "words"]
        return Entry("", None, figures, table=table, ordered=ordered)

    def _named(
        self, cells: list[Cell], looks: list[Look], beside_group: str | None, beside_result: str | None
    ) -> dict[str, Piece] | None:
        """The cells by group and result, None where the headings leave one of the figures without its name."""
        named: dict[str, Piece] = {}
        for cell, seen in zip(cells, looks, strict=True):
            result = self.results.get(cell.column) if beside_result is None else beside_result
            group = beside_group or self._group_over(cell.column, alone=beside_result is not None)
            if group is None or result is None:
                if seen.kind == "figure":
                    return None
                continue
            name = f"remedies.{group}.{result}"
            if name in named:
                return None
            if seen.kind != "words" or cell.column in self.results:
                named[name] = cell
        return named or None

    def _group_over(self, column: int, *, alone: bool) -> str | None:
        """The group whose heading spans a column; a heading of one column only names it where results stand beside."""
        over = [group for first, last, group in self.groups if first <= column <= last and (last > first or alone)]
        return over[0] if len(over) == 1 else None

    def _in_official_order(self) -> bool:
        """Whether the headings' words, as far as they are known, follow the official sheet."""
        results = [self.results[column] for column in sorted(self.results)]
        official = _OFFICIAL
        groups = [group for _, _, group in sorted(self.groups)]
        return (
            all(result == official[at % len(official)] for at, result in enumerate(results))
            and len(results) % len(official) == 0
            and (len(set(groups)) < len(GROUPS) or groups == list(GROUPS.values()))
        )


@cache
def official_groups() -> tuple[str, ...]:
    """The folded names of the groups in the sheet's order."""
    return tuple(GROUPS)


def says_another_order(wording: list[str]) -> bool:
    """Whether the text around the figures names the groups in another order than the sheet."""
    text = "\n".join(wording)
    places = [text.find(name) for name in official_groups()]
    return -1 not in places and places != sorted(places)


def names_a_result(label: str) -> bool:
    """Whether a label holds the name of a result: figures after it are no part of a row that began before it."""
    return any(name in label for name in RESULTS)
