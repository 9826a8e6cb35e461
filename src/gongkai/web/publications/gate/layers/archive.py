"""Zip archives: every file in them is examined. Old Office containers: only the figures that lie open in their bytes."""

from __future__ import annotations

import io
import re
import zipfile

from gongkai.documents.limits import Limits
from gongkai.documents.package import Package
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.layers.repacking import repacked
from gongkai.web.publications.gate.piece import Inner, Opened, Remark, Story

_RUNS = re.compile(r"[0-9０-９][0-9０-９Xx \-]{9,30}")


def open_zip(data: bytes, name: str, limits: Limits) -> Opened:
    """Take a zip apart. Raises UnreadableDocument, see `Package`."""
    package = Package(data, limits, name)
    new: dict[str, bytes | None] = {}
    names: dict[str, str] = {}
    file = Opened("zip", [], lambda: repacked(data, new, names))
    for part in package.parts():
        file.inner.append(
            Inner(
                _called(part),
                package.read(part),
                lambda content, part=part: new.update({part: content}),  # type: ignore[misc]
                lambda called, part=part: names.update({part: called}),  # type: ignore[misc]
            )
        )
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        if whole.comment:
            story = Story("other")
            story.add(whole.comment.decode("utf-8", "replace"))
            file.pieces.append(story.finish())
    return file


def _called(part: str) -> str:
    """A member's name; Chinese programs write GBK and do not say so."""
    try:
        return part.encode("cp437").decode("gb18030") if not part.isascii() else part
    except (UnicodeEncodeError, UnicodeDecodeError):
        return part


def open_ole(data: bytes, name: str, limits: Limits) -> Opened:  # noqa: ARG001
    """Say that an old container (.doc, .xls, .wps, embedded objects) cannot be examined; look at its open figures.

    Raises UnreadableDocument `document.encrypted` where it holds an encrypted package.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableDocument("document.encrypted", name=name)
    story = Story("other", "none")
    story.mark("file", "")
    for text in (
        data.decode("latin-1"),
        data.decode("utf-16-le", "replace"),
        data[1:].decode("utf-16-le", "replace"),
    ):
        for found in _RUNS.finditer(text):
            story.add(found[0] + "\n")
    remark = Remark("unexamined.old_format", "error", "file", "file", "", remedy="none")
    return Opened("ole", [story.finish()], None, [remark])
