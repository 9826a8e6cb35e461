"""What others read from a clean text: its numbered paragraphs, its bare words, the pictures and addresses it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from gongkai.web.publications.body.cleaning import blocks_of
from gongkai.web.publications.body.nodes import Block, Cell, Items, Leaf, Picture, Quote, Run
from gongkai.web.publications.body.writing import leaf_html, pictured_html


class Paragraph(NamedTuple):
    """A place in the text that a comment can speak of.

    `number` counts from 1 over the whole text in reading order. `kind` is `h2`, `h3`, `h4`, `p`, `item`, `quote`,
    `caption` or `row` (a row of a table: its cells parted by tabs). `html` is the clean inside, for a row its text escaped.
    """

    number: int
    kind: str
    text: str
    html: str


def paragraphs(html: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, numbered. The text is cleaned first; raises as `clean`."""
    return tuple(
        Paragraph(number, kind, text, inside)
        for number, (kind, text, inside) in enumerate(_lines(blocks_of(html)), 1)
    )


def plain(html: str) -> str:
    """The words of a text: a paragraph or a row of a table a line, cells parted by tabs, pictures by what stands for them."""
    return "\n".join(text for _, text, _ in _lines(blocks_of(html)))


def digests(html: str) -> tuple[str, ...]:
    """The pictures that a text shows, by digest, each once, in reading order."""
    content = (one for leaf in _leaves(blocks_of(html)) for one in leaf.content)
    return tuple(dict.fromkeys(one.digest for one in content if isinstance(one, Picture)))


def links(html: str) -> tuple[str, ...]:
    """The addresses that a text links to, each once, in reading order."""
    content = (one for leaf in _leaves(blocks_of(html)) for one in leaf.content)
    return tuple(dict.fromkeys(one.href for one in content if isinstance(one, Run) and one.href))


def shown(html: str, address: Callable[[str], str | None]) -> str:
    """The text for a page: pictures from where `address` says that the content of a digest is; without one, left out.

    The result is for showing only: `clean` would take its pictures away.
    """
    return pictured_html(blocks_of(html), address)


def _lines(blocks: Iterable[Block], kind: str = "p") -> Iterator[tuple[str, str, str]]:
    for block in blocks:
        if isinstance(block, Leaf):
            yield kind if block.kind == "p" else block.kind, block.text, leaf_html(block)
        elif isinstance(block, Items):
            for item in block.items:
                yield from _lines(item, "item")
        elif isinstance(block, Quote):
            yield from _lines(block.blocks, "quote")
        else:
            if block.caption is not None:
                yield "caption", block.caption.text, leaf_html(block.caption)
            for row in (*block.head, *block.rows):
                text = "\t".join(cell_text(cell) for cell in row)
                if text.strip():
                    yield "row", text, escape(text, quote=False)


def cell_text(cell: Cell) -> str:
    """The words of a cell in one line."""
    return " ".join(text for _, text, _ in _lines(cell.blocks))


def _leaves(blocks: Iterable[Block]) -> Iterator[Leaf]:
    for block in blocks:
        if isinstance(block, Leaf):
            yield block
        elif isinstance(block, Items):
            for item in block.items:
                yield from _leaves(item)
        elif isinstance(block, Quote):
            yield from _leaves(block.blocks)
        else:
            yield from [block.caption] if block.caption is not None else []
            for row in (*block.head, *block.rows):
                for cell in row:
                    yield from _leaves(cell.blocks)
