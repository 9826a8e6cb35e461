"""Proving a backup without restoring it: every byte that it holds against what it says of itself."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from gongkai.errors import UnreadableDocument
from gongkai.web.backup import archive, manifest
from gongkai.web.backup.archive import Reader
from gongkai.web.backup.digest import RowsDigest
from gongkai.web.backup.manifest import Held, Manifest, key_mark
from gongkai.web.backup.take import Progress
from gongkai.web.files.store import CHUNK

_SIZE = re.compile("[0-9]{1,18}")


def verify(path: Path, progress: Progress) -> Manifest:
    """Return what a backup says of itself once everything in it is proved. Raises UnreadableDocument at what is wrong."""
    with Reader(path) as file:
        found = manifest_of(file)
        names = _names(file, found)
        steps = len(found.tables) + found.files
        for number, table in enumerate(found.tables, 1):
            progress(number, steps, table.label)
            for _ in rows(file, table):
                pass
        listed = 0
        for name, size in contents(file, found):
            listed += 1
            progress(len(found.tables) + listed, steps, name)
            part = archive.content_name(name)
            there = part in names
            names.discard(part)
            if name in found.lost:
                continue
            if not there:
                raise damaged(file, archive.CONTENTS)
            _content(file, name, size)
        if names or listed != found.files:
            raise damaged(file, archive.CONTENTS)
        if found.key and key_mark(key(file)[0]) != found.key_mark:
            raise damaged(file, archive.KEY)
    return found


def manifest_of(file: Reader) -> Manifest:
    """Return what a backup says of itself. Raises UnreadableDocument for a file that is no backup."""
    if archive.MANIFEST not in file.names:
        raise UnreadableDocument("backup.none", path=str(file.path))
    return manifest.read(file.content(archive.MANIFEST), str(file.path))


def key(file: Reader) -> tuple[str, ...]:
    """Return the secret keys that a backup holds, the one in use first."""
    try:
        found = tuple(file.content(archive.KEY).decode("ascii").splitlines())
    except UnicodeDecodeError as error:
        raise damaged(file, archive.KEY) from error
    if not found:
        raise damaged(file, archive.KEY)
    return found


def rows(file: Reader, table: Held) -> Iterator[list[Any]]:
    """Give the rows of a table; at their end they are proved. Raises UnreadableDocument."""
    name = archive.table_name(table.label)
    known, exact = RowsDigest(table.columns), sha256()
    with file.member(name) as member:
        for written in io.BufferedReader(member, CHUNK):  # type: ignore[type-var]
            exact.update(written)
            try:
                values = json.loads(written)
                if not isinstance(values, list) or len(values) != len(table.columns):
                    raise damaged(file, name)
                known.add(values, written)
            except (ValueError, TypeError, RecursionError) as error:
                raise damaged(file, name) from error
            yield values
    if (known.rows, exact.hexdigest(), known.hexdigest()) != (table.rows, table.sha256, table.digest):
        raise damaged(file, name)


def contents(file: Reader, of: Manifest) -> Iterator[tuple[str, int]]:
    """Give digest and size of every content; at their end the list is proved. Raises UnreadableDocument."""
    known = sha256()
    with file.member(archive.CONTENTS) as member:
        for written in io.BufferedReader(member, CHUNK):  # type: ignore[type-var]
            known.update(written)
            name, _, size = written.decode("ascii", "replace").strip().partition(" ")
            if not _SIZE.fullmatch(size):
                raise damaged(file, archive.CONTENTS)
            yield name, int(size)
    if known.hexdigest() != of.contents:
        raise damaged(file, archive.CONTENTS)


def damaged(file: Reader, part: str) -> UnreadableDocument:
    """The error for a backup that does not hold what it says."""
    return UnreadableDocument("backup.damaged", path=str(file.path), part=part)


def _names(file: Reader, found: Manifest) -> set[str]:
    """The parts of the archive that are contents. Parts that are missing or that nobody knows are damage."""
    expected = {archive.MANIFEST, archive.CONTENTS, *(archive.table_name(table.label) for table in found.tables)}
    expected |= {archive.KEY} if found.key else set()
    given = set(file.names)
    if missing := expected - given:
        raise damaged(file, min(missing))
    left = given - expected
    if foreign := [name for name in left if not name.startswith(archive.content_name(""))]:
        raise damaged(file, min(foreign))
    return left


def _content(file: Reader, name: str, size: int) -> None:
    known, length = sha256(), 0
    with file.member(archive.content_name(name)) as member:
        while chunk := member.read(CHUNK):
            known.update(chunk)
            length += len(chunk)
    if (known.hexdigest(), length) != (name, size):
        raise damaged(file, archive.content_name(name))
