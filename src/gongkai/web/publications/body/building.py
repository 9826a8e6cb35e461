"""Builds blocks from tokens: what a page means is kept, what it looks like is not, and what is passed over is written down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from gongkai.documents.html.walking import BLOCKS, SKIPPED
from gongkai.web.publications.body.nodes import HEADINGS, Block, Cell, Inline, Items, Leaf, Picture, Quote, Run, Table
from gongkai.web.publications.body.notes import Notes
from gongkai.web.publications.body.signs import BLANK, seen, tidy
from gongkai.web.publications.body.tables import finished
from gongkai.web.publications.body.tokens import RAW, Dropped, Tag, tokens

DEEPEST = 8
"""So deep may lists, quotations and cells stand in one another; what is deeper is set at this depth."""
MOST_COLUMNS = 1_000
MOST_MARKS = 31
LONGEST_ALT, LONGEST_ADDRESS = 1_000, 2_000

_LEVELS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_MARKS = {
    **{name: name for name in ("strong", "em", "u", "sub", "sup")},
    **{"b": "strong", "i": "em", "cite": "em", "dfn": "em", "ins": "u"},
}
_STRUCK = frozenset({"s", "strike", "del"})
_PROGRAMS = frozenset({"script", "style", "title", "head", "template", "noframes", "noembed", "-comment", "-doctype"})
_PASSED = (SKIPPED | RAW | _STRUCK | {"footer", "frameset", "marquee"}) - {"head", "embed", "input", "xmp"}
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OPEN_ENDED = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
"""Elements that end where another of their kind begins."""
_EMBEDDED = frozenset({"video", "audio", "iframe", "object", "canvas", "svg", "math"})
"""What shows something even where it holds no text."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://(?![^/?#]*@)[^\s/?#]|mailto:[^\s@]+@)\S*", re.IGNORECASE)
_ENCODED = {ord(sign): f"%{ord(sign):02X}" for sign in " \"'<>`{|}\\^"} | dict.fromkeys(map(ord, "\t\n\r"))
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})")

Pictured = Callable[[str, str], str | None]
"""From the source of a picture and its text to the digest of its content; None where it cannot be had."""


@dataclass(slots=True)
class _Open:
    """A container that is being filled; `marks` are those that were open outside of it."""

    kind: str
    node: Items | Quote | Table | Cell | None
    blocks: list[Block] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    in_head: bool = False


def kept_digest(source: str, alt: str) -> str | None:  # noqa: ARG001
    """The digest that a cleaned text names itself; any other source of a picture is none."""
    found = _DIGEST.fullmatch(source.strip())
    return found[1] if found else None


def address(given: str) -> str:
    """The address as it may stand in a link: http, https and mailto, without a name before the host; else empty."""
    bare = seen(given.strip().translate(_ENCODED))
    return bare if len(bare) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(bare) else ""


def build(text: str, notes: Notes, pictured: Pictured = kept_digest) -> list[Block]:
    """Web text as blocks, in linear time; never raises. What is passed over goes to `notes`."""
    builder = Builder(notes, pictured)
    for token in tokens(text):
        builder.take(token)
    return builder.finished()


class Builder:
    """Takes tokens one by one."""

    def __init__(self, notes: Notes, pictured: Pictured = kept_digest) -> None:
        self._notes = notes
        self._pictured = pictured
        self._open = [_Open("root", None)]
        self._content: list[Inline] = []
        self._kind = "p"
        self._marks: list[tuple[str, str]] = []
        self._passed: tuple[str, str] | None = None
        self._depth = 0
        self._passed_text: list[str] = []

    def take(self, token: Tag | Dropped | str) -> None:
        """Take one token."""
        if self._passed is not None:
            self._pass_over(token)
        elif isinstance(token, str):
            self._text(token)
        elif isinstance(token, Dropped):
            self._dropped(token)
        elif token.closes:
            self._end(token.name)
        else:
            self._start(token)

    def finished(self) -> list[Block]:
        """The blocks, all that is open closed."""
        self._stop_passing()
        self._leaf()
        while len(self._open) > 1:
            self._close()
        return self._open[0].blocks

    # What is passed over

    def _dropped(self, token: Dropped) -> None:
        if token.name == "xmp":
            self._text(token.text)
        elif token.name != "!" and token.name not in _PROGRAMS:
            self._note(token.name, "body.note.element", token.text)

    def _begin_passing(self, name: str, code: str) -> None:
        self._passed, self._depth = (name, code), 1

    def _pass_over(self, token: Tag | Dropped | str) -> None:
        assert self._passed is not None  # noqa: S101 - asked before
        name = self._passed[0]
        if isinstance(token, str):
            self._passed_text.append(token)
        elif isinstance(token, Dropped):
            if token.name not in _PROGRAMS and token.name != "!":
                self._passed_text.append(token.text)
        elif token.name in BLOCKS:
            self._passed_text.append("\n")
        if not isinstance(token, Tag) or token.name != name:
            return
        if not token.closes and name in _OPEN_ENDED:
            self._stop_passing()
            self.take(token)
            return
        self._depth += -1 if token.closes else not token.written.rstrip().endswith("/")
        if not self._depth:
            self._stop_passing()

    def _stop_passing(self) -> None:
        if self._passed is not None:
            name, code = self._passed
            self._passed = None
            if name not in _PROGRAMS:
                self._note(name, code, "".join(self._passed_text))
            self._passed_text = []

    def _note(self, name: str, code: str, said: str) -> None:
        if said.strip() or name in _EMBEDDED:
            self._notes.add(code, said)

    # Text and marks

    def _text(self, text: str) -> None:
        if self._open[-1].kind in ("table", "row") and not text.strip():
            return
        href = next((value for name, value in reversed(self._marks) if name == "a"), "")
        marks = frozenset(name for name, _ in self._marks if name != "a")
        self._content.append(Run(text, marks, href))

    def _picture(self, tag: Tag) -> None:
        given = tag.attributes
        alt = given.get("alt", "").strip()[:LONGEST_ALT]
        digest = self._pictured(given.get("src", ""), alt)
        if digest is None:
            self._notes.add("body.note.picture", alt)
            return
        self._content.append(Picture(digest, seen(alt).strip(BLANK)))

    def _leaf(self) -> None:
        """End the leaf that is being filled."""
        if not self._content:
            return
        content, self._content = tidy(self._content), []
        if not content:
            return
        top = self._open[-1]
        if self._kind == "caption" and isinstance(top.node, Table):
            if top.node.caption is None:
                top.node.caption = Leaf("caption", content)
                return
            content = tidy([*top.node.caption.content, Run(" "), *content])
            top.node.caption.content = content
            return
        kind = self._kind if self._kind in HEADINGS else "p"
        self._block(Leaf(kind, content))

    def _block(self, block: Block) -> None:
        """Put a block where it belongs: into the item or cell that is open, else beside the table or list."""
        at = next(one for one in reversed(self._open) if one.kind not in ("table", "row"))
        if isinstance(at.node, Items):
            at.node.items.append([block])
        else:
            at.blocks.append(block)

    # Tags

    def _start(self, tag: Tag) -> None:
        name = tag.name
        given = tag.attributes if tag.written else {}
        code = _passed_code(name, given)
        if code is not None and name not in RAW:
            if name in _VOID or tag.written.rstrip().endswith("/"):
                return
            if name in BLOCKS:
                self._leaf()
            self._begin_passing(name, code)
        elif name in _MARKS:
            # Who opens more has never closed them; the last ones count.
            self._marks = [*self._marks[-MOST_MARKS:], (_MARKS[name], name)]
        elif name == "a":
            self._link(given.get("href", ""))
        elif name == "img":
            self._picture(tag)
        elif name == "br" and self._kind != "p":
            self._content.append(Run(" "))
        elif name in BLOCKS:
            self._start_block(name, given)

    def _link(self, href: str) -> None:
        self._end_mark("a")
        found = address(href)
        if href and not found:
            self._notes.add("body.note.link", href[:LONGEST_ADDRESS] if not href.startswith("#") else "")
        self._marks = [*self._marks[-MOST_MARKS:], ("a", found)]

    def _start_block(self, name: str, given: dict[str, str]) -> None:
        if self._kind != "caption" or name in ("tr", "td", "th", "thead", "tbody", "tfoot", "table"):
            self._leaf()
            # A division inside a heading is part of it; anything else that begins there ends it.
            goes_on = name in ("div", "section", "center") and self._kind != "caption"
            self._kind = self._kind if goes_on else _LEVELS.get(name, "p")
        else:
            self._content.append(Run(" "))
            return
        if name in ("ul", "ol", "menu", "dir"):
            self._push(_Open("list", Items(name == "ol", _whole(given.get("start", ""), 0, 1_000_000, 1))))
        elif name == "li":
            self._item()
        elif name == "blockquote":
            self._push(_Open("quote", Quote()))
        elif name == "table":
            self._push(_Open("table", Table()))
        elif name in ("thead", "tbody", "tfoot", "tr", "td", "th", "caption"):
            self._table_part(name, given)

    def _item(self) -> None:
        at = self._last("list", ("cell", "quote"))
        if at is None:
            return
        self._close_to(at + 1)
        self._push(_Open("item", None), anyway=True)

    def _table_part(self, name: str, given: dict[str, str]) -> None:
        at = self._last("table", ())
        if at is None:
            return
        if name in ("td", "th"):
            row = self._last("row", ("table",))
            self._close_to((at if row is None else row) + 1)
            if row is None:
                self._row(at)
            self._push(_Open("cell", _cell(name, given)), anyway=True)
            return
        self._close_to(at + 1)
        if name == "tr":
            self._row(at)
        elif name == "caption":
            self._kind = "caption"
        else:
            self._open[at].in_head = name == "thead"

    def _row(self, at: int) -> None:
        table = self._open[at]
        if isinstance(table.node, Table):
            (table.node.head if table.in_head else table.node.rows).append([])
        self._push(_Open("row", None), anyway=True)

    def _end(self, name: str) -> None:
        if name in _MARKS or name == "a":
            self._end_mark(_MARKS.get(name, name))
        elif name in BLOCKS:
            if name not in ("caption", "table", "tr") and self._kind == "caption":
                self._content.append(Run(" "))
                return
            self._leaf()
            if name in _LEVELS or name == "caption":
                self._kind = "p"
            self._end_container(name)

    def _end_container(self, name: str) -> None:
        kinds = {
            "ul": "list", "ol": "list", "menu": "list", "dir": "list", "li": "item", "blockquote": "quote",
            "table": "table", "tr": "row", "td": "cell", "th": "cell",
        }  # fmt: skip
        kind = kinds.get(name)
        if kind is None:
            if name == "thead" and (at := self._last("table", ())) is not None:
                self._close_to(at + 1)
                self._open[at].in_head = False
            return
        # The end of a cell or a table ends what is open in it; any other end stays inside of its cell.
        at = self._last(kind, () if kind in ("table", "row", "cell") else ("cell",))
        if at is not None:
            self._close_to(at)

    def _end_mark(self, mark: str) -> None:
        for at in range(len(self._marks) - 1, -1, -1):
            if self._marks[at][0] == mark:
                del self._marks[at]
                return

    # Containers

    def _last(self, kind: str, stops: Iterable[str]) -> int | None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].kind == kind:
                return at
            if self._open[at].kind in stops:
                return None
        return None

    def _push(self, one: _Open, anyway: bool = False) -> None:
        """Open a container; one that would stand too deep is left out, its content stays."""
        deep = sum(open.kind in ("list", "quote", "table") for open in self._open)
        if not anyway and deep >= DEEPEST:
            return
        one.marks = list(self._marks)
        self._kind = "p"
        self._open.append(one)

    def _close_to(self, length: int) -> None:
        self._leaf()
        while len(self._open) > length:
            self._close()

    def _close(self) -> None:
        one = self._open.pop()
        self._marks = one.marks
        self._kind = "p"
        if one.kind == "item":
            above = self._open[-1].node
            if isinstance(above, Items) and one.blocks:
                above.items.append(one.blocks)
        elif one.kind == "cell" and isinstance(one.node, Cell):
            one.node.blocks = one.blocks
            table = self._open[-2]
            if isinstance(table.node, Table):
                (table.node.head if table.in_head else table.node.rows)[-1].append(one.node)
        elif isinstance(one.node, Items | Quote | Table):
            self._finish(one)

    def _finish(self, one: _Open) -> None:
        if isinstance(one.node, Table):
            for block in finished(one.node):
                self._block(block)
        elif isinstance(one.node, Quote) and one.blocks:
            self._block(Quote(one.blocks))
        elif isinstance(one.node, Items) and one.node.items:
            self._block(one.node)


def _passed_code(name: str, given: dict[str, str]) -> str | None:
    """Under which code an element is passed over with all that is in it, None where it is not."""
    if "hidden" in given or _HIDDEN.search(given.get("style", "")):
        return "body.note.hidden"
    if name in _STRUCK:
        return "body.note.struck"
    if name in ("nav", "footer"):
        return "body.note.furniture"
    return "body.note.element" if name in _PASSED else None


def _cell(name: str, given: dict[str, str]) -> Cell:
    scope = given.get("scope", "").strip().lower()
    return Cell(
        head=name == "th",
        scope=scope if scope in ("col", "row", "colgroup", "rowgroup") else "",
        column_span=_whole(given.get("colspan", ""), 1, MOST_COLUMNS, 1),
        row_span=_whole(given.get("rowspan", ""), 1, 65_534, 1),
    )


def _whole(text: str, least: int, most: int, otherwise: int) -> int:
    """A whole number within bounds; one that is above is the greatest allowed."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit()):
        return otherwise
    return min(int(bare[:8]), most) if int(bare[:8]) >= least else otherwise
