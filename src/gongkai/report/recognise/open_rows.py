"""Rows of the requests table whose figures stand at no position, and what the identities of all rows make of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongkai.report.form import Identity
from gongkai.report.model import SheetCell, Value
from gongkai.report.recognise.completion import Completion, agreed
from gongkai.report.recognise.entries import Entry, figures_of
from gongkai.report.recognise.figures import parse

_ROW_SUM = "total.row"


@dataclass(slots=True)
class OpenRow:
    """A row with the completions that its own sum allows; `cells` are its identifiers in order."""

    cells: tuple[str, ...]
    entry: Entry
    candidates: set[Completion]

    def values(self, candidate: Completion) -> dict[str, Value | None]:
        """A completion by identifier."""
        return dict(zip(self.cells, candidate, strict=True))


class OpenRows:
    """Narrows the open rows of a table by the identities of its columns."""

    def __init__(self, placed: Mapping[str, SheetCell], identities: Sequence[Identity]) -> None:
        self.placed = placed
        self.columns = [identity for identity in identities if identity.code != _ROW_SUM]
        self.identities = identities
        self.rows: list[OpenRow] = []
        self.narrowed = False

    def settle(self) -> Iterable[tuple[OpenRow, Completion | None]]:
        """Yield each row with the values that all completions left agree on, None where none is left.

        Columns narrow nothing in a sheet whose placed figures contradict themselves.
        """
        if self.rows and not self._contradicts():
            while any(self._narrow(row) for row in self.rows):
                self.narrowed = True
        for row in self.rows:
            if not all(self._fits(row.values(candidate)) for candidate in row.candidates):
                row.candidates = set()
            yield row, agreed(self._demanded(row))

    def _narrow(self, row: OpenRow) -> bool:
        """Leave out the completions that break a column; False where that changes nothing."""
        fitting = {candidate for candidate in row.candidates if self._fits(row.values(candidate))}
        changed = bool(fitting) and len(fitting) < len(row.candidates)
        if changed:
            row.candidates = fitting
        return changed

    def _contradicts(self) -> bool:
        """Whether the figures that are placed break an identity of their own."""
        return any(self._holds(identity, {}) is False for identity in self.identities)

    def _fits(self, own: Mapping[str, Value | None]) -> bool:
        """Whether a completion keeps every column's identity whose other cells are all known."""
        return not any(
            self._holds(identity, own) is False
            for identity in self.columns
            if not own.keys().isdisjoint((*identity.left, *identity.right))
        )

    def _demanded(self, row: OpenRow) -> set[Completion]:
        """The completions, none where one puts in or leaves out a figure, not zero, that no column demands."""
        printed = Counter(parse(piece.text).value for piece in figures_of(row.entry.pieces))
        for candidate in row.candidates:
            put_in = Counter(candidate) - printed
            left_out = any(printed - Counter(candidate))
            own = row.values(candidate)
            for cell, value in own.items():
                if (left_out or (value and put_in[value])) and not self._demands(cell, own):
                    return set()
        return row.candidates

    def _demands(self, cell: str, own: Mapping[str, Value | None]) -> bool:
        """Whether an identity of the cell's column, all its other cells known, holds with the completion."""
        return any(
            self._holds(identity, own) is True
            for identity in self.columns
            if cell in identity.left or cell in identity.right
        )

    def _holds(self, identity: Identity, own: Mapping[str, Value | None]) -> bool | None:
        """Whether an identity holds; None where one of its cells is not known."""
        left, right = self._sum(identity.left, own), self._sum(identity.right, own)
        return None if left is None or right is None else left == right

    def _sum(self, cells: Iterable[str], own: Mapping[str, Value | None]) -> Value | None:
        """The sum of cells, blanks as zero; None where one of them is not known yet."""
        total: Value = 0
        for cell in cells:
            value = own[cell] if cell in own else self._known(cell)
            if value is None:
                return None
            total += value
        return total

    def _known(self, cell: str) -> Value | None:
        """The value of a placed cell, or of an open one on which its completions agree."""
        placed = self.placed.get(cell)
        if placed is not None:
            return None if placed.kind in ("unreadable", "text") else placed.value or 0
        for row in self.rows:
            if cell in row.cells:
                values = agreed(row.candidates)
                return values[row.cells.index(cell)] if values else None
        return None
