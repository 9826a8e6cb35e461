"""The secret key of an installation: made once, kept in its data folder, never a default."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

_NAME = "secret-key"
_BYTES = 48


def secret_key(data: Path) -> str:
    """Return the key of the data folder, making it when it is not there; only its owner can read the file."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / _NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    made = secrets.token_urlsafe(_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    return made
