"""From a PDF to a Document: pages read one by one, furniture set aside, tables joined over pages."""

from __future__ import annotations

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.assembly import blocks_of
from gongkai.documents.pdf.frame import frame_of
from gongkai.documents.pdf.integrity import verdict
from gongkai.documents.pdf.judging import Judgement
from gongkai.documents.pdf.layout import PageLayout, laid_out
from gongkai.documents.pdf.opening import opened, title
from gongkai.documents.pdf.strokes import TooComplex, page_strokes
from gongkai.documents.pdf.words import page_text
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

MOST = 1_000_000
"""A document has no more characters, and draws no more objects or path segments."""


def read(source: Source, limits: Limits) -> Document:
    """Read a PDF.

    Paragraphs are lines, `wrapped` where they reach the right margin; a table that goes on over pages is one table. Places
    are pages and boxes in points from the upper left corner of the page as it is seen, once turned so that its text is upright. Raises UnreadableDocument where the
    file cannot be opened, asks too much, or yields no text to trust.
    """
    judgement = Judgement(source.name)
    with opened(source, limits) as (document, count):
        whole = verdict(source.data, limits.unpacked_bytes)
        if whole == "damaged":
            raise UnreadableDocument("document.damaged.inside", name=source.name)
        if whole == "cut":
            judgement.doubt("document.cut_inside")
        pages = _pages(document, count, source.name, judgement)
        is_repaired = not pdf.has_valid_references(document)
        own_title = title(document)
    doubts = judgement.conclude(is_repaired)
    return Document(
        format="pdf",
        sha256=source.sha256,
        size=len(source.data),
        blocks=blocks_of(pages, source.name, limits),
        title=own_title,
        pages=count,
        doubts=doubts,
    )


def _pages(document: pdf.Handle, count: int, name: str, judgement: Judgement) -> list[PageLayout]:
    pages: list[PageLayout] = []
    characters = drawn = 0
    for index in range(count):
        with pdf.page(document, index) as page:
            if not page:
                raise UnreadableDocument("document.damaged.pdf", name=name, pages=index)
            with pdf.text_of(page) as text_page:
                if not text_page:
                    raise UnreadableDocument("document.damaged.pdf", name=name, pages=index)
                characters += pdf.count_characters(text_page)
                if characters > MOST:
                    raise UnreadableDocument("document.too_complex", name=name, page=index + 1, limit=MOST)
                frame = frame_of(page, text_page)
                try:
                    strokes = page_strokes(page, frame, MOST - drawn)
                except TooComplex as error:
                    raise UnreadableDocument("document.too_complex", name=name, page=index + 1, limit=MOST) from error
                drawn += max(strokes.objects, strokes.segments)
                text = page_text(text_page, frame)
                judgement.add(index + 1, frame, text, strokes)
                pages.append(laid_out(index + 1, frame, text, strokes, text_page))
    return pages
