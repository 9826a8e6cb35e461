"""What a backup says of itself: its format, who made it, of which state, and the digest of everything in it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, NamedTuple

from gongkai.errors import UnreadableDocument
from gongkai.web.backup.digest import whole
from gongkai.web.backup.tables import Migrations

FORMAT = 1
"""The format that this program writes; it reads all up to it."""
KIND = "gongkai-backup"
_VERSION = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6}){0,3}[0-9a-z.+-]{0,40}")
_MOST, _NAME_AND_KIND = 2**62, 2


class Held(NamedTuple):
    """A table of a backup: its model, its columns with their kinds, its rows, the bytes of its lines and their digest,
    and the digest of its content, which does not depend on the engine."""

    label: str
    columns: list[list[str]]
    rows: int
    bytes: int
    sha256: str
    digest: str


@dataclass(frozen=True)
class Manifest:
    """The manifest of a backup. `lost` are contents that the store of the installation did not hold whole.

    `contents` is the digest of the list of contents, `digest` the one of everything, `key_mark` stands for the secret key
    that the rows were written with, and `seal` is the digest of the manifest itself.
    """

    gongkai: str
    engine: str
    taken: str
    migrations: Migrations
    tables: list[Held]
    files: int
    files_bytes: int
    contents: str
    lost: list[str]
    key: bool
    key_mark: str
    kind: str = KIND
    format: int = FORMAT
    digest: str = ""
    seal: str = field(default="")

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def size(self) -> int:
        """Bytes of the lines of all tables."""
        return sum(table.bytes for table in self.tables)

    def sealed(self) -> Manifest:
        """Return the manifest with its digests."""
        counted = replace(self, digest=self._whole(), seal="")
        return replace(counted, seal=counted._seal())

    def written(self) -> bytes:
        """Return the manifest as JSON."""
        return json.dumps(self._object(), ensure_ascii=False, indent=1).encode() + b"\n"

    def holds(self) -> bool:
        """Whether its own digests are right."""
        return self.seal == replace(self, seal="")._seal() and self.digest == self._whole()

    def _object(self) -> dict[str, Any]:
        return {**asdict(self), "tables": [table._asdict() for table in self.tables]}

    def _seal(self) -> str:
        return sha256(json.dumps(self._object(), sort_keys=True).encode()).hexdigest()

    def _whole(self) -> str:
        return whole(((table.label, table.rows, table.digest) for table in self.tables), self.contents)


def read(content: bytes, path: str) -> Manifest:
    """Read a manifest. Raises UnreadableDocument for what is none, for one that was changed, and for a newer format."""
    try:
        given = json.loads(content)
        if given["kind"] != KIND:
            raise UnreadableDocument("backup.none", path=path)
        if given["format"] > FORMAT:
            raise UnreadableDocument("backup.format_newer", path=path, version=given["gongkai"])
        found = Manifest(**{**given, "tables": [Held(**table) for table in given["tables"]]})
        typed = _typed(found)
        holds = typed and found.holds()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableDocument("backup.none", path=path) from error
    if not typed:
        raise UnreadableDocument("backup.none", path=path)
    if not holds:
        raise UnreadableDocument("backup.damaged", path=path, part="manifest.json")
    return found


def _typed(of: Manifest) -> bool:
    """Whether everything is of the kind that it should be: whoever writes a manifest may seal whatever stands in it."""
    texts = (of.gongkai, of.engine, of.taken, of.contents, of.key_mark, of.digest, of.seal)
    apps = isinstance(of.migrations, dict) and all(map(_texts, of.migrations.values()))
    return (
        all(isinstance(text, str) for text in texts)
        and _VERSION.fullmatch(of.gongkai) is not None
        and _count(of.format, of.files, of.files_bytes)
        and isinstance(of.key, bool)
        and _texts(of.lost)
        and apps
        and all(map(_typed_table, of.tables))
        and len({table.label for table in of.tables}) == len(of.tables)
    )


def _typed_table(of: Held) -> bool:
    shaped = isinstance(of.columns, list) and all(_texts(one) and len(one) == _NAME_AND_KIND for one in of.columns)
    return shaped and _texts([of.label, of.sha256, of.digest]) and _count(of.rows, of.bytes)


def _texts(given: object) -> bool:
    return isinstance(given, list) and all(isinstance(one, str) for one in given)


def _count(*given: object) -> bool:
    return all(type(one) is int and 0 <= one <= _MOST for one in given)


def key_mark(key: str) -> str:
    """Return what shows whether two keys are the same, and nothing of the key: it is made of 48 random bytes."""
    return sha256(b"gongkai.backup" + key.encode()).hexdigest()[:16]
