"""One look over a page for the elements that are more than plain text in plain blocks, so that the rest is read fast."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborNode

# The commonest first: every element is held against these in turn.
_PLAIN = (
    r"p,span,td,tr,o\:p,font,b,strong,a,li,div,th,tbody,ul,u,em,i,img,center,col,colgroup,h1,h2,h3,h4,h5,h6,thead,ol"
)
_UNUSUAL = f":not({_PLAIN})"
_HIDING = ",[hidden],[aria-hidden]"


class Unusual(NamedTuple):
    """What is not plain in a page.

    `nodes` are the unusual elements in reading order: breaks, scripts, tables, whatever is not in the list of plain
    ones. `mixed` are the ids of all elements that have such a one inside. Where an element is not mixed, all text in it
    is shown; a paragraph's is one line. `layout` are the ids of the tables that hold tables.
    """

    nodes: list[LexborNode]
    mixed: set[int]
    layout: set[int]


def look_over(body: LexborNode, hiding: bool) -> Unusual:
    """Find what is unusual in `body`; `hiding` says that elements may be marked as hidden. Takes time in proportion to the page's size, however deep it is nested."""
    found = Unusual(body.css(_UNUSUAL + _HIDING * hiding), set(), set())
    passed: set[int] = set()
    for node in found.nodes:
        above = node.parent
        while above is not None and above.mem_id not in found.mixed:
            found.mixed.add(above.mem_id)
            above = above.parent
        if node.tag == "table":
            _find_outer(node.parent, passed, found.layout)
    return found


def _find_outer(above: LexborNode | None, passed: set[int], outer: set[int]) -> None:
    """Add the nearest table; what was passed before has been climbed from already."""
    while above is not None and above.mem_id not in passed:
        passed.add(above.mem_id)
        if above.tag == "table":
            outer.add(above.mem_id)
            return
        above = above.parent
