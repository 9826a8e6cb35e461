"""Putting the rows of a backup into an empty database, at the state of the migrations that they were taken at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, IntegrityError, transaction
from django.db.migrations.executor import MigrationExecutor

from gongkai.errors import UnreadableDocument
from gongkai.web.backup import digest, tables
from gongkai.web.backup.archive import Reader, table_name
from gongkai.web.backup.manifest import Held, Manifest
from gongkai.web.backup.tables import Table
from gongkai.web.backup.verify import damaged, rows

_ROWS, _CHARACTERS = 500, 4 << 20
"""What is written together, whichever is reached first."""


def load(connection: Any, file: Reader, of: Manifest, progress: Callable[[int, str], None]) -> None:
    """Make the tables and fill them; then prove references and, table by table, that what is there is what was taken.

    The tables are made as they were when the backup was taken: columns that are gone since are filled, and go with the
    migrations that follow. Tables that are left out of backups now are left out of what is restored.
    Raises UnreadableDocument where a row cannot be kept or something came out otherwise.
    """
    executor = MigrationExecutor(connection)
    ends = tables.ends(of.migrations)
    plan = executor.migration_plan(ends)
    if {(one.app_label, one.name) for one, _ in plan} != {
        (a, n) for a, names in of.migrations.items() for n in names
    }:
        raise damaged(file, "manifest.json")
    executor.migrate(ends, plan=plan)
    models = tables.models_at(of.migrations)
    kept, taken = tables.tables(models), [held for held in of.tables if held.label not in tables.LEFT_OUT]
    if [[table.label, table.shape()] for table in kept] != [[held.label, held.columns] for held in taken]:
        raise damaged(file, "manifest.json")
    if connection.vendor == "postgresql":
        # A migration that added a reference to a table that was there before has it checked at once from then on; rows
        # come table by table, and refer to tables that come later.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    with connection.constraint_checks_disabled():
        for number, (table, held) in enumerate(zip(kept, taken, strict=True), 1):
            progress(number, table.label)
            _fill(connection, file, table, held)
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise UnreadableDocument("restore.reference", reason=str(error)) from error
    _count_on(connection, models)
    for table, held in zip(kept, taken, strict=True):
        progress(len(kept), table.label)
        known = digest.of_table(connection, table)
        if (known.rows, known.hexdigest()) != (held.rows, held.digest):
            raise UnreadableDocument("restore.differs", table=table.label, rows=held.rows, found=known.rows)


def _fill(connection: Any, file: Reader, table: Table, held: Held) -> None:
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(one.name) for one in table.columns)
    values = ", ".join(["%s"] * len(table.columns))
    statement = " ".join(["INSERT INTO", quoted(table.name), "(", names, ") VALUES (", values, ")"])
    writers = [one.writer(connection) for one in table.columns]
    done = 0
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        # What a migration put there itself is among the rows that were taken.
        cursor.execute(" ".join(["DELETE FROM", quoted(table.name)]))
        for batch in _batches(rows(file, held)):
            try:
                cursor.executemany(statement, [_ready(writers, row) for row in batch])
            except (ValueError, TypeError, ArithmeticError, AttributeError) as error:
                raise damaged(file, table_name(held.label)) from error
            except DatabaseError as error:
                first, last = done + 1, done + len(batch)
                reason = str(error).strip().split("\n")[0]
                raise UnreadableDocument(
                    "restore.row", table=table.label, first=first, last=last, reason=reason
                ) from error
            done += len(batch)


def _ready(writers: list[Callable[[Any], Any] | None], row: list[Any]) -> list[Any]:
    return [
        value if value is None or write is None else write(value) for write, value in zip(writers, row, strict=True)
    ]


def _batches(given: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    batch: list[list[Any]] = []
    size = 0
    for row in given:
        batch.append(row)
        size += sum(len(value) for value in row if isinstance(value, str))
        if len(batch) == _ROWS or size > _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _count_on(connection: Any, models: list[Any]) -> None:
    """Let the next row of each table have a number that is free; SQLite sees to that by itself."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            # Nothing is left to be checked when the migrations that follow change the tables.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
