"""The one door through which every text goes: whatever comes in, only the closed vocabulary comes out."""

from __future__ import annotations

import nh3

from gongkai.documents.limits import Limits
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.publications.body.building import Pictured, build, kept_digest
from gongkai.web.publications.body.nodes import MARKS, Block, Cell, Items, Leaf, Quote, Table
from gongkai.web.publications.body.notes import Notes
from gongkai.web.publications.body.writing import written

LIMITS = Limits(file_bytes=32 * 1024 * 1024, paragraphs=20_000, cells=50_000, seconds=20.0, memory=512 * 1024 * 1024)
"""What a body may ask: a page that people read. The longest published plans have some 3,000 paragraphs."""
LONGEST = 2 * 1024 * 1024
"""Signs of web text that are looked at without a child process."""
MOST_REFERENCES = 50_000
"""Signs that are written as references (& < >): nh3's time grows with the square of their number in one text."""

ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
"""Element to its attributes; elements without an entry have none."""
_BLOCK = (
    "h2",
    "h3",
    "h4",
    "p",
    "ul",
    "ol",
    "li",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
)
VOCABULARY = frozenset({*_BLOCK, *MARKS, "img", "a"})
SCHEMES = frozenset({"http", "https", "mailto", "sha256"})

_JUDGE = nh3.Cleaner(
    tags=set(VOCABULARY),
    attributes={name: set(attributes) for name, attributes in ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
    strip_comments=True,
)


def clean(html: str, pictured: Pictured = kept_digest, notes: Notes | None = None) -> str:
    """The text in the closed vocabulary; a text that is in it already comes back unchanged.

    `pictured` says what becomes of pictures (else only those named by digest stay); `notes` collects what is left out.
    Raises UnreadableDocument `document.too_large`, `document.too_many_paragraphs`, `document.too_many_cells`, and
    InvalidInput `body.signs`, nothing else. The tree is built with a depth of its own before nh3 sees it, whose time grows with the square of the depth.
    """
    if len(html) > LONGEST:
        raise UnreadableDocument("document.too_large", name="", size=len(html), limit=LONGEST)
    return written(blocks_of(html, pictured, notes))


def blocks_of(html: str, pictured: Pictured = kept_digest, notes: Notes | None = None) -> list[Block]:
    """The blocks of a text once it is clean, whatever its length. Raises as `clean` for too many of them."""
    built = build(html, notes or Notes(), pictured)
    counted(built)
    # A second pair of eyes that shares no code with the builder; what it takes out is gone.
    given = written(built)
    if (references := given.count("&")) > MOST_REFERENCES:
        raise InvalidInput("body.signs", given=references, limit=MOST_REFERENCES)
    return build(_JUDGE.clean(given), Notes())


def counted(blocks: list[Block]) -> tuple[int, int]:
    """How many leaves and cells there are. Raises UnreadableDocument where there are too many of either."""
    leaves = cells = 0
    waiting: list[Block | Cell] = list(blocks)
    while waiting:
        one = waiting.pop()
        if isinstance(one, Leaf):
            leaves += 1
        elif isinstance(one, Items):
            waiting += [block for item in one.items for block in item]
        elif isinstance(one, Table):
            waiting += [cell for row in (*one.head, *one.rows) for cell in row]
        else:
            cells += isinstance(one, Cell)
            waiting += one.blocks if isinstance(one, Quote | Cell) else []
    # What stands in a cell counts as a cell.
    if leaves - cells > LIMITS.paragraphs:
        raise UnreadableDocument("document.too_many_paragraphs", limit=LIMITS.paragraphs)
    if cells > LIMITS.cells:
        raise UnreadableDocument("document.too_many_cells", limit=LIMITS.cells)
    return leaves, cells
