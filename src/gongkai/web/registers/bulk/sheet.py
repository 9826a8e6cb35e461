"""A sheet as it comes: its rows one by one out of the child, its headings found, and cells by their columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.web.files.sheets.heads import WITHIN, folded
from gongkai.web.files.sheets.reading import rows_of
from gongkai.web.registers.bulk.columns import EXAMPLE, REASON, columns, recognised
from gongkai.web.registers.models import Row

MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Heads:
    """The headings of a sheet: as they stand, at which place each column of the register is, which are of no use."""

    given: list[str]
    places: dict[str, int]
    unused: list[str]
    reason_at: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet under way: its headings, and its rows, each with its number, read as they are asked for."""

    heads: Heads
    rows: Iterator[tuple[int, list[str]]]


@contextmanager
def opened(content: IO[bytes], register: type[Row]) -> Iterator[Sheet]:
    """Open a sheet of rows for a register; at most `MOST_ROWS` come out of it.

    Raises InvalidInput, here or while rows are read: for what is no XLSX or CSV, is too heavy, lacks a column or has one twice.
    """
    with rows_of(content) as found:
        begun: list[tuple[int, list[str]]] = []
        best: Heads | None = None
        for number, cells in found:
            begun.append((number, cells))
            if heads := _heads(register, cells):
                best = heads
                break
            if len(begun) >= WITHIN:
                break
        if best is None:
            needed = tuple(column.head for column in columns(register) if column.needed)
            raise InvalidInput("registers.bulk.no_heads", needed=Listing(needed))
        yield Sheet(best, _bounded_rows(found))


def is_example(cells: dict[str, str]) -> bool:
    """Whether a row is marked as an example."""
    return any(value.startswith(EXAMPLE) for value in cells.values())


def named(heads: Heads, cells: list[str]) -> dict[str, str]:
    """Return the cells of a row by the codes of their columns, empty where the row ends before."""
    return {code: cells[at] if at < len(cells) else "" for code, at in heads.places.items()}


def _heads(register: type[Row], cells: list[str]) -> Heads | None:
    """Take a row for the headings where most of the needed columns are in it. Raises InvalidInput where one lacks."""
    found = recognised(register, cells)
    needed = [column for column in columns(register) if column.needed]
    missing = [column.head for column in needed if column.code not in found]
    if 2 * len(missing) > len(needed):
        return None
    if missing:
        raise InvalidInput("registers.bulk.no_column", missing=Listing(tuple(missing)))
    twice = [f"{cells[places[0]]}、{cells[places[1]]}" for places in found.values() if len(places) > 1]
    if twice:
        raise InvalidInput("registers.bulk.column_twice", twice=Listing(tuple(twice)))
    places = {code: at for code, [at] in found.items()}
    reason_at = next((at for at, head in enumerate(cells) if folded(head) == folded(REASON)), None)
    unused = [head for at, head in enumerate(cells) if head and at not in {*places.values(), reason_at}]
    return Heads(cells, places, unused, reason_at)


def _bounded_rows(found: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    for count, row in enumerate(found, 1):
        if count > MOST_ROWS:
            raise InvalidInput("registers.bulk.too_many", most=MOST_ROWS)
        yield row
