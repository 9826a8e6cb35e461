"""The ends of all chains as they were exported day by day, in a folder that the operator copies elsewhere."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from gongkai.web.audit import heads
from gongkai.web.settings.on_disk import sync_folder

FOLDER = "audit-heads"


class Export(NamedTuple):
    """An export: its day, and the file that holds it."""

    day: date
    path: Path


def write(day: date, lines: Iterable[str]) -> Export:
    """Write the export of a day, whole or not at all; a second one of the same day takes its place."""
    folder().mkdir(parents=True, exist_ok=True)
    made = Export(day, folder() / f"{day.isoformat()}.jsonl")
    part = folder() / f".{secrets.token_hex(8)}"
    try:
        with part.open("x", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        part.replace(made.path)
        sync_folder(made.path.parent)
    finally:
        part.unlink(missing_ok=True)
    return made


def exports() -> list[Export]:
    """Return all exports, the newest first; files of other names are nobody's business."""
    found = []
    for path in folder().glob("????-??-??.jsonl"):
        try:
            found.append(Export(date.fromisoformat(path.stem), path))
        except ValueError:
            continue
    return sorted(found, reverse=True)


def newest() -> heads.Heads:
    """Return the ends of the newest export; none where there is none. Raises InvalidInput for a file that is none."""
    for export in exports():
        with export.path.open(encoding="utf-8") as lines:
            return heads.read(lines)
    return {}


def forget(keep: int) -> int:
    """Remove all but the newest exports and return how many; by number, so that a clock set wrong removes nothing more."""
    old = exports()[max(keep, 1) :]
    for export in old:
        export.path.unlink(missing_ok=True)
    return len(old)


def folder() -> Path:
    """Return the folder of the exports."""
    return Path(settings.DATA) / FOLDER
