"""A file that somebody uploads as the text of a document, whatever its format, as clean web text."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.charset import decode
from gongkai.documents.formats import read, recognise_format
from gongkai.documents.html.archive import is_archive, page_of_archive
from gongkai.documents.limits import Limits
from gongkai.documents.source import Source
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.publications.body.building import build
from gongkai.web.publications.body.cleaning import LIMITS, blocks_of, clean
from gongkai.web.publications.body.notes import Note, Notes
from gongkai.web.publications.body.pictures import Image, Pictures
from gongkai.web.publications.body.printed import blocks_of_document
from gongkai.web.publications.body.reading import digests
from gongkai.web.publications.body.typed import blocks_of_lines
from gongkai.web.publications.body.writing import written

FORMATS = ("docx", "html", "text", "pdf", "ofd")
"""The formats that a text is taken from; others are for attachments."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document: clean HTML, its pictures, and what was left out or moved on the way in."""

    html: str
    images: tuple[Image, ...] = ()
    notes: tuple[Note, ...] = ()


def from_plain(text: str) -> str:
    """Typed text as clean HTML: lines are paragraphs, 一、 and （一） head what follows, lines with tabs are a table.

    Raises as `clean` for what is too long.
    """
    return clean(written(blocks_of_lines(text)))


def from_upload(name: str, content: bytes, limits: Limits = LIMITS) -> Body:
    """The text of an uploaded file (DOCX, HTML, plain text, PDF, OFD).

    Raises UnreadableDocument as `documents.read`, and InvalidInput `body.format` for a file of another format,
    `body.nothing` for one without a word. Use `from_upload_in_child` for what people upload.
    """
    source = Source(content, name)
    if len(content) > limits.file_bytes:
        raise UnreadableDocument("document.too_large", name=name, size=len(content), limit=limits.file_bytes)
    format = recognise_format(source)
    if format not in FORMATS:
        raise InvalidInput("body.format", name=name)
    notes, pictures = Notes(), Pictures()
    html = _web_text(source, format, limits, notes, pictures)
    html = written(blocks_of(html, pictures.known))
    if not html:
        raise InvalidInput("body.nothing", name=name)
    images = pictures.shown(lambda: digests(html))
    for image in images:
        if not image.alt.strip():
            notes.add("body.note.no_alt")
    return Body(html, images, notes.collected())


def _web_text(source: Source, format: str, limits: Limits, notes: Notes, pictures: Pictures) -> str:
    if format == "docx":
        from gongkai.web.publications.body.word import web_text

        return written(build(web_text(source, limits, notes, pictures), notes, pictures.known))
    if format == "html":
        data = page_of_archive(source) if is_archive(source.data) else source.data
        return written(build(decode(data, source.name, labelled=True).text, notes, pictures.from_page))
    if format == "text":
        return written(blocks_of_lines(decode(source.data, source.name).text))
    return written(blocks_of_document(read(source, limits), notes))
