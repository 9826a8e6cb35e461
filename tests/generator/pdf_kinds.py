"""Reports as PDF files drawn with reportlab: ruled tables over several pages, and tables without lines."""

from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.generator.made import Block, Grid, Made, Slot

FONT = "STSong-Light"
LEFT, RIGHT, TOP, BOTTOM = 70.0, A4[0] - 70.0, A4[1] - 72.0, 72.0
_CLOSING = "，。、；：？！）》”〕"
WEIGHTS = {
    "proactive": (3.4, 2.6, 2.6, 2.6),
    "requests": (1.1, 1.9, 5.6, 1.35, 1.35, 1.35, 1.6, 1.6, 1.2, 1.35),
    "remedies": (1.0,) * 15,
}


@dataclass(frozen=True)
class Look:
    """How a file is set: size of prose and figures, ruling lines, repeated headers, page numbers."""

    prose: float
    small: float
    ruled: bool
    repeat: bool
    numbers: str
    aligned: str
    thin: bool
    font: str = FONT


class Setter:
    """Puts a report onto pages from top to bottom."""

    def __init__(self, look: Look) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.look = look
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, invariant=1, pageCompression=1)
        self.page = 1
        self.y = TOP
        self._begin()

    def _begin(self) -> None:
        self.canvas.setLineWidth(0.25 if self.look.thin else 0.6)
        self.y = TOP

    def turn(self) -> None:
        """Go on to the next page."""
        self._number()
        self.canvas.showPage()
        self.page += 1
        self._begin()

    def _number(self) -> None:
        if self.look.numbers:
            self.canvas.setFont(self.look.font, 10)
            self.canvas.drawCentredString(A4[0] / 2, 40, self.look.numbers.format(self.page))

    def finish(self) -> bytes:
        """The file's bytes."""
        self._number()
        self.canvas.save()
        return self.out.getvalue()

    def text(self, text: str, role: str) -> None:
        """A paragraph; titles in the middle, signatures to the right, text indented by two characters."""
        size = self.look.prose + 4 if role == "title" else self.look.prose
        indent = 2 * size if role in ("text", "preamble", "heading") else 0.0
        for n, line in enumerate(wrap(text, RIGHT - LEFT, size, indent)):
            if self.y - size * 1.7 < BOTTOM:
                self.turn()
            self.y -= size * 1.7
            self.canvas.setFont(self.look.font, size)
            if role == "title":
                self.canvas.drawCentredString((LEFT + RIGHT) / 2, self.y, line)
            elif role == "signature":
                self.canvas.drawRightString(RIGHT, self.y, line)
            else:
                self.canvas.drawString(LEFT + (indent if n == 0 else 0.0), self.y, line)

    def table(self, grid: Grid) -> None:
        """A table; rows go on over the page break, cells that span it are ruled on both pages."""
        xs = _edges(grid)
        heights = _heights(grid, xs, self.look.small)
        header = 3 if grid.name == "requests" else 0
        self.y -= 6
        row = 1
        first = True
        while row <= grid.rows:
            top = self.y
            rows: list[int] = []
            if not first and self.look.repeat and header:
                rows += range(1, header + 1)
            used = sum(heights[r - 1] for r in rows)
            while row <= grid.rows and top - used - heights[row - 1] >= BOTTOM:
                used += heights[row - 1]
                rows.append(row)
                row += 1
            if row > grid.rows or (rows and rows[-1] > header):
                self._part(grid, xs, heights, rows, top)
                self.y = top - used
                first = False
            elif first:
                row = 1
            if row <= grid.rows:
                self.turn()
        self.y -= 8

    def _part(self, grid: Grid, xs: list[float], heights: list[float], rows: list[int], top: float) -> None:
        """The given rows on this page, the first at `top`."""
        ys = {}
        y = top
        for row in rows:
            ys[row] = y
            y -= heights[row - 1]
        for slot in grid.slots:
            here = [row for row in range(slot.row, slot.row + slot.rows) if row in ys]
            if not here:
                continue
            upper, lower = ys[here[0]], ys[here[-1]] - heights[here[-1] - 1]
            left, right = xs[slot.column - 1], xs[slot.column - 1 + slot.columns]
            if self.look.ruled:
                self.canvas.rect(left, lower, right - left, upper - lower, stroke=1, fill=0)
            starts_here = here[0] == slot.row or (slot.vertical and len(here) > 3 and slot.rows - len(here) <= 3)
            if starts_here and (not slot.vertical or here[0] == slot.row):
                self._cell(slot, left, right, upper, lower)

    def _cell(self, slot: Slot, left: float, right: float, upper: float, lower: float) -> None:
        size = self.look.small
        lines = wrap(slot.text, right - left - 4, size, 0.0)
        step = size * 1.25
        y = (upper + lower) / 2 + step * len(lines) / 2 - size * 0.95
        self.canvas.setFont(self.look.font, size)
        for line in lines:
            if slot.id or self.look.aligned == "centre":
                self.canvas.drawCentredString((left + right) / 2, y, line)
            else:
                self.canvas.drawString(left + 2, y, line)
            y -= step


def width(text: str, size: float) -> float:
    """How wide a text is set: half a square for ASCII, a square for the rest."""
    return sum(size * 0.5 if character.isascii() else size for character in text)


def wrap(text: str, room: float, size: float, indent: float) -> list[str]:
    """Break a text into lines that fit; runs of ASCII letters and digits stay together where they can."""
    lines: list[str] = []
    line, used = "", indent
    for piece in _pieces(text):
        wide = width(piece, size)
        if line and used + wide > room:
            lines.append(line)
            line, used = "", 0.0
        if wide > room:
            for character in piece:
                step = width(character, size)
                if line and used + step > room:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + character, used + step
            continue
        line, used = line + piece, used + wide
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[str]:
    """What may not be parted: runs of ASCII, and closing marks from the character before them."""
    pieces: list[str] = []
    for character in text:
        joins = bool(pieces) and (character in _CLOSING or (_solid(character) and _solid(pieces[-1][-1])))
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _solid(character: str) -> bool:
    return character.isascii() and not character.isspace()


def _edges(grid: Grid) -> list[float]:
    weights = WEIGHTS[grid.name]
    unit = (RIGHT - LEFT + 40) / sum(weights)
    xs = [LEFT - 20]
    for weight in weights:
        xs.append(xs[-1] + weight * unit)
    return xs


def _heights(grid: Grid, xs: list[float], size: float) -> list[float]:
    heights = [size * 1.9] * grid.rows
    for slot in sorted(grid.slots, key=lambda slot: slot.rows):
        lines = len(wrap(slot.text, xs[slot.column - 1 + slot.columns] - xs[slot.column - 1] - 4, size, 0.0))
        need = lines * size * 1.25 + 6
        rows = range(slot.row - 1, slot.row - 1 + slot.rows)
        have = sum(heights[row] for row in rows)
        for row in rows:
            heights[row] += max(0.0, need - have) / slot.rows
    return heights


def lay_out(body: list[Block], look: Look) -> bytes:
    """The blocks of a report set onto pages."""
    setter = Setter(look)
    for block in body:
        if isinstance(block, Grid):
            setter.table(block)
        else:
            setter.text(block.text, block.role)
    return setter.finish()


_NUMBERS = ("", "- {} -", "— {} —", "{}", "第 {} 页")


def ruled(made: Made, rng: Random) -> bytes:
    """Ruled tables, wherever the page breaks fall."""
    return lay_out(
        made.body,
        Look(
            rng.choice((12, 14, 16)),
            rng.choice((8.5, 9.5, 10.5)),
            True,
            False,
            rng.choice(_NUMBERS),
            rng.choice(("centre", "left")),
            rng.random() < 0.5,
        ),
    )


def repeated(made: Made, rng: Random) -> bytes:
    """Ruled tables whose header is printed again on each page, with page numbers."""
    return lay_out(
        made.body,
        Look(
            rng.choice((14, 16)),
            rng.choice((9.5, 10.5)),
            True,
            True,
            rng.choice(_NUMBERS[1:]),
            "centre",
            rng.random() < 0.5,
        ),
    )


def unruled(made: Made, rng: Random) -> bytes:
    """Tables without any line."""
    return lay_out(
        made.body,
        Look(
            rng.choice((12, 14)),
            rng.choice((8.5, 9.5)),
            False,
            False,
            rng.choice(_NUMBERS),
            rng.choice(("centre", "left")),
            True,
        ),
    )
