"""A web page from its bytes to a Document."""

from __future__ import annotations

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from gongkai.documents.characters import clean
from gongkai.documents.charset import decode
from gongkai.documents.html.archive import is_archive, page_of_archive
from gongkai.documents.html.crowding import refuse_crowded
from gongkai.documents.html.flow import Flow
from gongkai.documents.html.furniture import mend_figures, remove_hidden
from gongkai.documents.html.nesting import refuse_deep
from gongkai.documents.html.unusual import look_over
from gongkai.documents.html.walking import walk
from gongkai.documents.limits import Limits
from gongkai.documents.model import Block, Document
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

_HEAD = 16_384


def read(source: Source, limits: Limits) -> Document:
    """Read a web page: its paragraphs and tables in reading order, the site's furniture left out.

    Raises UnreadableDocument: `document.empty`, `document.garbled`, `document.too_deep`,
    `document.too_many_attributes`, and the codes of the limits.
    """
    data = page_of_archive(source) if is_archive(source.data) else source.data
    decoded = decode(data, source.name, labelled=True)
    if decoded.charset != "utf-8" or decoded.doubts or data.startswith(b"\xef\xbb\xbf"):
        data = decoded.text.encode("utf-8", "replace")
    refuse_deep(data, limits, source.name)
    refuse_crowded(data, source.name)
    page = LexborHTMLParser(data, options=LexborDocumentOptions.WO_EVENTS.value)
    blocks = _blocks(page, data, limits)
    if not blocks:
        raise UnreadableDocument("document.empty", name=source.name)
    doubts = (*decoded.doubts, "document.page_cut") if _is_cut(data) else decoded.doubts
    return Document("html", source.sha256, len(source.data), tuple(blocks), _title(page, data), doubts=doubts)


def _blocks(page: LexborHTMLParser, data: bytes, limits: Limits) -> list[Block]:
    """The page's paragraphs and tables; none where it has no body (a frameset)."""
    body = page.body
    if body is None:
        return []
    remove_hidden(page, data)
    unusual = look_over(body, hiding=data.rfind(b"hidden") >= 0 or data.rfind(b"HIDDEN") >= 0)
    mend_figures(page, unusual.nodes)
    flow = Flow(limits, unusual)
    walk(body, flow)
    flow.close("body")
    return flow.blocks


def _is_cut(data: bytes) -> bool:
    """Whether the page opens as a whole page and never ends; pieces of pages have neither."""
    if any(data.rfind(end) >= 0 for end in (b"</html", b"</HTML", b"</body", b"</BODY")):
        return False
    return b"<html" in data[:_HEAD].lower()


def _title(page: LexborHTMLParser, data: bytes) -> str | None:
    """The article's title as the site names it, else the page's."""
    if data.rfind(b"ArticleTitle", 0, _HEAD) >= 0:
        node = page.css_first('meta[name="ArticleTitle"]')
        if node is not None and (node.attributes.get("content") or "").strip():
            return clean(node.attributes["content"] or "")[0]
    for node in page.head.iter() if page.head is not None else ():
        if node.tag == "title":
            return clean(node.text_lexbor() or "")[0] or None
    return None
