"""The neutral document: paragraphs and tables in reading order, each with its place in the file.

Every reader gives this and nothing else; nothing here knows what an annual report is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in points; the origin is the page's upper left corner."""


class Place(NamedTuple):
    """Where something stands. All numbers count from 1; None where the format has no such thing."""

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    box: Box | None = None


class Paragraph(NamedTuple):
    """A paragraph of running text, or one line of it where the format knows only lines.

    `text` is cleaned; `raw` is the original where cleaning changed it, else None. `level` is a heading's level as
    the file marks it, 0 for none. `part` tells body text from a page header or footer, a text box or a footnote.
    `wrapped` says that the line was broken by the layout (PDF, OFD, scans), so that a sentence may go on in the next.
    """

    text: str
    raw: str | None = None
    line: int | None = None
    page: int | None = None
    box: Box | None = None
    level: int = 0
    part: str = "body"
    wrapped: bool = False


class Cell(NamedTuple):
    """A cell of a table: its upper left position, its span, its text.

    `text` is cleaned, line breaks inside a cell removed; `raw` is the original where cleaning changed it.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    raw: str | None = None
    line: int | None = None
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, in reading order (by row, then column). Positions covered by a span hold no cell of their own.

    `index` counts the document's tables from 1. A table that goes on over a page break is one table where the reader
    can tell; its repeated header rows are dropped.
    """

    index: int
    cells: tuple[Cell, ...]
    rows: int
    columns: int
    page: int | None = None
    line: int | None = None


Block: TypeAlias = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader made of a file.

    `format` is one of `formats.FORMATS`. `title` is what the file itself names as its title (HTML title, document
    properties), a weak witness. `doubts` are codes of `gongkai.messages` under `document.` that a reader must say aloud
    although it could read the file, for example that the charset label was wrong.
    """

    format: str
    sha256: str
    size: int
    blocks: tuple[Block, ...]
    title: str | None = None
    pages: int | None = None
    doubts: tuple[str, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in reading order, page headers and footers included."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def text(self) -> str:
        """All text, a paragraph or a table row a line, cells parted by tabs."""
        lines: list[str] = []
        for block in self.blocks:
            if isinstance(block, Paragraph):
                lines.append(block.text)
                continue
            row = 0
            for cell in block.cells:
                if cell.row != row:
                    lines.append(cell.text)
                    row = cell.row
                else:
                    lines[-1] += "\t" + cell.text
        return "\n".join(lines)
