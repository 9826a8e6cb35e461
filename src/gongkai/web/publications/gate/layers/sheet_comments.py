"""Comments of a workbook, of cells and of threads."""

from __future__ import annotations

import re
from functools import partial

from gongkai.web.publications.gate.layers.parts import Parts
from gongkai.web.publications.gate.piece import Opened, Remark, Story


def read_comments(parts: Parts, file: Opened, done: set[str]) -> None:
    """Read all comments, also of threads, and their authors; `done` takes their parts."""
    story = Story("comment")
    found = []
    for part in parts.xml_parts():
        if not re.match(r"^xl/(?:comments|threadedComments)[^/]*(?:/[^/]+)?\.xml$", part, re.IGNORECASE):
            continue
        done.add(part)
        root = parts.tree(part)
        for one in root.iter("{*}comment", "{*}threadedComment"):
            found.append(one)
            story.mark("cell", one.get("ref", ""))
            for text in one.iter("{*}t", "{*}text"):
                if text.text:
                    story.add(text.text, parts.text_setter(part, text))
            story.add("\n")
        for author in root.iter("{*}author"):
            story.mark("part", part)
            story.add(author.text or "", parts.text_setter(part, author))
            story.add("\n")
    if found:
        file.remarks.append(
            Remark(
                "hidden.comment",
                "error",
                "comment",
                "part",
                "xl",
                count=len(found),
                remove=partial(_without_comments, parts),
            )
        )
    if story.length:
        file.pieces.append(story.finish())


def _without_comments(parts: Parts) -> None:
    for part in parts.xml_parts():
        if re.match(r"^xl/(?:comments|threadedComments|persons)[^/]*(?:/[^/]+)?\.xml$", part, re.IGNORECASE):
            root = parts.tree(part)
            for element in list(root.iter("{*}comment", "{*}threadedComment", "{*}person")):
                parent = element.getparent()
                if parent is not None:
                    parent.remove(element)
            for author in root.iter("{*}author"):
                author.text = ""
            parts.touch(part)
