"""Plain text and Markdown: one layer, edited in place."""

from __future__ import annotations

from gongkai.documents.charset import decode
from gongkai.documents.limits import Limits
from gongkai.web.publications.gate.layers.source_text import SourceText
from gongkai.web.publications.gate.piece import Opened, Story


def open_text(data: bytes, name: str, limits: Limits) -> Opened:  # noqa: ARG001
    """Take a text file apart. Raises UnreadableDocument `document.garbled`."""
    source = SourceText(decode(data, name))
    story = Story("text")
    at = 0
    for number, line in enumerate(source.text.splitlines(keepends=True), 1):
        story.mark("line", str(number))
        source.add(story, at, at + len(line))
        at += len(line)
    return Opened("text", [story.finish()], lambda: source.saved(data))
