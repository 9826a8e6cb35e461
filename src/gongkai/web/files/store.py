"""The place of contents, each under its digest.

A content is whole and on the disk before its name appears: written under another name, synced, renamed, the folder
synced. Storage that is compatible with S3 would be another `Store`; the local one is the only one built.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, Protocol

from django.conf import settings

from gongkai.errors import InvalidInput

CHUNK = 1 << 18
INCOMING, LEAVING = "incoming", "leaving"


class Stored(NamedTuple):
    """What a content is known by: the SHA-256 of its bytes in hexadecimal, and how many there are."""

    digest: str
    size: int


class Store(Protocol):
    """What the platform asks of a storage."""

    def put(self, content: IO[bytes], limit: int) -> Stored:
        """Keep a content for good. Raises InvalidInput beyond `limit` bytes; then nothing is kept."""

    def open(self, digest: str) -> IO[bytes]:
        """Open a content for reading. Raises FileNotFoundError where there is none."""

    def older_than(self, instant: float) -> Iterator[str]:
        """The digests of contents last given before an instant, in seconds since 1970."""

    def remove(self, digest: str, instant: float) -> bool:
        """Take a content away unless it was given again since `instant`; say whether it is gone."""


class LocalStore:
    """Contents in a folder, two levels of folders deep by the first digits of their digests."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: IO[bytes], limit: int) -> Stored:
        """Keep a content; one that is there already is only marked as given again."""
        part = self._new_part()
        try:
            stored = write_part(part, content, limit)
            self._settle(part, stored.digest)
        finally:
            part.unlink(missing_ok=True)
        return stored

    def open(self, digest: str) -> IO[bytes]:
        """Open a content for reading, also one that a removal had moved aside when the machine stopped."""
        path = self._path(digest)
        try:
            return path.open("rb")
        except FileNotFoundError:
            return (self.root / LEAVING / digest).open("rb")

    def older_than(self, instant: float) -> Iterator[str]:
        """The digests of contents last given before an instant. Parts of that age that a crash left are removed."""
        for part in (self.root / INCOMING).glob("*"):
            if _changed(part) < instant:
                part.unlink(missing_ok=True)
        for pattern in ("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*", f"{LEAVING}/*"):
            for path in self.root.glob(pattern):
                if _changed(path) < instant:
                    yield path.name

    def remove(self, digest: str, instant: float) -> bool:
        """Take a content away. It is moved aside first: who gives it again from then on finds it missing."""
        path, aside = self._path(digest), self.root / LEAVING / digest
        aside.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.replace(aside)
        if aside.exists() and _changed(aside) >= instant:
            aside.replace(path)
            return False
        aside.unlink(missing_ok=True)
        return True

    def _path(self, digest: str) -> Path:
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise FileNotFoundError(digest)
        return self.root / digest[:2] / digest[2:4] / digest

    def _new_part(self) -> Path:
        folder = self.root / INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        return folder / secrets.token_hex(16)

    def _settle(self, part: Path, digest: str) -> None:
        """Give a written part its name, or mark the content that is there already as given just now."""
        path = self._path(digest)
        try:
            os.utime(path)
        except FileNotFoundError:
            _make_folders(path.parent, self.root)
            part.replace(path)
        sync_folder(path.parent)


def write_part(part: Path, content: IO[bytes], limit: int) -> Stored:
    """Write a content to the disk under a passing name. Raises InvalidInput beyond `limit` bytes."""
    known, size = hashlib.sha256(), 0
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        while chunk := content.read(CHUNK):
            size += len(chunk)
            if size > limit:
                raise InvalidInput("files.too_large", limit=limit // 2**20)
            known.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Stored(known.hexdigest(), size)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store() -> Store:
    """Return the store of this installation."""
    return LocalStore(Path(settings.FILES))


def _make_folders(folder: Path, root: Path) -> None:
    """Make a folder below the root; every new one is put on the disk in the one above it."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folders(folder.parent, root)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def _changed(path: Path) -> float:
    """When a file was last given; now for one that is gone meanwhile, so that nobody removes it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
