"""A table in its one spelling: spans end where it ends, heads say what they head, tables for mere layout are taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gongkai.web.publications.body.nodes import Block, Cell, Items, Quote, Table


def finished(table: Table) -> list[Block]:
    """The blocks that a table which has been filled stands for: itself, or what is in it where it orders the page only."""
    head, rows = _with_cells(table.head), _with_cells(table.rows)
    cells = [cell for row in (*head, *rows) for cell in row]
    if len(cells) <= 1 or any(_holds_table(cell.blocks) for cell in cells):
        loose: list[Block] = [] if table.caption is None else [type(table.caption)("p", table.caption.content)]
        return [*loose, *(block for cell in cells for block in cell.blocks)]
    if not rows:
        head, rows = [], head
    if not head:
        head, rows = _leading(rows)
    for part, in_head in ((head, True), (rows, False)):
        for at, row in enumerate(part):
            _settle(row, len(part) - at, in_head)
    return [Table(table.caption, head, rows)]


def _with_cells(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    """The rows without those that hold no cell, unless cells from above reach through them."""
    kept: list[list[Cell]] = []
    reach = 0
    for row in rows:
        if row or len(kept) < reach:
            reach = max([reach, *(len(kept) + cell.row_span for cell in row)])
            kept.append(row)
    return kept


def _leading(rows: list[list[Cell]]) -> tuple[list[list[Cell]], list[list[Cell]]]:
    """Rows that hold nothing but heads at the beginning of a table, and the others."""
    count = 0
    while count < len(rows) - 1 and rows[count] and all(cell.head and cell.blocks for cell in rows[count]):
        count += 1
    crossing = any(at + cell.row_span > count for at in range(count) for cell in rows[at])
    return ([], rows) if crossing else (rows[:count], rows[count:])


def _settle(row: Sequence[Cell], rows_left: int, in_head: bool) -> None:
    for cell in row:
        cell.row_span = min(cell.row_span, rows_left)
        cell.head = cell.head or (in_head and bool(cell.blocks))
        # A head without a word names nothing, and readers aloud stumble over it.
        cell.head = cell.head and bool(cell.blocks)
        if cell.head and not cell.scope:
            cell.scope = "col" if in_head else "row"
        if not cell.head:
            cell.scope = ""


def _holds_table(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        if isinstance(block, Table):
            return True
        if isinstance(block, Quote) and _holds_table(block.blocks):
            return True
        if isinstance(block, Items) and any(map(_holds_table, block.items)):
            return True
    return False
