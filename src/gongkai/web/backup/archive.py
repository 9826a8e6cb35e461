"""The file of a backup: a ZIP archive that appears under its name only when it is whole and on the disk."""

from __future__ import annotations

import os
import secrets
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.settings.on_disk import sync_folder

MANIFEST, CONTENTS, KEY = "manifest.json", "contents.txt", "secret-key"
_PART = ".part"
_FORGOTTEN = 3600.0
"""Seconds after which a part that nobody writes any more is what a crash left."""


def table_name(label: str) -> str:
    """Return where a model's rows stand."""
    return f"tables/{label}.jsonl"


def content_name(digest: str) -> str:
    """Return where a content stands."""
    return f"files/{digest}"


class Writer:
    """A backup being written, readable by its owner only. Without `finish` nothing of it stays."""

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path, self._force = path, force
        self._part = path.with_name(f"{path.name}.{secrets.token_hex(8)}{_PART}")
        self._at = time.localtime()[:6]

    def __enter__(self) -> Self:
        self._refuse()
        self._forget()
        with failing(self.path):
            handle = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        self._file = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A disk that is full fails once more when the rest is let go; the first failure is the one to tell.
        with suppress(OSError, ValueError):
            self._zip.close()
        with suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)

    def member(self, name: str, *, packed: bool = True) -> IO[bytes]:
        """Begin a part of the archive; one at a time."""
        info = zipfile.ZipInfo(name, self._at)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.external_attr = 0o600 << 16
        return self._zip.open(info, "w", force_zip64=True)

    def finish(self) -> int:
        """Put the archive on the disk under its name; return its bytes."""
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        self._refuse()
        self._part.replace(self.path)
        sync_folder(self.path.parent)
        return size

    def _refuse(self) -> None:
        if not self._force and os.path.lexists(self.path):
            raise InvalidInput("cli.output.exists", path=str(self.path))
        if self.path.is_dir():
            raise InvalidInput("backup.folder", path=str(self.path))

    def _forget(self) -> None:
        """Remove what earlier backups of this name left when they were killed."""
        for part in self.path.parent.glob(f"{_escaped(self.path.name)}.*{_PART}"):
            with suppress(OSError):
                if part.stat().st_mtime < time.time() - _FORGOTTEN:
                    part.unlink()


class Reader:
    """A backup that is read. Raises UnreadableDocument for a file that is none or is cut off."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError as error:
            raise InvalidInput("backup.not_there", path=str(path)) from error
        except OSError as error:
            raise InvalidInput("backup.unreadable", path=str(path), reason=error.strerror or str(error)) from error
        except zipfile.BadZipFile as error:
            raise UnreadableDocument("backup.none", path=str(path)) from error
        self.names = self._zip.namelist()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """Open a part. Raises UnreadableDocument where it is not there or its bytes do not hold together."""
        try:
            with self._zip.open(name) as content:
                yield content
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnreadableDocument("backup.damaged", path=str(self.path), part=name) from error

    def content(self, name: str) -> bytes:
        """Return a small part as a whole."""
        with self.member(name) as content:
            return content.read()


@contextmanager
def failing(path: Path) -> Iterator[None]:
    """Say of what the system refuses which file it was and why."""
    try:
        yield
    except OSError as error:
        raise InvalidInput("cli.output.failed", path=str(path), reason=error.strerror or str(error)) from error


def _escaped(name: str) -> str:
    """A name as a pattern that only it fits."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
