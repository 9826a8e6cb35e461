"""PDF files taken apart: what shows and what does not, notes, forms, bookmarks, properties, attachments, earlier versions."""

from __future__ import annotations

import contextlib
import hashlib
import re
import zlib

from gongkai.documents.limits import Limits
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.integrity import verdict
from gongkai.documents.pdf.opening import opened
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.layers import pdf_parts as inside
from gongkai.web.publications.gate.layers.parts import NOBODY
from gongkai.web.publications.gate.layers.pdf_page import PageText, read_page
from gongkai.web.publications.gate.layers.pdf_rebuilding import Plan, rebuilt
from gongkai.web.publications.gate.piece import Inner, Opened, Remark, Setter, Story

MOST = 1_000_000
"""Characters and objects of a document; more are refused."""
REVISION = ".earlier.pdf"
"""The end of the name under which an earlier version inside the file is examined."""
MOST_REVISIONS = 3
MOST_PICTURES = 200
_XMP_HEAD = 400
_XMP = re.compile(rb"<(?:x:xmpmeta|rdf:RDF)\b.*?</(?:x:xmpmeta|rdf:RDF)>", re.DOTALL)
_XMP_TEXT = re.compile(rb">([^<>]*[^<>\s][^<>]*)<|=\"([^\"]{6,2000})\"")


def open_pdf(data: bytes, name: str, limits: Limits) -> Opened:
    """Take a PDF apart. Raises UnreadableDocument as the reader does."""
    source = Source(data, name)
    plan = Plan()
    file = Opened("pdf", [])
    with opened(source, limits) as (document, count):
        if verdict(data, limits.unpacked_bytes) == "damaged":
            raise UnreadableDocument("document.damaged.inside", name=name)
        pages = _pages(document, count, name, file, plan)
        _parts(document, file, plan)
    _page_remarks(pages, file, plan)
    _xmp(data, file, plan)
    if not name.endswith(REVISION):
        _revisions(data, file, plan)

    def save() -> bytes:
        made = rebuilt(data, plan)
        file.done.extend(["pdf_rebuilt", *["page_picture"] * len(plan.pictures)])
        return made

    file.save = save
    return file


def _pages(document: pdf.Handle, count: int, name: str, file: Opened, plan: Plan) -> list[PageText]:
    pages: list[PageText] = []
    characters = 0
    seen: set[bytes] = set()
    for index in range(count):
        with pdf.page(document, index) as page:
            if not page:
                raise UnreadableDocument("document.damaged.pdf", name=name, pages=index)
            text = read_page(document, page, index, MOST - characters)
            if text is None:
                raise UnreadableDocument("document.too_complex", name=name, page=index + 1, limit=MOST)
            characters += len(text.visible.text) + len(text.hidden.text)
            pages.append(text)
            for layer in (text.visible, text.hidden):
                if layer.text:
                    story = Story("text" if layer is text.visible else "hidden", "picture")
                    story.mark("page", str(index + 1))
                    story.add(layer.text, _blacker(plan, index, layer.text, layer.at))
                    file.pieces.append(story.finish())
            _annotations(document, page, index, file, plan)
            _pictures(page, index, file, plan, seen)
    return pages


def _blacker(plan: Plan, index: int, before: str, at: list[int]) -> Setter:
    """Marks the characters that a new text changes as to be blacked out."""

    def write(text: str) -> None:
        changed = {at[n] for n, (old, new) in enumerate(zip(before, text, strict=False)) if old != new}
        if len(text) != len(before):
            changed = set(at)
        plan.pictures.setdefault(index, set()).update(changed)

    return write


def _page_remarks(pages: list[PageText], file: Opened, plan: Plan) -> None:
    layers = [page for page in pages if page.recognised]
    hidden = [page for page in pages if page.hidden.text.strip() and not page.recognised]
    unread = [page for page in pages if page.is_picture]

    def paint(chosen: list[PageText]) -> None:
        for page in chosen:
            plan.pictures.setdefault(page.index, set())

    if hidden:
        at = str(hidden[0].index + 1)
        file.remarks.append(
            Remark("hidden.text", "error", "hidden", "page", at, count=len(hidden), remove=lambda: paint(hidden))
        )
    if layers:
        at = str(layers[0].index + 1)
        file.remarks.append(
            Remark("hidden.layer", "notice", "hidden", "page", at, count=len(layers), remove=lambda: paint(layers))
        )
    if unread:
        at = str(unread[0].index + 1)
        file.remarks.append(Remark("page.unread", "warning", "text", "page", at, count=len(unread), remedy="none"))


def _annotations(document: pdf.Handle, page: pdf.Handle, index: int, file: Opened, plan: Plan) -> None:
    notes, links, fields = Story("annotation", "remove"), Story("link", "remove"), Story("form", "remove")
    comments = 0
    for one in inside.notes_of(page, document):
        story = fields if one.is_field else notes

        def drop(_: str, number: int = one.number) -> None:
            plan.annotations.add((index, number))

        for text in one.texts:
            story.mark("page", str(index + 1))
            story.add(text, drop)
            story.add("\n")
        if one.address:
            file.links.append(one.address)
            links.mark("page", str(index + 1))
            links.add(one.address, drop)
            links.add("\n")
        comments += one.is_comment
        if one.attachment:
            file.inner.append(Inner(one.attachment[0], one.attachment[1], lambda _: plan.rebuild()))
    file.pieces += [story.finish() for story in (notes, links, fields) if story.length]
    if comments:
        remark = Remark(
            "hidden.annotation", "error", "annotation", "page", str(index + 1), count=comments, remove=plan.rebuild
        )
        file.remarks.append(remark)


def _pictures(page: pdf.Handle, index: int, file: Opened, plan: Plan, seen: set[bytes]) -> None:
    for number, content in enumerate(inside.photographs(page), 1):
        digest = hashlib.sha256(content).digest()
        if digest in seen or len(seen) >= MOST_PICTURES:
            continue
        seen.add(digest)

        def paint(_: bytes | None) -> None:
            plan.pictures.setdefault(index, set())

        file.inner.append(Inner(f"page{index + 1}-{number}.jpg", content, paint))


def _parts(document: pdf.Handle, file: Opened, plan: Plan) -> None:
    story = Story("property", "remove")
    for key, value in inside.properties(document):
        story.mark("property", key)
        story.add(value, lambda _: plan.rebuild())
        story.add("\n")
        if key == "Author" and value.strip().lower() not in NOBODY:
            file.remarks.append(
                Remark("properties.author", "notice", "property", "property", key, remove=plan.rebuild)
            )
    marks = Story("bookmark", "remove")
    for title in inside.bookmarks(document):
        marks.mark("file", "")
        marks.add(title, lambda _: plan.rebuild())
        marks.add("\n")
    file.pieces += [one.finish() for one in (story, marks) if one.length]
    for name, content in inside.attachments(document):
        masked = re.sub(r"\d{6,}[Xx]?", lambda run: "*" * len(run[0]), name)
        file.remarks.append(
            Remark("embedded.attachment", "warning", "attachment", "part", masked, masked, remove=plan.rebuild)
        )
        file.inner.append(Inner(name, content, lambda _: plan.rebuild()))


def _xmp(data: bytes, file: Opened, plan: Plan) -> None:
    """Metadata in XML, packed or open, wherever it hangs."""
    packets = [found[0] for found in _XMP.finditer(data)]
    at = data.find(b"/Metadata")
    while at >= 0 and len(packets) < 100:
        head = data[max(0, at - _XMP_HEAD) : at + _XMP_HEAD]
        start = head.find(b"stream", min(at, _XMP_HEAD))
        if b"/XML" in head and start >= 0 and b"/FlateDecode" in head:
            body = data[max(0, at - _XMP_HEAD) + start + 6 :].lstrip(b"\r\n")
            with contextlib.suppress(zlib.error):
                packets.append(zlib.decompressobj().decompress(body[: 1 << 20], 1 << 20))
        at = data.find(b"/Metadata", at + 9)
    story = Story("xmp", "remove")
    story.mark("part", "XMP")
    for packet in packets:
        for found in _XMP_TEXT.finditer(packet):
            story.add((found[1] or found[2]).decode("utf-8", "replace"), lambda _: plan.rebuild())
            story.add("\n")
    if story.length:
        file.pieces.append(story.finish())


def _revisions(data: bytes, file: Opened, plan: Plan) -> None:
    """Earlier versions that programs leave in the file when they only add what is new at its end."""
    ends = [found.end() for found in re.finditer(rb"startxref\s+\d+\s+%%EOF", data)]
    if len(ends) < 2 or b"/Prev" not in data:
        return
    for end in ends[-1 - MOST_REVISIONS : -1]:
        earlier = data[:end]
        handle = pdf.load_document(earlier, len(earlier), None)
        if handle:
            pages = pdf.page_count(handle)
            pdf.close_document(handle)
            if pages > 0 and b"/Linearized" not in earlier[:1024]:
                file.inner.append(Inner(f"{end}{REVISION}", earlier, lambda _: plan.rebuild()))
