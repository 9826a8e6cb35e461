"""The good rows of a sheet as they were looked through, kept until they are entered, so that nothing is read or checked twice.

They stand in the store as a compressed content of lines: the number of the row, its values, its cells as they stood, parted
by tabs, each as JSON. The import holds the record; when it lets go, the record and the content are collected like every
other that nothing uses.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import IO, Any

from gongkai.web.files import actions as files
from gongkai.web.files import queries
from gongkai.web.files.actions import Content
from gongkai.web.files.models import File
from gongkai.web.registers.bulk.lines import Line

NAME = "checked.jsonl.gz"
_IN_MEMORY = 4 * 2**20
"""Bytes of the compressed rows beyond which they stand in a file of their own while they are gathered."""
_QUICK = 1


class Gathering:
    """Gathers rows while a sheet is looked through; holds no more of them than a buffer."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._packed = gzip.GzipFile(fileobj=out, mode="wb", compresslevel=_QUICK, mtime=0)

    def add(self, lines: Iterable[Line]) -> None:
        """Take rows in that were found good."""
        for line in lines:
            values = {name: value for name, value in line.values.items() if name != "once"}
            said = (str(line.number), _json(values), _json(line.cells))
            self._packed.write(("\t".join(said) + "\n").encode())

    def put(self) -> Content:
        """Put what was gathered into the store; without a record it is collected."""
        self._packed.close()
        self._out.seek(0)
        return files.put_own(self._out, NAME)


@contextmanager
def gathering() -> Iterator[Gathering]:
    """Gather rows; what is not put is gone at the end."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as out:
        yield Gathering(out)


def batches(kept: File, size: int) -> Iterator[list[Line]]:
    """Give the rows that were kept, so many at a time, in the order of the sheet. Raises FileNotFoundError."""
    with queries.content(kept) as content, gzip.open(content) as packed:
        while some := list(islice(packed, size)):
            yield [_line(one) for one in some]


def cells(line: Line) -> list[str]:
    """Return the cells of a row as they stood in the sheet."""
    return list(json.loads(line.as_kept)) if line.as_kept else line.cells


def _line(written: bytes) -> Line:
    # JSON writes a tab inside a text otherwise, so that no row falls apart.
    number, values, stood = written.split(b"\t")
    return Line(int(number), [], json.loads(values), as_kept=stood)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
