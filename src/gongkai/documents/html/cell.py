"""The text of a table's cell, its lines joined."""

from __future__ import annotations

import re
from collections.abc import Container

from selectolax.lexbor import LexborNode

from gongkai.documents.characters import REMEMBERED_LENGTH, clean
from gongkai.documents.html.walking import lines_of
from gongkai.documents.joining import join_lines

_REMEMBERED = 8_192
_INNERMOST = 8
# A space inside a line, and two Latin letters or figures side by side, between which `join_lines` would put one.
_AMBIGUOUS = re.compile(r"\s|[0-9A-Za-z.,;:!?%)(]{2}")


class SureTexts(dict[str, tuple[str, str | None] | None]):
    """By all text inside a plain cell: that text cleaned, and the original where that differs.

    None where the text alone does not tell: it is blank, or it would make a difference whether its pieces are parts of
    one line or lines of their own. Reports are full of the same labels and figures: short texts are kept for the next
    table or page.
    """

    def __missing__(self, text: str) -> tuple[str, str | None] | None:
        lines = [line.strip() for line in text.strip().split("\n")]
        sure = lines[0] and not any(map(_AMBIGUOUS.search, lines))
        found = clean(join_lines(lines)) if sure else None
        if len(text) <= REMEMBERED_LENGTH:
            if len(self) >= _REMEMBERED:
                self.clear()
            self[text] = found
        return found


class CellTexts(dict[str, tuple[str, str | None]]):
    """By the markup inside a cell: its text by its blocks and breaks, cleaned, and the original where that differs.

    Short markup is kept as short texts are: it is that of labels and figures.
    """

    def of(self, cell: LexborNode, mixed: Container[int] | None) -> tuple[str, str | None] | None:
        """The text of any cell; None for what is no cell.

        `mixed` are the ids of elements with something unusual inside, None where all are plain.
        """
        if cell.tag not in ("td", "th"):
            return None
        markup = cell.inner_html or ""
        found = self.get(markup)
        if found is None:
            found = _text_of_cell(cell, mixed is not None and cell.mem_id in mixed)
            if len(markup) <= REMEMBERED_LENGTH:
                if len(self) >= _REMEMBERED:
                    self.clear()
                self[markup] = found
        return found


def _text_of_cell(cell: LexborNode, mixed: bool) -> tuple[str, str | None]:
    if not mixed:
        text = cell.text_lexbor().strip()
        if not text or _is_one_line(cell, text):
            return clean(join_lines(text.splitlines()))
    return clean(join_lines(join_lines(line.splitlines()) for line in lines_of(cell)))


def _is_one_line(cell: LexborNode, text: str) -> bool:
    """Whether all text of a plain cell stands in one paragraph, or in an element without others inside."""
    outer = cell
    for _ in range(_INNERMOST):
        inner = next(outer.iter(), None)
        if inner is None:
            return True
        if inner.is_comment_node or inner.text_lexbor().strip() != text:
            return False
        if inner.tag == "p":
            return True
        outer = inner
    return False
