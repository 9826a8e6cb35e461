"""Taking a backup while officers work: all rows of one moment, and then the contents that they name."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection

import gongkai
from gongkai.errors import InvalidInput
from gongkai.web.backup import archive, digest, space, tables
from gongkai.web.backup.archive import Writer
from gongkai.web.backup.contents import Contents, copy
from gongkai.web.backup.manifest import Held, Manifest, key_mark
from gongkai.web.backup.snapshot import snapshot
from gongkai.web.backup.tables import Table
from gongkai.web.files.store import store

Progress = Callable[[int, int, str], None]
"""Told the number of a step, how many there are, and what it is about."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken: what it says of itself, and its bytes."""

    manifest: Manifest
    size: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What an installation holds now: digest, rows of all tables, contents, and those of them that are not whole."""

    digest: str
    rows: int
    tables: int
    files: int
    lost: list[str]


def take(path: Path, *, force: bool = False, with_key: bool = True, progress: Progress) -> Taken:
    """Write a backup of this installation, of the state at one moment, whatever else is being done meanwhile.

    The contents are copied after that moment: the sweep removes none sooner than a day after its record is gone. Raises
    InvalidInput where there is no installation, the file is there already, cannot be written, or the disk has no room.
    """
    with Writer(path, force=force) as file, archive.failing(path):
        with snapshot(connection):
            applied = _applied()
            kept = tables.tables(tables.models_at(applied))
            contents = Contents(connection, kept)
            taken = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            space.need(path.absolute().parent, contents.bytes + space.of_database(connection))
            steps = len(kept) + contents.number
            held = []
            for number, table in enumerate(kept, 1):
                progress(number, steps, table.label)
                held.append(_rows(file, table))
        with closing(contents):
            lost = _contents(file, contents, lambda done, name: progress(len(kept) + done, steps, name))
        used = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if with_key:
            with file.member(archive.KEY) as member:
                member.write("\n".join(used).encode("ascii"))
        manifest = Manifest(
            gongkai=gongkai.__version__, engine=connection.vendor, taken=taken, migrations=applied, tables=held,
            files=contents.number, files_bytes=contents.bytes, contents=contents.digest, lost=lost, key=with_key,
            key_mark=key_mark(used[0]),
        ).sealed()  # fmt: skip
        with file.member(archive.MANIFEST) as member:
            member.write(manifest.written())
        return Taken(manifest, file.finish())


def standing(progress: Progress) -> Standing:
    """Return the digest of this installation as it stands, its contents read and proved."""
    with snapshot(connection):
        kept = tables.tables(tables.models_at(_applied()))
        contents = Contents(connection, kept)
        steps = len(kept) + contents.number
        rows = []
        for number, table in enumerate(kept, 1):
            progress(number, steps, table.label)
            known = digest.of_table(connection, table)
            rows.append((table.label, known.rows, known.hexdigest()))
    lost, place = [], store()
    with closing(contents):
        for number, (name, _) in enumerate(contents, len(kept) + 1):
            progress(number, steps, name)
            if not copy(place, name, None):
                lost.append(name)
    total = digest.whole(rows, contents.digest)
    return Standing(total, sum(number for _, number, _ in rows), len(rows), contents.number, lost)


def _applied() -> tables.Migrations:
    found = tables.applied(connection)
    if not found:
        raise InvalidInput("backup.nothing", folder=str(settings.DATA))
    return found


def _rows(file: Writer, table: Table) -> Held:
    known, exact, size = digest.RowsDigest(table.shape()), sha256(), 0
    with file.member(archive.table_name(table.label)) as member:
        for values in table.rows(connection):
            written = tables.line(values)
            known.add(values, written)
            exact.update(written)
            size += len(written)
            member.write(written)
    return Held(table.label, table.shape(), known.rows, size, exact.hexdigest(), known.hexdigest())


def _contents(file: Writer, contents: Contents, progress: Callable[[int, str], None]) -> list[str]:
    """Copy the contents, then their list; return those that the store does not hold whole."""
    lost, place = [], store()
    for number, (name, _) in enumerate(contents, 1):
        progress(number, name)
        with file.member(archive.content_name(name), packed=False) as member:
            if not copy(place, name, member):
                lost.append(name)
    with file.member(archive.CONTENTS) as member:
        for name, size in contents:
            member.write(f"{name} {size}\n".encode())
    return lost
