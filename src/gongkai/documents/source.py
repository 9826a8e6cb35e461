"""A file as it came: its bytes, its name, its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

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
        path = Path(path)
        try:
            size = path.stat().st_size
            if size > limits.file_bytes:
                raise UnreadableDocument("document.too_large", name=str(path), size=size, limit=limits.file_bytes)
            return cls(path.read_bytes(), str(path))
        except OSError as error:
            raise UnreadableDocument(
                "document.no_file", name=str(path), reason=error.strerror or str(error)
            ) from error

    @property
    def ending(self) -> str:
        """The file name's ending in lower case without the dot."""
        return Path(self.name).suffix.lower().lstrip(".")

    @cached_property
    def sha256(self) -> str:
        """The digest of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()
