"""Where a backup is restored: whether something is there, and a place beside it that takes its place at the end.

Until then the installation is what it was. On SQLite the new database is another file, which is copied over the old one
in one transaction; on PostgreSQL everything is done in one transaction, the removal of the old tables included.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder

from gongkai.errors import InvalidInput
from gongkai.web.backup import tables
from gongkai.web.settings.on_disk import OwnersOnly, own_folder

_PREFIX = "restoring-"
_WAIT = 20
"""Seconds that are waited for others to let go of the database."""
_LOCK_NOT_HAD = "55P03"
"""What PostgreSQL calls it that somebody else did not let go in time."""
MADE_BY_MIGRATING = {"auth.permission", "contenttypes.contenttype", "sessions.session"}
"""Models that have rows in an installation that nobody has used yet."""


def rows(connection: Any) -> int:
    """Return how many rows somebody has made in the installation at hand; 0 where it is empty or not there at all."""
    path = _file(connection)
    if path is not None and not path.exists():
        return 0
    quoted, number = connection.ops.quote_name, 0
    with connection.cursor() as cursor:
        for model in _present(connection):
            if model._meta.label_lower not in MADE_BY_MIGRATING:
                cursor.execute(" ".join(["SELECT count(*) FROM", quoted(model._meta.db_table)]))
                number += cursor.fetchone()[0]
    return number


@contextmanager
def beside(connection: Any) -> Iterator[Callable[[], None]]:
    """Let the connection lead to an empty database; the function given makes it the installation's.

    Whatever happens before that leaves the installation as it was. Raises InvalidInput where others hold the database.
    """
    build = _postgresql if connection.vendor == "postgresql" else _sqlite
    with build(connection) as settle:
        yield settle


@contextmanager
def _postgresql(connection: Any) -> Iterator[Callable[[], None]]:
    present = [model._meta.db_table for model in _present(connection)]
    known = connection.introspection.table_names()
    names = [*present, MigrationRecorder.Migration._meta.db_table]
    connection.set_autocommit(False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{_WAIT}s'")
            for name in names:
                if name in known:
                    cursor.execute(" ".join(["DROP TABLE", connection.ops.quote_name(name), "CASCADE"]))
        yield connection.commit
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != _LOCK_NOT_HAD:
            raise
        raise InvalidInput("restore.busy", seconds=_WAIT) from error
    finally:
        connection.rollback()
        connection.set_autocommit(True)


@contextmanager
def _sqlite(connection: Any) -> Iterator[Callable[[], None]]:
    live = _file(connection)
    assert live is not None  # noqa: S101 - the database of an installation is a file
    own_folder(live.parent)
    for left in live.parent.glob(f"{_PREFIX}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=live.parent))
    side = folder / live.name
    _lead(connection, side)
    try:
        with connection.cursor() as cursor:
            # A machine that stops meanwhile loses only what would have to be made anew.
            cursor.execute("PRAGMA synchronous=OFF")

        def settle() -> None:
            connection.close()
            _copy_over(side, live)

        yield settle
    finally:
        _lead(connection, live)
        shutil.rmtree(folder, ignore_errors=True)


def _copy_over(side: Path, live: Path) -> None:
    """Copy a database over another in one transaction; whoever reads the other meanwhile sees all of it or nothing."""
    with closing(sqlite3.connect(side)) as made, closing(OwnersOnly(live, timeout=_WAIT)) as target:
        try:
            target.execute("BEGIN IMMEDIATE")
            target.rollback()
            target.execute("PRAGMA synchronous=FULL")
            made.backup(target)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise OperationalError(*error.args) from error
            raise InvalidInput("restore.busy", seconds=_WAIT) from error


def _lead(connection: Any, path: Path) -> None:
    connection.close()
    connection.settings_dict["NAME"] = str(path)


def _file(connection: Any) -> Path | None:
    """The file of a database that is one."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def _present(connection: Any) -> list[Any]:
    """The models whose tables are there. Raises InvalidInput where a newer program made them."""
    known = set(connection.introspection.table_names())
    models = tables.models_at(tables.applied(connection))
    return [model for model in models if model._meta.db_table in known]
