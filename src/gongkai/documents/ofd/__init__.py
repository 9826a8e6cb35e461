"""OFD (GB/T 33190), the Chinese format of fixed pages: text objects and paths, put into grids and lines as PDF's are."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.ofd.geometry import numbers
from gongkai.documents.ofd.pages import OfdPage
from gongkai.documents.package import Element, Package, resolve
from gongkai.documents.pdf.assembly import blocks_of
from gongkai.documents.pdf.layout import PageLayout, laid_out
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

A4 = (0.0, 0.0, 210.0, 297.0)
MOST = 1_000_000
"""A document has no more characters and path segments."""
LARGE_PICTURE = 0.2
"""A picture over this share of a page may hold text and tables of its own."""
PICTURE = "document.picture_not_read"
NO_TEXT_PAGE = "document.page_without_text"


def read(source: Source, limits: Limits) -> Document:
    """Read an OFD file: lines and tables of all pages, template pages included; page numbers are footers.

    Places are pages and boxes in points from the upper left corner. Raises UnreadableDocument, see `package`; also
    `document.too_many_pages`, `document.too_complex`, `document.no_text`.
    """
    package = Package(source.data, limits, source.name)
    root = package.xml("OFD.xml")
    body = root.find("{*}DocBody")
    main = "" if body is None else resolve("OFD.xml", (body.findtext("{*}DocRoot") or "").strip())
    if body is None or main not in package:
        raise package.damaged("DocRoot")
    document = package.xml(main)
    listed = document.findall("{*}Pages/{*}Page")
    if len(listed) > limits.pages:
        raise UnreadableDocument("document.too_many_pages", name=source.name, pages=len(listed), limit=limits.pages)
    pages: list[PageLayout] = []
    doubts: set[str] = set()
    for number, page in enumerate(_pages(package, document, main), 1):
        if page.budget < 0:
            raise UnreadableDocument("document.too_complex", name=source.name, page=number, limit=MOST)
        if page.picture_area > LARGE_PICTURE * page.frame.width * page.frame.height:
            doubts.add(PICTURE)
        text = page.text()
        if not text.words:
            doubts.add(NO_TEXT_PAGE)
        pages.append(laid_out(number, page.frame, text, page.strokes, 0))
    if not any(page.items for page in pages):
        raise UnreadableDocument("document.no_text", name=source.name, pages=len(listed))
    return Document(
        format="ofd",
        sha256=source.sha256,
        size=len(source.data),
        blocks=blocks_of(pages, source.name, limits),
        title=(body.findtext("{*}DocInfo/{*}Title") or "").strip() or None,
        pages=len(listed),
        doubts=tuple(sorted(doubts)),
    )


def _pages(package: Package, document: Element, main: str) -> Iterator[OfdPage]:
    """The pages in their order, each with what is left of the budget of all; `main` is the path of `document`."""
    templates = {
        one.get("ID", ""): resolve(main, one.get("BaseLoc", ""))
        for one in document.iterfind("{*}CommonData/{*}TemplatePage")
    }
    default = _box(document.findtext("{*}CommonData/{*}PageArea/{*}PhysicalBox")) or A4
    budget = MOST
    loaded: dict[str, Element] = {}
    for one in document.findall("{*}Pages/{*}Page"):
        content = package.xml(resolve(main, one.get("BaseLoc", "")))
        page = OfdPage(_box(content.findtext("{*}Area/{*}PhysicalBox")) or default, budget)
        for layer in _layers(package, content, templates, loaded):
            page.add(layer)
        budget = page.budget
        yield page


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    """The four numbers of a box; None where there are not four."""
    found = numbers(text)
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 else None


def _layers(
    package: Package, content: Element, templates: dict[str, str], loaded: dict[str, Element]
) -> list[Element]:
    """What is drawn on a page: its templates, then its own content; each template is parsed once."""
    layers: list[Element] = []
    for use in content.iterchildren("{*}Template"):
        part = templates.get(use.get("TemplateID", ""), "")
        if part in package:
            if part not in loaded:
                loaded[part] = package.xml(part)
            layers += loaded[part].iterchildren("{*}Content")
    layers += content.iterchildren("{*}Content")
    return layers
