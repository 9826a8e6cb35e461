"""The contents that an installation's files name: which there are, and whether each is still what its name says."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from gongkai.web.backup.tables import CONTENTS, Table
from gongkai.web.files.store import CHUNK, Store

_IN_MEMORY = 1 << 20


class Contents:
    """The contents named in one moment of the database: digest and size of each once, by digest. Held on the disk."""

    def __init__(self, connection: Any, tables: list[Table]) -> None:
        self._list: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed by close()
        self.number, self.bytes, known = 0, 0, sha256()
        for digest, size in _named(connection, tables):
            self.number, self.bytes = self.number + 1, self.bytes + size
            written = f"{digest} {size}\n".encode()
            known.update(written)
            self._list.write(written)
        self.digest = known.hexdigest()

    def __iter__(self) -> Iterator[tuple[str, int]]:
        self._list.seek(0)
        for written in self._list:
            digest, size = written.decode().split()
            yield digest, int(size)

    def close(self) -> None:
        """Let the list go."""
        self._list.close()


def copy(store: Store, digest: str, into: IO[bytes] | None) -> bool:
    """Copy a content, or only read it; say whether it is there and is what its digest says."""
    try:
        content = store.open(digest)
    except FileNotFoundError:
        return False
    known = sha256()
    with content:
        while chunk := content.read(CHUNK):
            known.update(chunk)
            if into is not None:
                into.write(chunk)
    return known.hexdigest() == digest


def _named(connection: Any, tables: list[Table]) -> Iterator[tuple[str, int]]:
    table = next((one for one in tables if one.label == CONTENTS), None)
    if table is None:
        return
    quoted = connection.ops.quote_name
    order = 'COLLATE "C"' if connection.vendor == "postgresql" else ""
    digest, size, name = quoted("digest"), quoted("size"), quoted(table.name)
    asked = ["SELECT", digest, ", max(", size, ") FROM", name, "GROUP BY", digest, "ORDER BY", digest, order]
    with connection.chunked_cursor() as cursor:
        cursor.execute(" ".join(asked))
        while rows := cursor.fetchmany(1000):
            yield from rows
