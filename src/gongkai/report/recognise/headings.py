"""Rows of headings in a grid: which table they are of and what stands over which column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from gongkai.report.form import TableName
from gongkai.report.recognise.entries import look
from gongkai.report.recognise.labels import fold, proactive_column
from gongkai.report.recognise.remedies import GROUPS, RESULTS
from gongkai.report.recognise.vocabulary import vocabulary

Printed: TypeAlias = tuple[str, int, int]
"""A heading's text, its column, the number of columns it spans."""


class HeadingRow(NamedTuple):
    """What a row of headings says; only the fields of its table are filled.

    `applicants` are columns of the requests table with the grid's column; `columns` are first and last column of each
    heading of the proactive table, `heads` the column it names; `results` and `groups` (first column, last column, group)
    are of the remedies table.
    """

    table: TableName
    words: tuple[str, ...]
    applicants: tuple[tuple[str, int], ...] = ()
    columns: Mapping[int, int] = {}
    heads: Mapping[int, str | None] = {}
    results: tuple[tuple[int, str], ...] = ()
    groups: tuple[tuple[int, int, str], ...] = ()


@lru_cache(maxsize=4096)
def heading_row(row: tuple[Printed, ...]) -> HeadingRow | None:
    """Read a row of headings; None where the row is none. Most reports print the same dozen, so they are kept."""
    looks = [look(text) for text, _, _ in row]
    named = [
        (seen.known.column, column) for seen, (_, column, _) in zip(looks, row, strict=True) if seen.known.column
    ]
    signal: TableName | None = next((seen.known.signal for seen in looks if seen.known.signal), None)
    if any(seen.kind == "figure" for seen in looks) or (not signal and len(named) < 2):
        return None
    if any(seen.known.row and not seen.known.column and not seen.known.signal for seen in looks):
        return None
    words = tuple(fold(text) for text, _, _ in row if text)
    if signal == "remedies":
        folded = [(fold(text), column, span) for text, column, span in row]
        return HeadingRow(
            "remedies",
            words,
            results=tuple((column, RESULTS[word]) for word, column, _ in folded if word in RESULTS),
            groups=tuple(
                (column, column + span - 1, GROUPS[word])
                for word, column, span in folded
                if word in GROUPS and word not in RESULTS
            ),
        )
    if signal == "proactive":
        over = [one for one, seen in zip(row, looks, strict=True) if seen.known.signal == "proactive"]
        heads = {column: proactive_column(text) for text, column, _ in over}
        return HeadingRow("proactive", words, columns=_runs_of_same(over), heads=heads)
    return HeadingRow("requests", words, applicants=tuple((name, column) for name, column in named if name))


def _runs_of_same(over: Sequence[Printed]) -> dict[int, int]:
    """First and last column of each heading; Markdown and exports repeat a merged cell's text in every column."""
    beside = (*vocabulary().items, vocabulary().subject)
    runs: dict[int, int] = {}
    before = ""
    for text, column, _ in over:
        if fold(text) in beside:
            continue
        if text == before:
            runs[next(reversed(runs))] = column
        else:
            runs[column] = column
        before = text
    return runs
