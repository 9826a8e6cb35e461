"""A text as a tree of the few things that a published text is made of; nothing else can be written.

Blocks are leaves of text, lists, quotations and tables. What has no place here has no place in a body.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

HEADINGS = ("h2", "h3", "h4")
MARKS = ("strong", "em", "u", "sub", "sup")
"""The marks of a run, the outermost first; a link stands around them."""


class Run(NamedTuple):
    """Text with its marks; `href` is the address that it leads to, empty for none."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


class Picture(NamedTuple):
    """A picture in the text, by the SHA-256 of its content in hexadecimal, and what is said in its stead."""

    digest: str
    alt: str = ""


Inline: TypeAlias = Run | Picture


@dataclass(slots=True)
class Leaf:
    """A heading (`h2` to `h4`), a paragraph (`p`) or the caption of a table: what holds text and no blocks."""

    kind: str
    content: list[Inline]

    @property
    def text(self) -> str:
        """The text, what stands for pictures included."""
        return "".join(one.text if isinstance(one, Run) else one.alt for one in self.content)


@dataclass(slots=True)
class Items:
    """A list, counted from `start` where it is ordered."""

    ordered: bool
    start: int = 1
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Quote:
    """A quotation of blocks."""

    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell: its blocks, whether it heads others and which way (`scope`), its spans."""

    head: bool = False
    scope: str = ""
    column_span: int = 1
    row_span: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table: rows of the head, rows of the body. Positions covered by a span hold no cell."""

    caption: Leaf | None = None
    head: list[list[Cell]] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


Block: TypeAlias = Leaf | Items | Quote | Table
