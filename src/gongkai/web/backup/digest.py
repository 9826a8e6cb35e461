"""Digests of what an installation holds, the same for the same content on whatever engine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from gongkai.web.backup.columns import plain
from gongkai.web.backup.tables import Table, line


class RowsDigest:
    """The digest of a table: its columns, then every row in its order. JSON counts by its content, not its spelling."""

    def __init__(self, shape: list[list[str]]) -> None:
        self.rows = 0
        self._known = sha256(line(shape))
        self._json = [at for at, (_, kind) in enumerate(shape) if kind == "json"]

    def add(self, values: list[Any], written: bytes) -> None:
        """Count a row in, which is written as that line."""
        self.rows += 1
        if self._json:
            values = list(values)
            for at in self._json:
                if values[at] is not None:
                    values[at] = plain(values[at])
            written = line(values)
        self._known.update(written)

    def hexdigest(self) -> str:
        """Return the digest so far."""
        return self._known.hexdigest()


def of_table(connection: Any, table: Table) -> RowsDigest:
    """Return the digest of a table as it stands."""
    known = RowsDigest(table.shape())
    for values in table.rows(connection):
        known.add(values, line(values))
    return known


def whole(rows: Iterable[tuple[str, int, str]], contents: str) -> str:
    """Return the digest of everything: of each table its label, rows and digest, and the digest of the list of contents."""
    known = sha256()
    for label, number, digest in sorted(rows):
        known.update(f"{label} {number} {digest}\n".encode())
    known.update(contents.encode())
    return known.hexdigest()
