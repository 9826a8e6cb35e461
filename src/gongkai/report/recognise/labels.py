"""The labels of the forms, folded so that spaces, brackets and numbering marks do not matter."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from gongkai.report.form import Form, Row, TableName, form_ids, load

_NOT_A_WORD = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十])(?=\D)")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Reduce a text to its characters and digits: （三）不予 公开 and (三)不予公开 fold to the same."""
    return _NOT_A_WORD.sub("", text)


@dataclass(frozen=True, slots=True, eq=False)
class RowLabel:
    """A row of a table as its label is looked for: folded wordings with and without numbering, and their characters.

    `cells` are the identifiers of the row's cells, `units` those of its columns.
    """

    row: Row
    cells: tuple[str, ...]
    units: tuple[str, ...]
    wordings: tuple[str, ...]
    characters: Counter[str]

    def likeness(self, text: str) -> float:
        """The share of the label's characters that `text` holds, from 0 to 1; their order does not matter.

        Vertical and interleaved labels lose their order but not their characters.
        """
        if not text:
            return 0.0
        if any(len(wording) > 2 and wording in text for wording in self.wordings):
            return 1.0 if text.endswith(self.wordings) else _CONTAINED
        found = 0
        for character, times in self.characters.items():
            if character in text:
                here = text.count(character) if times > 1 else 1
                found += times if here >= times else here
        return found / len(self.wordings[0])


@cache
def row_labels(table: TableName, form_id: str) -> tuple[RowLabel, ...]:
    """The labels of a table's rows in their order."""
    form = load(form_id)
    return tuple(_row_label(table, row) for row in (form.proactive if table == "proactive" else form.requests))


def _row_label(table: TableName, row: Row) -> RowLabel:
    wordings: list[str] = []
    for wording in (row.label, *row.spellings):
        folded = fold(wording)
        wordings.append(folded)
        wordings.append(_NUMBERING.sub("", folded))
    unique = tuple(dict.fromkeys(wordings))
    cells = tuple(f"{table}.{row.id}.{column.id}" for column in row.columns)
    units = tuple(column.unit for column in row.columns)
    return RowLabel(row, cells, units, unique, Counter(fold(row.label)))


_CONTAINED = 0.97
"""A label that other text follows is a little less likely than one that stands right before the figures."""


class Known(NamedTuple):
    """What a folded text is known as: a row of a table, a column of the requests table, a result of the remedies."""

    table: TableName | None = None
    row: str | None = None
    column: str | None = None
    signal: TableName | None = None
    group: bool = False


_NOTHING = Known()


@cache
def _dictionary() -> dict[str, Known]:
    """Folded label to what it is. A group label is no row; a label that is a row and a column is both."""
    known: dict[str, Known] = {}
    forms = [load(form_id) for form_id in reversed(form_ids())]
    for form in forms:
        for table in ("proactive", "requests"):
            for label in row_labels(table, form.id):
                for wording in label.wordings:
                    known.setdefault(wording, Known(table=table, row=label.row.id))
    for form in forms:
        for column in form.request_columns:
            for word in map(fold, (column.label, *column.spellings)):
                known[word] = known.get(word, _NOTHING)._replace(column=column.id)
        for word, signal in _signals(form).items():
            known[word] = known.get(word, _NOTHING)._replace(signal=signal)
        for word in (*(fold(row.group) for row in form.requests if row.group), fold(form.requests_results)):
            known[word] = known.get(word, _NOTHING)._replace(group=True)
    return known


def _signals(form: Form) -> dict[str, TableName]:
    """Labels that say which table one is in, though they are no row of it."""
    signals: dict[str, TableName] = {}
    for row in form.proactive:
        if row.item:
            signals[fold(row.item)] = "proactive"
        for column in row.columns:
            for wording in (column.label, *column.spellings):
                signals[fold(wording)] = "proactive"
    signals[fold(form.proactive_subject)] = "proactive"
    signals[fold(form.requests_rule)] = "requests"
    signals[fold(form.requests_applicants)] = "requests"
    signals[fold(form.requests_organisations)] = "requests"
    for group in form.remedy_groups:
        signals[fold(group.label)] = "remedies"
        if group.above:
            signals[fold(group.above)] = "remedies"
    for column in form.remedy_columns:
        if column.id != "total":
            signals[fold(column.label)] = "remedies"
    return signals


@lru_cache(maxsize=8192)
def known(text: str) -> Known:
    """Look a cell's text up among the labels of all forms."""
    return _dictionary().get(fold(text), _NOTHING)


@cache
def _proactive_columns() -> dict[str, str]:
    return {
        fold(wording): column.id
        for form_id in form_ids()
        for row in load(form_id).proactive
        for column in row.columns
        for wording in (column.label, *column.spellings)
    }


def proactive_column(text: str) -> str | None:
    """The column of the proactive table that a heading names."""
    return _proactive_columns().get(fold(text))


@cache
def row_widths(table: TableName, row: str) -> frozenset[int]:
    """How many columns a row has, in each form that has it."""
    return frozenset(
        len(label.row.columns)
        for form_id in form_ids()
        for label in row_labels(table, form_id)
        if label.row.id == row
    )


@cache
def proactive_wordings() -> dict[str, tuple[str, ...]]:
    """For each form the folded headings of the proactive table that no other form has: they tell the forms apart."""
    headings = {
        form_id: {fold(column.label) for row in load(form_id).proactive for column in row.columns}
        for form_id in form_ids()
    }
    return {
        form_id: tuple(
            sorted(
                word
                for word in words
                if not any(word in other for rest, others in headings.items() if rest != form_id for other in others)
            )
        )
        for form_id, words in headings.items()
    }


@cache
def request_wordings() -> dict[str, tuple[str, ...]]:
    """For each form the folded row labels of the requests table that no other form has."""
    rows = {form_id: {fold(row.label) for row in load(form_id).requests} for form_id in form_ids()}
    return {
        form_id: tuple(sorted(words - set().union(*(rest for other, rest in rows.items() if other != form_id))))
        for form_id, words in rows.items()
    }


def applicants_in_order(text: str, form: Form) -> bool:
    """Whether folded headings name the kinds of organisations in the form's order, as far as they name all of them."""
    return _ascending(text, [fold(column.label) for column in form.request_columns[1:-2]])


def in_order_of_sheet(text: str, form: Form) -> bool:
    """Whether folded headings of the proactive table name the columns of its first block in the form's order."""
    return _ascending(text, [fold(column.label) for column in form.proactive[0].columns])


def _ascending(text: str, words: list[str]) -> bool:
    places = [text.find(word) for word in words]
    return -1 in places or places == sorted(places)
