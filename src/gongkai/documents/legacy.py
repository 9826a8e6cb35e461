"""Files of old word processors (.doc, .wps, .rtf), converted to .docx by LibreOffice where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from gongkai.documents.docx import read_as
from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.source import Source
from gongkai.documents.xlsx import OLE, read_xls
from gongkai.errors import UnreadableDocument

PROGRAMS = ("soffice", "libreoffice")
OPTIONS = (
    "--headless", "--norestore", "--nolockcheck", "--nologo", "--convert-to", "docx:MS Word 2007 XML",
)  # fmt: skip
SECONDS = 60.0
"""A conversion may take this long; starting the office alone takes one to ten seconds."""
OUTPUT_BYTES = 64 * 1024 * 1024


def read(source: Source, limits: Limits) -> Document:
    """Read a file of an old word processor: convert it to .docx in a folder of its own, read that, remove all.

    Raises UnreadableDocument: `document.needs_libreoffice` where it is missing, `document.encrypted`,
    `document.not_word`, `document.conversion_failed`, `document.conversion_slow`, and what the reader of .docx raises.
    """
    name = "wps" if source.ending == "wps" else "doc"
    if source.data.startswith(OLE):
        _refuse_encrypted(source)
        if not _has(source, "WordDocument") and (_has(source, "Workbook") or _has(source, "Book")):
            return read_xls(source, limits)
    program = office()
    if program is None:
        raise UnreadableDocument("document.needs_libreoffice", name=source.name, format=f".{source.ending or name}")
    converted = Source(convert(source, program), source.name)
    document = read_as(converted, limits, name)
    return replace(document, sha256=source.sha256, size=len(source.data))


def office() -> str | None:
    """The path of LibreOffice's program, None where it is not installed."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def convert(source: Source, program: str, seconds: float = SECONDS) -> bytes:
    """Convert a file to .docx with LibreOffice and return the bytes.

    The office runs with a profile of its own in a temporary folder, without macros and network documents, as a process
    group that is killed as a whole; the folder is gone afterwards. Raises as `read`.
    """
    ending = source.ending if source.ending in ("doc", "wps", "rtf", "wpt", "dot", "xml") else "doc"
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        given = Path(folder, f"given.{ending}")
        given.write_bytes(source.data)
        out = Path(folder, "out")
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        # The office is asked for by the user; what it is given is a path of our own making.
        process = subprocess.Popen(  # noqa: S603
            [program, profile, *OPTIONS, "--outdir", str(out), str(given)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=folder,
            env={**os.environ, "HOME": folder, "TMPDIR": folder},
        )
        try:
            said, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument("document.conversion_slow", name=source.name, seconds=round(seconds)) from error
        finally:
            _kill(process)
        made = out / "given.docx"
        if not made.is_file() or made.stat().st_size > OUTPUT_BYTES:
            reason = said.decode("utf-8", "replace").strip().rpartition("\n")[2][:200] or f"exit {process.returncode}"
            raise UnreadableDocument(
                "document.conversion_failed", name=source.name, reason=reason.replace(folder, "")
            )
        return made.read_bytes()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the whole process group: the office starts children that outlive their starter."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()


def _refuse_encrypted(source: Source) -> None:
    """Refuse packages with a password, and binary Word files whose header says that they are encrypted."""
    data = source.data
    encrypted = _has(source, "EncryptedPackage")
    # The file information block of Word: magic A5EC, flags at offset 10, bit 8 fEncrypted; it begins a sector.
    for sector in range(512, min(len(data), 1 << 20) - 12, 512):
        if data[sector : sector + 2] == b"\xec\xa5":
            encrypted = encrypted or bool(int.from_bytes(data[sector + 10 : sector + 12], "little") & 0x0100)
            break
    if encrypted:
        raise UnreadableDocument("document.encrypted", name=source.name)
    if not any(_has(source, stream) for stream in ("WordDocument", "Workbook", "Book")):
        found = next((kind for kind in ("PowerPoint Document", "VisioDocument") if _has(source, kind)), "OLE2")
        raise UnreadableDocument("document.not_word", name=source.name, found=found)


def _has(source: Source, stream: str) -> bool:
    """Whether the container's directory names a stream; names are UTF-16."""
    return stream.encode("utf-16-le") in source.data
