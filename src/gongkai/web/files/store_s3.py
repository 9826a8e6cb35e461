"""Contents in a storage that is compatible with S3.

Every giving of a content is an object of its own, `<digest>/<instant>-<chance>`: whoever takes away what is old names objects that he
has seen to be old, and can never meet one that is given at the same moment. Of several objects of one content the newest
stays; the older ones are taken away by whoever gives it again. An object appears when it is whole, and what is read is
measured by its digest before anybody sees a byte of it.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from urllib.parse import urlsplit

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from gongkai.web.files.store import CHUNK, INCOMING, StorageFailed, Stored, check_digest, forget_parts, write_part

CONNECT, ANSWER, AGAIN = 5, 30, 2
"""Seconds for a connection and for each answer, and how often a request is tried again."""
GRAIN = 1.0
"""Seconds to which the storage tells when an object was written; within them it counts as the younger."""
_LOOKS = 3


class S3Store:
    """Contents in a bucket; `passing` is a folder of this machine for contents on their way."""

    def __init__(self, client: Minio, bucket: str, passing: Path) -> None:
        self.client, self.bucket, self.passing = client, bucket, passing / INCOMING

    def put(self, content: IO[bytes], limit: int) -> Stored:
        """Keep a content: written here and measured first, then sent as a whole. Raises InvalidInput, StorageFailed."""
        self.passing.mkdir(parents=True, exist_ok=True)
        part = self.passing / secrets.token_hex(16)
        try:
            stored = write_part(part, content, limit)
            self._send(part, stored)
        finally:
            part.unlink(missing_ok=True)
        return stored

    def open(self, digest: str) -> IO[bytes]:
        """Bring a content here and open it. Raises FileNotFoundError, StorageFailed."""
        check_digest(digest)
        # Somebody may give it again between the two requests, and the object that was named is gone.
        for _ in range(_LOOKS):
            with _explained():
                objects = self._objects(digest)
                if not objects:
                    raise FileNotFoundError(digest)
                with suppress(FileNotFoundError):
                    return self._fetch(objects[-1][1], digest)
        raise FileNotFoundError(digest)

    def older_than(self, instant: float) -> Iterator[str]:
        """The digests of contents last given before an instant, to the full second. Parts that a crash left are removed."""
        forget_parts(self.passing, instant)
        with _explained():
            listed = self.client.list_objects(self.bucket, recursive=True)
            named = ((str(one.object_name), _written(one)) for one in listed)
            for digest, objects in groupby(named, lambda one: one[0].partition("/")[0]):
                newest = max(at for _, at in objects)
                if _is_digest(digest) and newest + GRAIN <= instant:
                    yield digest

    def remove(self, digest: str, instant: float) -> bool:
        """Take away the objects of a content that are older than an instant; say whether none is left."""
        check_digest(digest)
        with _explained():
            for at, name in self._objects(digest):
                if at + GRAIN <= instant:
                    self.client.remove_object(self.bucket, name)
            return not self._objects(digest)

    def check(self) -> None:
        """Prove that the bucket is there and answers to our key. Raises StorageFailed."""
        with _explained():
            if not self.client.bucket_exists(self.bucket):
                raise StorageFailed("files.storage", why="NoSuchBucket")

    def _send(self, part: Path, stored: Stored) -> None:
        # Our clock parts those that the storage's tells to be of one second.
        name = f"{stored.digest}/{time.time_ns():020d}-{secrets.token_hex(8)}"
        with _explained(), part.open("rb") as file:
            sent = self.client.put_object(self.bucket, name, file, stored.size)
            there = self.client.stat_object(self.bucket, name)
            if there.size != stored.size or there.etag != sent.etag:
                with suppress(MinioException, urllib3.exceptions.HTTPError):
                    self.client.remove_object(self.bucket, name)
                raise StorageFailed("files.storage", why="WrongSize")
        # It is kept; that an older object stays as well does no harm.
        with suppress(StorageFailed), _explained():
            self._supersede(stored.digest, name)

    def _supersede(self, digest: str, name: str) -> None:
        """Take the objects away that come before ours in the one order that all see, so that the last of all stays."""
        objects = self._objects(digest)
        for _, older in objects[: [one[1] for one in objects].index(name)]:
            self.client.remove_object(self.bucket, older)

    def _fetch(self, name: str, digest: str) -> IO[bytes]:
        """Bring an object into a passing file. Raises StorageFailed for bytes that are not those of the digest."""
        self.passing.mkdir(parents=True, exist_ok=True)
        file, known = TemporaryFile(dir=self.passing), hashlib.sha256()  # noqa: SIM115 - closed by whoever reads it
        try:
            answer = self.client.get_object(self.bucket, name)
            try:
                for chunk in answer.stream(CHUNK):
                    known.update(chunk)
                    file.write(chunk)
            finally:
                answer.close()
                answer.release_conn()
            if known.hexdigest() != digest:
                raise StorageFailed("files.storage", why="WrongContent")
        except BaseException as error:
            file.close()
            if isinstance(error, S3Error) and error.code == "NoSuchKey":
                raise FileNotFoundError(digest) from None
            raise
        file.seek(0)
        return file

    def _objects(self, digest: str) -> list[tuple[float, str]]:
        """The objects of a content in the order of their writing."""
        listed = self.client.list_objects(self.bucket, prefix=f"{digest}/", recursive=True)
        return sorted((_written(one), str(one.object_name)) for one in listed)


def connect(endpoint: str, bucket: str, passing: Path, *, key: str, secret: str, region: str) -> S3Store:
    """Return the store in a bucket; no request is made yet."""
    address = urlsplit(endpoint)
    http = urllib3.PoolManager(
        timeout=urllib3.Timeout(connect=CONNECT, read=ANSWER),
        retries=urllib3.Retry(total=AGAIN, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
        # The certificates that the machine trusts: a storage of one's own often has one of one's own.
        ssl_context=ssl.create_default_context(),
    )
    client = Minio(
        address.netloc,
        access_key=key or None,
        secret_key=secret or None,
        secure=address.scheme == "https",
        # With a region set no request asks for it.
        region=region or "us-east-1",
        http_client=http,
    )
    return S3Store(client, bucket, passing)


@contextmanager
def _explained() -> Iterator[None]:
    """Say of every failure of the storage by one word what it was; what it answered may hold anything."""
    try:
        yield
    except S3Error as error:
        raise StorageFailed("files.storage", why=str(error.code)) from error
    except (MinioException, urllib3.exceptions.HTTPError, ValueError) as error:
        raise StorageFailed("files.storage", why=type(error).__name__) from error


def _written(found: Any) -> float:
    return float(found.last_modified.timestamp())


def _is_digest(name: str) -> bool:
    try:
        check_digest(name)
    except FileNotFoundError:
        return False
    return True
