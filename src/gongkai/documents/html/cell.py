"""The text of a table's cell, its lines joined."""

from __future__ import annotations

from collections.abc import Container

from selectolax.lexbor import LexborNode

from gongkai.documents.characters import REMEMBERED_LENGTH, clean
from gongkai.documents.html.walking import lines_of
from gongkai.documents.joining import join_lines

MARK = "\x01"
"""Stands between the pieces of a cell's text."""

_ENDS = MARK + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_REMEMBERED = 8_192


class PlainTexts(dict[str, tuple[str, str | None] | None]):
    """By the pieces of a plain cell's text: the text cleaned, and the original where that differs.

    None where the pieces do not tell: there is no text, or they can be parts of one line or lines of their own, and that
    makes a difference. Reports are full of the same labels and figures: short texts are kept for the next table or page.
    """

    def __missing__(self, pieces: str) -> tuple[str, str | None] | None:
        text = pieces.strip(_ENDS)
        found = _joined(text) if text else None
        if len(pieces) <= REMEMBERED_LENGTH:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[pieces] = found
        return found


def _joined(text: str) -> tuple[str, str | None] | None:
    if MARK in text:
        parts = text.split(MARK)
        text = join_lines("".join(parts).splitlines())
        if text != join_lines(line for part in parts for line in part.splitlines()):
            return None
    elif "\n" in text:
        text = join_lines(text.splitlines())
    return clean(text)


def text_of_cell(node: LexborNode, mixed: Container[int] | None) -> tuple[str, str | None] | None:
    """The text of any cell by its blocks and breaks, cleaned, and the original; None for what is no cell.

    `mixed` are the ids of elements with something unusual inside, None where all are plain.
    """
    if node.tag not in ("td", "th"):
        return None
    if not (mixed and node.mem_id in mixed):
        text = node.text_lexbor().strip()
        block = next(node.iter(), None) if text else None
        # All in one paragraph, as Word writes it: one line.
        if not text or (block is not None and block.tag == "p" and block.text_lexbor().strip() == text):
            return clean(join_lines(text.splitlines()))
    return clean(join_lines(join_lines(line.splitlines()) for line in lines_of(node)))
