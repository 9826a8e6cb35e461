"""The rows of a sheet as they come, one by one out of a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from gongkai.errors import InvalidInput
from gongkai.web.files.sheets.child import OLD

MOST_UNPACKED = 512 * 2**20
_LONGEST_LINE = 8 * 2**20


@contextmanager
def rows_of(content: IO[bytes]) -> Iterator[Iterator[tuple[int, list[str]]]]:
    """Give the rows of the first sheet of an XLSX, or of a CSV, that hold anything: each its number there and its cells as text.

    The child that reads them ends with whoever stops reading. Raises InvalidInput, here or while rows are read, for what is
    no sheet, and for one that takes more room, time or memory than the limits give.
    """
    _bounded(content)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "gongkai.web.files.sheets.child"],
        stdin=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONIOENCODING": "utf-8",
        },
    )
    try:
        yield _lines(process.stdout)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _lines(out: IO[bytes] | None) -> Iterator[tuple[int, list[str]]]:
    while out is not None and (line := out.readline(_LONGEST_LINE)):
        if not line.endswith(b"\n"):
            break
        told: Any = json.loads(line)
        if isinstance(told, list):
            yield told[0], told[1]
            continue
        if "refused" in told:
            if told["refused"] == OLD:
                raise InvalidInput("files.sheet.old_format")
            raise InvalidInput("files.sheet.unreadable")
        return
    # The limits ended it, or a line was longer than any row may be.
    raise InvalidInput("files.sheet.too_heavy")


def _bounded(content: IO[bytes]) -> None:
    """Refuse a package that is too large unpacked. Leaves the file at its beginning."""
    try:
        with suppress(zipfile.BadZipFile), zipfile.ZipFile(content) as packed:
            if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
                raise InvalidInput("files.sheet.too_heavy")
    finally:
        content.seek(0)
