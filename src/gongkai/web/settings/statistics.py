"""What the database knows of its own tables, by which it chooses how to answer.

PostgreSQL that was never told takes a table of 50,000 rows for one of a few, and reads all of it where one row was asked
for. A server usually sees to that by itself within a minute of a change; some are set not to, and after thousands of new
rows the next page should not wait a minute.
"""

from __future__ import annotations

from django.db import connection


def gather() -> None:
    """Let PostgreSQL look at its tables anew. SQLite needs none of it: its indexes say enough."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def gathers_by_itself() -> bool:
    """Whether the server sees to it whenever much has changed."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('autovacuum')")
        return str(cursor.fetchone()[0]) == "on"
