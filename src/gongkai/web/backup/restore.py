"""An installation out of a backup, on either engine: proved first, then whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

import gongkai
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.audit.chain import Verdict
from gongkai.web.audit.chain import verify as prove
from gongkai.web.audit.queries import chains
from gongkai.web.backup import archive, space, tables, target, verify
from gongkai.web.backup.archive import Reader
from gongkai.web.backup.load import load
from gongkai.web.backup.manifest import Manifest, key_mark
from gongkai.web.backup.take import Progress
from gongkai.web.files.store import store
from gongkai.web.settings import secret, statistics

_ROOM = 3
"""How many times its lines a database takes on the disk while it is made: itself, its indexes, its copy."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, what each chain of the audit proved to be, and whether the key at hand is the rows' own."""

    manifest: Manifest
    verdicts: list[Verdict]
    key_fits: bool


def restore(path: Path, *, replace: bool = False, progress: Progress) -> Restored:
    """Restore a backup into the installation that the settings name.

    Everything is proved before anything is written, and once more as it stands in the database. A restore that is
    interrupted leaves the installation as it was, and contents that the sweep collects. Raises InvalidInput where
    something is there already and is not to be replaced, where others use it, or the disk has no room;
    UnreadableDocument for a backup that is damaged or of a newer program.
    """
    with Reader(path) as file:
        found = verify.manifest_of(file)
        refuse_newer(found, path)
        if not replace:
            refuse_used()
        verify.verify(path, progress)
        _room(found)
        _contents(file, found, progress)
        at_hand = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        given = verify.key(file) if found.key else at_hand
        # Migrations may have to read what the rows keep encrypted.
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = given[0], list(given[1:])
        with target.beside(connection) as settle:
            load(connection, file, found, lambda number, name: progress(number, len(found.tables), name))
            # Newer migrations, and what follows them: the seals of the audit among others.
            call_command("migrate", interactive=False, verbosity=0)
            verdicts = [prove(name) for name in chains()]
            # Until the new rows stand both are readable: whoever dies in between leaves an installation that works.
            secret.put(settings.DATA, (*given, *(one for one in at_hand if one not in given)))
            try:
                settle()
            except (InvalidInput, DatabaseError):
                secret.put(settings.DATA, at_hand)
                raise
        secret.put(settings.DATA, given)
        statistics.gather()
    return Restored(found, verdicts, key_mark(given[0]) == found.key_mark)


def refuse_used() -> None:
    """Raise InvalidInput where somebody has made rows in the installation at hand."""
    if number := target.rows(connection):
        raise InvalidInput("restore.used", rows=number)


def refuse_newer(of: Manifest, path: Path) -> None:
    """Raise UnreadableDocument for a backup that a newer program made."""
    newer = _version(of.gongkai) > _version(gongkai.__version__)
    if newer or tables.not_known(of.migrations):
        raise UnreadableDocument("restore.newer", path=str(path), version=of.gongkai, own=gongkai.__version__)


def _version(written: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", written)[:3])


def _room(of: Manifest) -> None:
    rows = of.size * _ROOM if connection.vendor == "sqlite" else 0
    folder = Path(settings.DATA)
    folder.mkdir(parents=True, exist_ok=True)
    space.need(folder, of.files_bytes + rows)


def _contents(file: Reader, of: Manifest, progress: Progress) -> None:
    """Put every content into the store, which says under which digest it is kept."""
    place, lost = store(), set(of.lost)
    for number, (name, size) in enumerate(verify.contents(file, of), 1):
        progress(number, of.files, name)
        if name in lost:
            continue
        with file.member(archive.content_name(name)) as member:
            if place.put(member, size).digest != name:
                raise verify.damaged(file, archive.content_name(name))
