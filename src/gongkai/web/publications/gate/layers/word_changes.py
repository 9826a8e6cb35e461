"""Tracked changes and comments of a Word file, and the file without them."""

from __future__ import annotations

import re

from gongkai.documents.docx.names import W
from gongkai.documents.package import Element
from gongkai.web.publications.gate.layers.parts import Parts, local

STORIES = re.compile(
    r"^word/(?:glossary/)?(document|header|footer|footnotes|endnotes|comments)\d*\.xml$", re.IGNORECASE
)
CHANGES = ("ins", "del", "moveFrom", "moveTo")
FORMAT_CHANGES = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange", "cellIns", "cellDel", "cellMerge", "numberingChange",
                   "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")  # fmt: skip


def accept(parts: Parts, part: str, root: Element) -> None:
    """Accept all changes: what was deleted goes, what was inserted stays, nobody is named."""
    for tag in ("del", "moveFrom"):
        for element in list(root.iter(W + tag)):
            if local(parent_of(element)) == "trPr":
                cut(parent_of(parent_of(element)))
            else:
                cut(element)
    for tag in ("ins", "moveTo"):
        for element in list(root.iter(W + tag)):
            parent = parent_of(element)
            at = parent.index(element)
            for child in list(element):
                parent.insert(at, child)
                at += 1
            parent.remove(element)
    for tag in FORMAT_CHANGES:
        for element in list(root.iter(W + tag)):
            cut(element)
    parts.touch(part)


def without_comments(parts: Parts) -> None:
    """Take all comments away, with the marks in the text and the lists of their authors."""
    for part in parts.xml_parts():
        if re.match(r"^word/(?:comments\w*|people)\.xml$", part, re.IGNORECASE):
            root = parts.tree(part)
            for child in list(root):
                root.remove(child)
            parts.touch(part)
        elif STORIES.match(part):
            tree = parts.tree(part)
            for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
                for element in list(tree.iter(W + tag)):
                    cut(element)
                    parts.touch(part)


def parent_of(element: Element) -> Element:
    """The element above; the root is its own."""
    parent = element.getparent()
    return element if parent is None else parent


def cut(element: Element) -> None:
    """Take an element out."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
