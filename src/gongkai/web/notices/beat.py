"""The sweep's sign of life: a file in the data folder that every tick marks as touched."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from django.conf import settings

NAME = "sweep.beat"


def beat() -> None:
    """Mark that a tick has just ended. A disk that refuses it stops no sweep."""
    with suppress(OSError):
        _place().touch()


def last() -> float | None:
    """Return when the last tick ended, in seconds since 1970; None where none ever did."""
    try:
        return _place().stat().st_mtime
    except OSError:
        return None


def _place() -> Path:
    return Path(settings.DATA) / NAME
