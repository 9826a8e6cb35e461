"""Two reports side by side: cell by cell across forms, and how much of the text is the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongkai.report.correspondence import ABSENT, How, figure_of, pairs
from gongkai.report.likeness import Likeness, likeness
from gongkai.report.model import Kind, Report, Value

PROSE = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True, slots=True)
class CellChange:
    """What two reports say in corresponding cells.

    `difference` is second minus first, None unless both have a figure. `ratio` is the difference over the first
    figure, None where that is zero or missing. `kinds` are those of the first cell of each side, None for no cell.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    how: How
    first_value: Value | None
    second_value: Value | None
    difference: Value | None
    ratio: Decimal | None
    kinds: tuple[Kind | None, Kind | None]

    @property
    def differs(self) -> bool:
        """Whether the two sides have a counterpart and do not say the same."""
        if self.how == "none":
            return False
        return self.first_value != self.second_value or (self.first_value is None and self.kinds[0] != self.kinds[1])


@dataclass(frozen=True, slots=True)
class Comparison:
    """`cells` holds every cell of both sheets once; `text` is by section, `whole` all sections together."""

    first: Report
    second: Report
    cells: tuple[CellChange, ...]
    text: dict[str, Likeness]
    whole: Likeness

    @property
    def changes(self) -> tuple[CellChange, ...]:
        """The cells that correspond and differ."""
        return tuple(cell for cell in self.cells if cell.differs)

    def count(self, how: How) -> int:
        """How many pairs correspond in this way."""
        return sum(cell.how == how for cell in self.cells)


def compare(first: Report, second: Report) -> Comparison:
    """Compare two years of one agency, or two agencies; the forms may differ."""
    sections = [number for number in PROSE if number in first.prose or number in second.prose]
    text = {number: likeness(_text(first, number), _text(second, number)) for number in sections}
    whole = likeness(*("\n".join(_text(report, number) for number in sections) for report in (first, second)))
    return Comparison(first, second, _cells(first, second), text, whole)


def _cells(first: Report, second: Report) -> tuple[CellChange, ...]:
    return tuple(
        _change(first, second, pair.first, pair.second, pair.how) for pair in pairs(first.sheet, second.sheet)
    )


def _change(first: Report, second: Report, one: tuple[str, ...], two: tuple[str, ...], how: How) -> CellChange:
    was = figure_of(first, one) if one else None
    now = figure_of(second, two) if two else None
    difference = now - was if was is not None and now is not None else None
    ratio = Decimal(difference) / Decimal(was) if difference is not None and was else None
    return CellChange(one, two, how, was, now, difference, ratio, (_kind(first, one), _kind(second, two)))


def _kind(report: Report, cells: tuple[str, ...]) -> Kind | None:
    return report.cells.get(cells[0], ABSENT).kind if cells else None


def _text(report: Report, number: str) -> str:
    return report.prose[number].text if number in report.prose else ""
