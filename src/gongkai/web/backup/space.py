"""Room on the disk, asked for before anything is written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from gongkai.errors import InvalidInput

_MEBIBYTE = 1 << 20


def need(folder: Path, size: int) -> None:
    """Raise InvalidInput where the disk of a folder has less room than that many bytes."""
    free = shutil.disk_usage(folder).free
    if free < size:
        wanted = -(-size // _MEBIBYTE)
        raise InvalidInput("backup.no_space", folder=str(folder), needed=wanted, free=free // _MEBIBYTE)


def of_database(connection: Any) -> int:
    """Return the bytes that the database takes on its disk, at least: what it keeps is smaller when it is packed."""
    if connection.vendor == "postgresql":
        asked = "SELECT pg_database_size(current_database())"
    else:
        asked = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return int(cursor.fetchone()[0])
