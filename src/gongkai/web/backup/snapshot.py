"""One moment of the database for a reader, while everybody else goes on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def snapshot(connection: Any) -> Iterator[None]:
    """Show the reader inside one state of all tables; it writes nothing and keeps nobody from writing."""
    show = _postgresql if connection.vendor == "postgresql" else _sqlite
    with show(connection):
        yield


@contextmanager
def _postgresql(connection: Any) -> Iterator[None]:
    with transaction.atomic(using=connection.alias, durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


@contextmanager
def _sqlite(connection: Any) -> Iterator[None]:
    """Transactions of the platform take the write lock when they begin (IMMEDIATE); this one must not."""
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic(using=connection.alias, durable=True):
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only=ON")
                # Only the first look at a table fixes the moment.
                cursor.execute("SELECT count(*) FROM sqlite_master")
                cursor.fetchone()
            try:
                yield
            finally:
                with connection.cursor() as cursor:
                    cursor.execute("PRAGMA query_only=OFF")
    finally:
        connection.transaction_mode = mode
