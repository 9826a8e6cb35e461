"""Word files on the way in: put in order by `word_tree`, turned into web text by mammoth."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import mammoth
from lxml import etree

from gongkai.documents.docx import main_part
from gongkai.documents.docx.names import BODY, STRICT, P, W
from gongkai.documents.limits import Limits
from gongkai.documents.package import Element, Package, parse, relationships, resolve
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.body.notes import Notes
from gongkai.web.publications.body.pictures import Pictures
from gongkai.web.publications.body.word_looks import Looks
from gongkai.web.publications.body.word_text import said
from gongkai.web.publications.body.word_tree import put_in_order

_STORY = {"footnotes": "word/footnotes.xml", "endnotes": "word/endnotes.xml"}
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')
_BOX = re.compile(r'<input type="checkbox"( checked="checked")? ?/?>')


def web_text(source: Source, limits: Limits, notes: Notes, pictures: Pictures) -> str:
    """The text of a .docx as HTML that still has to be cleaned.

    Raises UnreadableDocument as the reader of .docx. What is left out or moved goes to `notes`, pictures to `pictures`.
    """
    package = Package(source.data, limits, source.name)
    main = main_part(package)
    data = package.read(main)
    count = data.count(b"<w:p>") + data.count(b"<w:p/>") + data.count(b"<w:p ")
    if count > limits.paragraphs + limits.cells:
        raise UnreadableDocument("document.too_many_paragraphs", limit=limits.paragraphs)
    root = _parse(data, package)
    body = root.find(BODY)
    if body is None:
        raise package.damaged(main)
    related = relationships(package, main)
    looks = Looks(_related(package, related, "styles"), _related(package, related, "numbering"))
    put_in_order(body, looks, notes)
    _left_out(package, related, notes)
    ordered = _packed(package, main, root, related, looks, notes)
    return _converted(ordered, pictures, package)


def _converted(ordered: bytes, pictures: Pictures, package: Package) -> str:
    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                content: bytes = file.read()
        except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile):
            content = b""
        digest = pictures.keep(content, image.alt_text or "")
        return {"src": f"sha256:{digest}" if digest else ""}

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(ordered),
            convert_image=mammoth.images.img_element(keep),
            include_embedded_style_map=False,
            style_map="u => u\nstrike => s",
            external_file_access=False,
        )
    except RecursionError as error:
        raise UnreadableDocument("document.too_deep", name=package.name, limit=package.limits.depth) from error
    except (AttributeError, IndexError, KeyError, OSError, TypeError, ValueError) as error:
        # What mammoth stumbles over is a file that breaks the rules of its format.
        raise package.damaged(f"{type(error).__name__}: {error}"[:200]) from error
    html = _BACK.sub("", result.value)
    return _BOX.sub(lambda found: "☑" if found[1] else "☐", html)


def _packed(
    package: Package, main: str, root: Element, related: dict[str, tuple[str, str]], looks: Looks, notes: Notes
) -> bytes:
    """A package of only what mammoth is to see, each part where it looks when nothing says otherwise."""
    out = io.BytesIO()
    pictured: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:

        def put(name: str, tree: Element, came_from: str) -> None:
            made.writestr(name, etree.tostring(tree))
            folder, _, file = name.rpartition("/")
            made.writestr(f"{folder}/_rels/{file}.rels", _relationships(package, came_from, pictured))

        put("word/document.xml", root, main)
        for kind, name in _STORY.items():
            tree = _related(package, related, kind)
            if tree is not None:
                put_in_order(tree, looks, notes)
                put(name, tree, next(part for one, part in related.values() if one == kind))
        if (numbering := _related(package, related, "numbering")) is not None:
            made.writestr("word/numbering.xml", etree.tostring(numbering))
        if "[Content_Types].xml" in package:
            made.writestr("[Content_Types].xml", etree.tostring(package.xml("[Content_Types].xml")))
        for part in sorted(pictured):
            made.writestr(part, package.read(part))
    return out.getvalue()


def _relationships(package: Package, part: str, pictured: set[str]) -> bytes:
    """The links and pictures of a part, targets seen from the root; parts of pictures go to `pictured`."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    made = etree.Element("Relationships", xmlns=_RELATIONSHIPS)
    given = package.xml(rels).iterchildren("{*}Relationship") if rels in package else ()
    for one in given:
        kind, target = one.get("Type", "").rpartition("/")[2], one.get("Target", "")
        outside = one.get("TargetMode") == "External"
        if kind == "hyperlink":
            where = target
        elif kind == "image" and not outside and (inside := resolve(part, target)) in package:
            pictured.add(inside)
            where = f"/{inside}"
        else:
            continue
        etree.SubElement(made, "Relationship", Id=one.get("Id", ""), Type=one.get("Type", ""), Target=where)
    return etree.tostring(made)


def _left_out(package: Package, related: dict[str, tuple[str, str]], notes: Notes) -> None:
    """Write down the page headers, footers and comments, which are no part of the text."""
    codes = {"header": "body.note.header", "footer": "body.note.header", "comments": "body.note.comment"}
    seen: set[str] = set()
    for kind, part in sorted(set(related.values())):
        if kind not in codes or part not in package:
            continue
        root = _parse(package.read(part), package)
        for one in root.iterchildren(W + "comment") if kind == "comments" else root.iter(P):
            text = said(one)
            if text.strip() and (kind == "comments" or text not in seen):
                seen.add(text)
                notes.add(codes[kind], text)


def _parse(data: bytes, package: Package) -> Element:
    root = parse(data, package.limits, package.name)
    if STRICT[0][0].decode() in root.nsmap.values():
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        root = parse(data, package.limits, package.name)
    return root


def _related(package: Package, related: dict[str, tuple[str, str]], kind: str) -> Element | None:
    part = next((target for one, target in related.values() if one == kind), None)
    return None if part is None or part not in package else _parse(package.read(part), package)
