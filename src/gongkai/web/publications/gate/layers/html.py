"""Web pages, taken apart by their source: what is shown, what is hidden, comments, attributes, programs, data addresses."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

from gongkai.documents.charset import decode
from gongkai.documents.html.archive import is_archive
from gongkai.documents.html.crowding import refuse_crowded
from gongkai.documents.html.nesting import refuse_deep
from gongkai.documents.html.walking import BLOCKS
from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.layers.html_looks import ground_of, hides
from gongkai.web.publications.gate.layers.source_text import SourceText
from gongkai.web.publications.gate.piece import IN_CELL, Inner, Opened, Remark, Story

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CELLS = frozenset({"td", "th"})
_PROGRAMS = frozenset({"script", "style"})
_LINKS = frozenset({"href", "src", "action", "data", "poster", "formaction", "cite", "longdesc", "background"})
_DULL = frozenset(
    {
        "class",
        "style",
        "width",
        "height",
        "colspan",
        "rowspan",
        "border",
        "cellpadding",
        "cellspacing",
        "align",
        "valign",
        "color",
        "size",
        "face",
        "lang",
        "type",
        "rel",
        "target",
        "bgcolor",
        "charset",
        "srcset",
        "d",
        "viewbox",
        "points",
        "transform",
    }
)
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
_DATA = re.compile(r"data:[\w.+/-]*(?:;[\w=.-]+)*;base64,([A-Za-z0-9+/=\s%]+)", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?")
MOST_ATTRIBUTES = 20_000


def open_html(data: bytes, name: str, limits: Limits) -> Opened:
    """Take a web page apart. Raises UnreadableDocument as the reader does, and `document.other_kind` for MHTML."""
    if is_archive(data):
        raise UnreadableDocument("document.other_kind", name=name, kind="MHTML")
    refuse_deep(data, limits, name)
    refuse_crowded(data, name)
    source = SourceText(decode(data, name, labelled=True))
    page = _Page(source)
    page.feed(source.text)
    page.close()
    return page.opened(data)


class _Page(HTMLParser):
    """Goes through the source token by token; what browsers would repair is read as it stands."""

    def __init__(self, source: SourceText) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._lines = [0]
        at = source.text.find("\n")
        while at >= 0:
            self._lines.append(at + 1)
            at = source.text.find("\n", at + 1)
        self._stories: dict[str, Story] = {}
        self._above: list[tuple[str, bool, str]] = []
        self._program = ""
        self._inner: list[Inner] = []
        self._links: list[str] = []
        self._attributes = 0
        self._hidden: list[tuple[int, str]] = []
        self._in_cell = False

    def opened(self, data: bytes) -> Opened:
        pieces = [story.finish() for _, story in sorted(self._stories.items())]
        remarks = []
        if self._hidden:
            remarks.append(
                Remark(
                    "hidden.text",
                    "notice",
                    "hidden",
                    "line",
                    str(self._hidden[0][0]),
                    count=len(self._hidden),
                    remedy="none",
                )
            )
        if "comment_markup" in self._stories and any(
            piece.text.strip() for piece in pieces if piece.layer == "comment_markup"
        ):
            remarks.append(Remark("hidden.markup", "notice", "comment_markup", "file", "", remedy="none"))
        return Opened("html", pieces, lambda: self._source.saved(data), remarks, self._inner, self._links)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _story(self, layer: str) -> Story:
        story = self._stories.setdefault(layer, Story(layer))
        story.mark("line", str(self.getpos()[0]))
        return story

    def _layer(self) -> str:
        if self._program:
            return "script"
        return "hidden" if self._above and self._above[-1][1] else "text"

    def _break(self, tag: str, closing: bool) -> None:
        story = self._stories.get(self._layer())
        if story is None or tag not in BLOCKS:
            return
        if tag in _CELLS:
            self._in_cell = not closing
            story.add("\t" if closing else "")
        elif not self._in_cell or tag in ("tr", "table"):
            self._in_cell = False
            story.end_line()
        else:
            story.add(IN_CELL)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        above, hidden = (self._above[-1][2], self._above[-1][1]) if self._above else ("white", False)
        ground = ground_of(given, above)
        now = hidden or hides(tag, given, ground)
        if now and not hidden:
            self._hidden.append((self.getpos()[0], tag))
            self._story("hidden").add("\n")
        self._break(tag, closing=False)
        if tag not in _VOID:
            self._above.append((tag, now, ground))
            if len(self._above) > 4096:
                del self._above[:2048]
        if tag in _PROGRAMS:
            self._program = tag
        self._read_attributes(tag, given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self._above:
            self._above.pop()
            self._program = ""

    def handle_endtag(self, tag: str) -> None:
        self._break(tag, closing=True)
        self._program = ""
        for at in range(len(self._above) - 1, max(len(self._above) - 12, -1), -1):
            if self._above[at][0] == tag:
                del self._above[at:]
                break

    def handle_data(self, data: str) -> None:
        story = self._story(self._layer())
        start = self._offset()
        if not self._program and not self._in_cell and "\n" in data and data.isspace():
            return
        if self._program or not ("\n" in data or "\t" in data):
            self._source.add(story, start, start + len(data))
            return
        # Line ends and tabs in the source are blanks on the page.
        story.add(data.replace("\n", " ").replace("\t", " "), lambda text: self._write(start, data, text))

    def _write(self, start: int, before: str, after: str) -> None:
        for at, (old, new) in enumerate(zip(before, after, strict=False)):
            if old != new and not (old in "\n\t" and new == " "):
                self._source.write(start + at, start + at + 1, escape(new, quote=False))

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def _reference(self, written: str) -> None:
        start = self._offset()
        end = start + len(written)
        end += self._source.text[end : end + 1] == ";"
        text = unescape(self._source.text[start:end])
        self._story(self._layer()).add(text, lambda new: self._source.write(start, end, escape(new, quote=False)))

    def handle_comment(self, data: str) -> None:
        start = self._offset() + 4
        story = self._story("comment_markup")
        if self._source.text[start : start + len(data)] == data:
            self._source.add(story, start, start + len(data))
        else:
            story.add(data)
        story.add("\n")

    def handle_decl(self, decl: str) -> None:
        self._story("comment_markup").add(f"{decl}\n")

    def unknown_decl(self, data: str) -> None:
        self._story("comment_markup").add(f"{data}\n")

    def handle_pi(self, data: str) -> None:
        self._story("comment_markup").add(f"{data}\n")

    def _read_attributes(self, tag: str, given: dict[str, str]) -> None:
        self._attributes += len(given)
        if self._attributes > MOST_ATTRIBUTES * 20 or not given:
            return
        text = self.get_starttag_text() or ""
        at = self._offset()
        for found in _ATTRIBUTE.finditer(text, len(tag) + 1):
            name = found[1].lower()
            group = next((n for n in (2, 3, 4) if found[n] is not None), 0)
            if not group or not found[group].strip() or name in _DULL:
                continue
            self._attribute(tag, name, at + found.start(group), found[group])

    def _attribute(self, tag: str, name: str, start: int, written: str) -> None:
        data = _DATA.match(unescape(written)) if written[:5].lower() == "data:" else None
        if data:
            self._data(tag, name, start, written, data[1])
            return
        link = name in _LINKS
        story = self._stories.setdefault("link" if link else "attribute", Story("link" if link else "attribute"))
        story.mark("attribute", f"{tag}@{name}:{self.getpos()[0]}")
        if link and unescape(written).startswith(("http://", "https://")):
            self._links.append(unescape(written).strip())
        at = 0
        for found in (*_REFERENCE.finditer(written), None):
            end = found.start() if found else len(written)
            if end > at:
                self._source.add(story, start + at, start + end)
            if found:
                text, first, last = unescape(found[0]), start + found.start(), start + found.end()
                story.add(text, self._writer(first, last))
                at = found.end()
        story.add("\n")

    def _writer(self, start: int, end: int) -> Callable[[str], None]:
        return lambda text: self._source.write(start, end, escape(text))

    def _data(self, tag: str, name: str, start: int, written: str, coded: str) -> None:
        try:
            content = base64.b64decode(re.sub(r"\s|%0[AaDd]", "", coded), validate=False)
        except (binascii.Error, ValueError):
            return
        head = written[: written.index(",") + 1]

        def replace(new: bytes | None) -> None:
            coded_anew = base64.b64encode(new).decode("ascii") if new is not None else ""
            self._source.write(start, start + len(written), head + coded_anew if new is not None else "")

        self._inner.append(Inner(f"{tag}@{name}", content, replace))
