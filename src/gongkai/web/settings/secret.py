"""The secret key of an installation: made once, kept in its data folder, never a default.

The file's first line is the key in use; the lines below it are former keys, with which what they protect can still be
read until it is protected anew.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from gongkai.web.settings.on_disk import own_folder, sync_folder

_NAME = "secret-key"
_BYTES = 48


def secret_keys(data: Path) -> tuple[str, ...]:
    """Return the key in use and the former ones, making the first when there is none; only its owner can read the file."""
    own_folder(data)
    try:
        _write(path(data), (_new(),))
    except FileExistsError:
        return tuple(line.strip() for line in path(data).read_text(encoding="ascii").splitlines() if line.strip())
    return secret_keys(data)


def put_new(data: Path) -> tuple[str, ...]:
    """Put a new key before the others and return them all; whoever dies on the way leaves the old file."""
    return put(data, (_new(), *secret_keys(data)))


def forget_former(data: Path) -> int:
    """Keep only the key in use; return how many others there were."""
    current, *former = secret_keys(data)
    if former:
        put(data, (current,))
    return len(former)


def path(data: Path) -> Path:
    """Return the place of the file in a data folder."""
    return data / _NAME


def _new() -> str:
    return secrets.token_urlsafe(_BYTES)


def put(data: Path, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Put these keys in the place of all that are there, as a whole or not at all, and return them."""
    part = data / f"{_NAME}.{secrets.token_hex(8)}"
    try:
        _write(part, keys)
        part.replace(path(data))
        sync_folder(data)
    finally:
        part.unlink(missing_ok=True)
    return keys


def _write(place: Path, keys: tuple[str, ...]) -> None:
    """Write a file that only its owner can read. Raises FileExistsError where there is one."""
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(keys))
        file.flush()
        os.fsync(file.fileno())
