"""The text of a file that is changed in place: everything but the edited characters stays byte for byte."""

from __future__ import annotations

import codecs

from gongkai.documents.charset import Decoded
from gongkai.web.publications.gate.piece import Story

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF32_LE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class SourceText:
    """A decoded file and the edits to it."""

    def __init__(self, decoded: Decoded) -> None:
        self.text = decoded.text
        self._charset = decoded.charset
        self._edits: list[tuple[int, int, str]] = []

    def add(self, story: Story, start: int, end: int) -> None:
        """Add a stretch of the file to a story as it stands there."""
        story.add(self.text[start:end], lambda text: self.write(start, end, text))

    def write(self, start: int, end: int, text: str) -> None:
        """Put a text in place of a stretch of the file."""
        self._edits.append((start, end, text))

    def saved(self, data: bytes) -> bytes:
        """The file with its edits, in its own character set; signs that it lacks become question marks."""
        pieces, at = [], 0
        for start, end, text in sorted(self._edits):
            pieces += [self.text[at:start], text]
            at = end
        mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
        charset = {"utf-16": "utf-16-le"}.get(self._charset, self._charset)
        return mark + "".join((*pieces, self.text[at:])).encode(charset, "replace")
