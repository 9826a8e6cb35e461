"""A file as it came: its bytes, its name, its digest."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from gongkai.documents.limits import DEFAULT, Limits
from gongkai.errors import UnreadableDocument


@dataclass(frozen=True)
class Source:
    """The bytes of one document. `name` is what people call it, a path or a file name; its ending is only a hint."""

    data: bytes
    name: str = ""

    @classmethod
    def from_path(cls, path: str | Path, limits: Limits = DEFAULT) -> Source:
        """Read the file at `path`. Raises UnreadableDocument where there is none, or it is over the limit."""
        with open_file(Path(path), limits) as file:
            return cls(file.read(), str(path))

    @property
    def ending(self) -> str:
        """The file name's ending in lower case without the dot."""
        return Path(self.name).suffix.lower().lstrip(".")

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def open_file(path: Path, limits: Limits) -> IO[bytes]:
    """Open a file for reading, neither a folder nor a device nor a pipe, which might never end.

    Raises UnreadableDocument `document.no_file`, `document.too_large`.
    """
    try:
        # Without this flag, opening a pipe waits until somebody writes.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableDocument("document.no_file", name=str(path), reason=reason) from error
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size <= limits.file_bytes:
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISREG(status.st_mode):
        raise UnreadableDocument("document.too_large", name=str(path), size=status.st_size, limit=limits.file_bytes)
    raise UnreadableDocument("document.no_file", name=str(path), reason="not a file")
