"""Files of an installation on the disk: there after a loss of power, and readable by its owner only.

A new name lasts only once its folder's list of names is on the disk. What is there already keeps the rights that an
operator has given it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def own_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, unless it is there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


class OwnersOnly(sqlite3.Connection):
    """A connection to a database whose file, where it is made, only its owner can read; so are those that SQLite adds."""

    def __init__(self, database: Any, *given: Any, **named: Any) -> None:
        written = os.fspath(database)
        if isinstance(written, str) and written != ":memory:" and not written.startswith("file:"):
            os.close(os.open(written, os.O_RDWR | os.O_CREAT, 0o600))
        super().__init__(database, *given, **named)
