"""In which column each piece of a printed row stands, as far as the row itself tells."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.report.form import Row
from gongkai.report.model import Value
from gongkai.report.recognise.entries import Entry, Piece, figures_of, look
from gongkai.report.recognise.figures import parse


def positions(entry: Entry, row: Row) -> Sequence[Piece] | None:
    """The entry's pieces one a column of the row, None where their number leaves that open."""
    width = len(row.columns)
    if entry.placed and len(entry.pieces) == width:
        return _by_heads(entry, row)
    if not entry.ordered:
        return None
    figures = figures_of(entry.pieces)
    if len(figures) == width:
        return figures
    if width == 1 and len(entry.pieces) >= 1 and not figures:
        return entry.pieces[:1]
    if len(entry.pieces) == width and entry.table and entry.row is not None and row.item is not None:
        return entry.pieces
    return None


def _by_heads(entry: Entry, row: Row) -> Sequence[Piece] | None:
    """The pieces in the row's order of columns, by the headings over them where these name all of the row's columns."""
    columns = tuple(column.id for column in row.columns)
    if not entry.heads or entry.heads == columns:
        return entry.pieces
    if sorted(filter(None, entry.heads)) != sorted(columns):
        return entry.pieces
    return [entry.pieces[entry.heads.index(column)] for column in columns]


def leaves_blanks(entries: Sequence[Entry]) -> bool:
    """Whether the sheet leaves cells blank between its figures, so that a blank is a cell and no accident of layout."""
    rows = blanks = zeros = 0
    for entry in entries:
        at = [n for n, piece in enumerate(entry.pieces) if piece.text]
        inside = at[-1] - at[0] + 1 - len(at) if at else 0
        rows += inside > 0
        blanks += inside
        zeros += sum(entry.pieces[n].text == "0" for n in at)
    return rows > 1 and blanks > zeros


def window(entry: Entry, width: int) -> Sequence[Piece] | None:
    """The one stretch of cells, blanks included, that holds all the row's figures and adds up; None where several do."""
    pieces = entry.pieces
    filled = [n for n, piece in enumerate(pieces) if look(piece.text).kind != "blank"]
    if not filled:
        return pieces[:width] if len(pieces) >= width else None
    found: dict[tuple[Value, ...], Sequence[Piece]] = {}
    for start in range(max(0, filled[-1] - width + 1), min(filled[0], len(pieces) - width) + 1):
        stretch = pieces[start : start + width]
        figures = [parse(piece.text) for piece in stretch]
        if any(figure.kind == "text" for figure in figures):
            return None
        values = tuple(figure.value or 0 for figure in figures)
        if sum(values[:-1]) == values[-1]:
            found[values] = stretch
    return next(iter(found.values())) if len(found) == 1 else None
