"""Blocks as HTML of the closed vocabulary: every sign of text is escaped, every tag and attribute is one written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from gongkai.web.publications.body.nodes import MARKS, Block, Cell, Inline, Items, Leaf, Picture, Quote, Run, Table

_PICTURE = re.compile(r'<img src="sha256:([0-9a-f]{64})" (alt="[^"]*")>')


def written(blocks: Iterable[Block]) -> str:
    """The blocks as HTML, one top block a line."""
    return "\n".join(map(_block, blocks))


def pictured_html(blocks: Iterable[Block], address: Callable[[str], str | None]) -> str:
    """The blocks as HTML for a page, pictures with the addresses of their content."""

    def put(found: re.Match[str]) -> str:
        where = address(found[1])
        return "" if where is None else f'<img src="{escape(where)}" {found[2]}>'

    # Text and attributes hold no bare angle bracket, so that only pictures match.
    return _PICTURE.sub(put, written(blocks))


def leaf_html(leaf: Leaf) -> str:
    """The inside of a leaf as HTML."""
    if len(leaf.content) == 1 and isinstance(one := leaf.content[0], Run) and not one.marks and not one.href:
        return _bare(one)
    pieces = []
    for href, runs in groupby(leaf.content, lambda one: one.href if isinstance(one, Run) else ""):
        inside = _marked(list(runs), MARKS)
        pieces.append(f'<a href="{escape(href)}">{inside}</a>' if href else inside)
    return "".join(pieces)


def _block(block: Block) -> str:
    if isinstance(block, Leaf):
        return f"<{block.kind}>{leaf_html(block)}</{block.kind}>"
    if isinstance(block, Quote):
        return f"<blockquote>{''.join(map(_block, block.blocks))}</blockquote>"
    if isinstance(block, Items):
        name = "ol" if block.ordered else "ul"
        start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
        return f"<{name}{start}>{''.join(f'<li>{_inside(item)}</li>' for item in block.items)}</{name}>"
    return _table(block)


def _inside(blocks: Sequence[Block]) -> str:
    """The inside of an item or a cell: bare text where it is one paragraph, or one paragraph and a list below it."""
    first, rest = (blocks[0], blocks[1:]) if blocks else (None, [])
    bare = isinstance(first, Leaf) and first.kind == "p" and all(isinstance(one, Items) for one in rest)
    if bare and isinstance(first, Leaf):
        return leaf_html(first) + "".join(map(_block, rest))
    return "".join(map(_block, blocks))


def _table(table: Table) -> str:
    caption = f"<caption>{leaf_html(table.caption)}</caption>" if table.caption else ""
    head = f"<thead>{''.join(map(_row, table.head))}</thead>" if table.head else ""
    body = f"<tbody>{''.join(map(_row, table.rows))}</tbody>" if table.rows else ""
    return f"<table>{caption}{head}{body}</table>"


def _row(row: Sequence[Cell]) -> str:
    return f"<tr>{''.join(map(_cell, row))}</tr>"


def _cell(cell: Cell) -> str:
    name = "th" if cell.head else "td"
    scope = f' scope="{cell.scope}"' if cell.head and cell.scope else ""
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    rows = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    return f"<{name}{scope}{columns}{rows}>{_inside(cell.blocks)}</{name}>"


def _marked(content: Sequence[Inline], marks: Sequence[str]) -> str:
    if not marks:
        return "".join(map(_bare, content))
    first, rest = marks[0], marks[1:]
    pieces = []
    for is_marked, some in groupby(content, lambda one: isinstance(one, Run) and first in one.marks):
        inside = _marked(list(some), rest)
        pieces.append(f"<{first}>{inside}</{first}>" if is_marked else inside)
    return "".join(pieces)


def _bare(one: Inline) -> str:
    if isinstance(one, Picture):
        return f'<img src="sha256:{one.digest}" alt="{escape(one.alt)}">'
    return escape(one.text, quote=False)
