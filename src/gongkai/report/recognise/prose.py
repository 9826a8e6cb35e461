"""The running text of a section, with the place of every stretch of it."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.model import Paragraph, Place
from gongkai.report.model import Prose
from gongkai.report.recognise.outline import place_of

_ENDS = "。；：！？;:!?…"


def join(paragraphs: Sequence[Paragraph]) -> Prose:
    """Join paragraphs into one text; lines that the layout broke are joined without a break.

    A line counts as broken where the reader says so, or where it has no closing punctuation and is about as long as the
    longest; a short line without punctuation is a heading or a signature and stays apart.
    """
    if not paragraphs:
        return Prose("")
    longest = max(len(paragraph.text) for paragraph in paragraphs)
    parts: list[str] = []
    starts: list[int] = []
    places: list[Place] = []
    offset = 0
    goes_on = True
    for paragraph in paragraphs:
        if not goes_on:
            parts.append("\n")
            offset += 1
        text = paragraph.text
        if goes_on and parts and text[:1].isascii() and parts[-1][-1:].isascii() and text[:1].isalpha():
            parts.append(" ")
            offset += 1
        starts.append(offset)
        places.append(place_of(paragraph))
        parts.append(text)
        offset += len(text)
        goes_on = text[-1:] not in _ENDS and (paragraph.wrapped or (longest < 90 and len(text) * 5 > longest * 4))
    return Prose("".join(parts), tuple(starts), tuple(places))
