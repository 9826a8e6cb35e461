"""The words in a stretch of a Word file, deleted ones included: for saying what was left out."""

from __future__ import annotations

from gongkai.documents.docx.names import BR, TAB, M, P, T, W
from gongkai.documents.package import Element

_DELETED = W + "delText"
_SIGNS = {TAB: "\t", BR: "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}


def said(element: Element) -> str:
    """The words inside an element, a paragraph a line."""
    pieces: list[str] = []
    for one in element.iter(T, _DELETED, M + "t", P, *_SIGNS):
        if one.tag == P:
            pieces.append("\n" if pieces else "")
        else:
            pieces.append(_SIGNS.get(str(one.tag), one.text or ""))
    return "".join(pieces).strip("\n")
