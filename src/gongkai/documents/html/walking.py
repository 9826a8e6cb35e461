"""Goes through a page's nodes in reading order without recursion, and gives the text of a piece of it line by line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
        "br",
    }
)
"""Elements before and after which a new line begins."""
SKIPPED = frozenset(
    {
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "head",
        "iframe",
        "input",
        "map",
        "math",
        "nav",
        "noframes",
        "noscript",
        "object",
        "option",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
        "-comment",
        "-doctype",
    }
)
"""Elements whose content is no text of the page."""


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's attributes say that it is not shown; styles are looked at elsewhere."""
    return "hidden" in attributes or attributes.get("aria-hidden") == "true"


class Sink(Protocol):
    """What takes the page's content as it is met."""

    def text(self, text: str) -> None:
        """Take a piece of text."""

    def open(self, node: LexborNode, tag: str) -> bool:
        """Begin a block; False where its content is to be passed over."""

    def close(self, tag: str) -> None:
        """End a block."""


def walk(root: LexborNode, sink: Sink) -> None:
    """Give the content of `root`, itself not counted, to `sink`."""
    above: list[tuple[LexborNode, str]] = []
    node = root.child
    while True:
        if node is None:
            if not above:
                return
            node, closed = above.pop()
            if closed:
                sink.close(closed)
            node = node.next
            continue
        tag = node.tag or ""
        if tag == "-text":
            sink.text(node.text_content or "")
        elif tag in BLOCKS:
            if sink.open(node, tag):
                above.append((node, tag))
                node = node.child
                continue
            sink.close(tag)
        elif tag not in SKIPPED:
            above.append((node, ""))
            node = node.child
            continue
        node = node.next


class Lines:
    """A sink that keeps the text line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._parts: list[str] = []

    def text(self, text: str) -> None:
        """Add to the line."""
        self._parts.append(text)

    def open(self, node: LexborNode, tag: str) -> bool:  # noqa: ARG002
        """Begin a new line; what is hidden has none."""
        self._end_line()
        return not is_hidden(node.attributes)

    def close(self, tag: str) -> None:  # noqa: ARG002
        """Begin a new line."""
        self._end_line()

    def _end_line(self) -> None:
        if self._parts:
            self.lines.append("".join(self._parts))
            self._parts.clear()


def lines_of(root: LexborNode) -> list[str]:
    """The text inside `root`, a block or a break a new line."""
    sink = Lines()
    walk(root, sink)
    sink.close("")
    return sink.lines
