"""The place of contents, each under its digest.

A content is whole and on the disk before its name appears: written under another name, synced, renamed, the folder
synced. Storage that is compatible with S3 is another `Store`, in `store_s3`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from functools import lru_cache
from importlib import util
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NamedTuple, Protocol

from django.conf import settings

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.web.settings import declared
from gongkai.web.settings.on_disk import own_folder, sync_folder

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

    def check(self) -> None:
        """Prove that contents can be kept. Raises OSError where they cannot."""


class StorageFailed(GongkaiError, OSError):
    """A storage elsewhere does not answer, refuses, or answers wrongly; nothing was kept or shown."""


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
        path, aside = self._path(digest), self.root / LEAVING / digest
        # It may be moved back after it was missed in its place and before it is looked for aside.
        for place in (path, aside, path):
            with contextlib.suppress(FileNotFoundError):
                return place.open("rb")
        raise FileNotFoundError(digest)

    def older_than(self, instant: float) -> Iterator[str]:
        """The digests of contents last given before an instant. Parts of that age that a crash left are removed."""
        forget_parts(self.root / INCOMING, instant)
        for pattern in ("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*", f"{LEAVING}/*"):
            for path in self.root.glob(pattern):
                if _changed(path) < instant:
                    yield path.name

    def remove(self, digest: str, instant: float) -> bool:
        """Take a content away. It is moved aside first: who gives it again from then on finds it missing."""
        path, aside = self._path(digest), self.root / LEAVING / digest
        own_folder(aside.parent)
        with contextlib.suppress(FileNotFoundError):
            path.replace(aside)
        if aside.exists() and _changed(aside) >= instant:
            # Another removal may have moved it back already.
            with contextlib.suppress(FileNotFoundError):
                aside.replace(path)
            return False
        aside.unlink(missing_ok=True)
        return True

    def check(self) -> None:
        """Write something below the folder and take it away again. Raises OSError where that fails."""
        own_folder(self.root)
        with TemporaryFile(dir=self.root) as file:
            file.write(b"1")
            file.flush()

    def _path(self, digest: str) -> Path:
        check_digest(digest)
        return self.root / digest[:2] / digest[2:4] / digest

    def _new_part(self) -> Path:
        folder = self.root / INCOMING
        own_folder(self.root)
        own_folder(folder)
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


def forget_parts(folder: Path, instant: float) -> None:
    """Remove what has stood under passing names since before an instant: whoever wrote it is gone."""
    for part in folder.glob("*"):
        if _changed(part) < instant:
            part.unlink(missing_ok=True)


def check_digest(digest: str) -> None:
    """Let nothing but a digest become a path or a name. Raises FileNotFoundError."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise FileNotFoundError(digest)


def store() -> Store:
    """Return the store of this installation: a bucket where one is named, else the folder.

    Raises InvalidInput where the bucket's endpoint is not set, or the extra `s3` is not installed.
    """
    bucket = declared.text("GONGKAI_S3_BUCKET")
    if not bucket:
        return LocalStore(Path(settings.FILES))
    endpoint = declared.text("GONGKAI_S3_ENDPOINT")
    if not endpoint:
        raise InvalidInput("files.s3_endpoint")
    access = declared.text("GONGKAI_S3_KEY"), declared.text("GONGKAI_S3_SECRET"), declared.text("GONGKAI_S3_REGION")
    return _bucket(endpoint, bucket, Path(settings.FILES), *access)


@lru_cache(maxsize=4)
def _bucket(endpoint: str, bucket: str, passing: Path, key: str, secret: str, region: str) -> Store:
    """The store in a bucket, with connections that are kept; its library is imported only here."""
    if util.find_spec("minio") is None:
        raise InvalidInput("files.s3_missing")
    from gongkai.web.files.store_s3 import connect

    return connect(endpoint, bucket, passing, key=key, secret=secret, region=region)


def _make_folders(folder: Path, root: Path) -> None:
    """Make a folder below the root; every new one is put on the disk in the one above it."""
    if folder.is_dir():
        return
    if folder != root:
        _make_folders(folder.parent, root)
    own_folder(folder)
    sync_folder(folder.parent)


def _changed(path: Path) -> float:
    """When a file was last given; now for one that is gone meanwhile, so that nobody removes it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
