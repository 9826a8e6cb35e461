"""A sheet as it comes: its rows one by one out of the child, its headings found, and cells by their columns."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.web.registers.bulk.child import OLD
from gongkai.web.registers.bulk.columns import EXAMPLE, REASON, columns, folded, recognised
from gongkai.web.registers.models import Row

MOST_ROWS = 100_000
MOST_UNPACKED = 512 * 2**20
_HEAD_WITHIN = 10
"""In how many of the first rows the headings are looked for: above them may stand a title and notes."""
_LONGEST_LINE = 8 * 2**20


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
    _bounded(content)
    with _child(content) as found:
        begun: list[tuple[int, list[str]]] = []
        best: Heads | None = None
        for number, cells in found:
            begun.append((number, cells))
            if heads := _heads(register, cells):
                best = heads
                break
            if len(begun) >= _HEAD_WITHIN:
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


@contextmanager
def _child(content: IO[bytes]) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """The rows as the child gives them; it ends with whoever stops reading."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "gongkai.web.registers.bulk.child"],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONIOENCODING": "utf-8",
        },
    )
    try:
        yield _lines(process.stdout)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(out: IO[bytes] | None) -> Iterator[tuple[int, list[str]]]:
    while out is not None and (line := out.readline(_LONGEST_LINE)):
        if not line.endswith(b"\n"):
            break
        told: Any = json.loads(line)
        if isinstance(told, list):
            yield told[0], told[1]
            continue
        if "refused" in told:
            if told["refused"] == OLD:
                raise InvalidInput("registers.bulk.old_format")
            raise InvalidInput("registers.bulk.unreadable")
        return
    # The limits ended it, or a line was longer than any row may be.
    raise InvalidInput("registers.bulk.too_heavy")


def _bounded(content: IO[bytes]) -> None:
    """Refuse a package that is too large unpacked. Leaves the file at its beginning."""
    try:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(content) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise InvalidInput("registers.bulk.too_heavy")
    finally:
        content.seek(0)
