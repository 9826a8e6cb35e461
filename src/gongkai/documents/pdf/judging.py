"""Whether what was read can be all that the file says: pages of pictures, fonts without meaning, repaired files."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.documents.model import Box
from gongkai.documents.pdf.frame import Frame
from gongkai.documents.pdf.strokes import Strokes
from gongkai.documents.pdf.words import PageText
from gongkai.errors import UnreadableDocument

FEW = 15
"""A page with fewer characters says nothing: a page number, a stamp."""

PICTURE_PAGE = 0.25
"""A page without text is a picture where pictures cover this share of it."""

PICTURE = 0.2
"""A picture beside text that covers this share of the page may hold something that should have been read."""

DRAWN_TEXT = 400
"""A page without text that draws more path segments may be text turned into outlines."""

ODD = 0.1
"""From this share of meaningless characters on, the text is not to be trusted."""

STRANGE = 0.3
"""From this share of accented Latin letters on, the text is Chinese read in the wrong code."""


@dataclass(slots=True)
class Judgement:
    """What the pages yielded, gathered page by page; `doubts` at the end says what to say aloud."""

    name: str
    characters: int = 0
    odd: int = 0
    strange: int = 0
    bare_pages: list[int] = field(default_factory=list)
    pages_with_text: int = 0
    doubts: list[str] = field(default_factory=list)

    def add(self, page: int, frame: Frame, text: PageText, strokes: Strokes) -> None:
        """Take note of a page."""
        visible = sum([len(word[4]) for word in text.words])
        self.characters += visible
        self.odd += text.odd
        self.strange += text.strange
        covered = _covered(strokes.pictures, frame)
        if visible >= FEW:
            self.pages_with_text += 1
            if strokes.hidden_text and covered >= PICTURE_PAGE:
                self.doubt("document.ocr_layer")
            elif covered >= PICTURE:
                self.doubt("document.picture_not_read")
        elif covered >= PICTURE_PAGE or strokes.segments > DRAWN_TEXT or len(strokes.dots) > DRAWN_TEXT:
            self.bare_pages.append(page)

    def doubt(self, code: str) -> None:
        """Note a doubt once."""
        if code not in self.doubts:
            self.doubts.append(code)

    def conclude(self, is_repaired: bool) -> tuple[str, ...]:
        """The doubts. Raises UnreadableDocument where the yield shows that the text was not really read."""
        if self.characters and (self.odd > ODD * self.characters or self.strange > STRANGE * self.characters):
            raise UnreadableDocument(
                "document.garbled.pdf", name=self.name, odd=max(self.odd, self.strange), characters=self.characters
            )
        if not self.pages_with_text and self.bare_pages:
            raise UnreadableDocument("document.image_only", name=self.name, pages=len(self.bare_pages))
        if not self.characters:
            code = "document.damaged.pdf" if is_repaired else "document.no_text"
            raise UnreadableDocument(code, name=self.name, pages=0)
        if self.bare_pages:
            self.doubt("document.page_without_text")
        if is_repaired:
            self.doubt("document.repaired")
        return tuple(self.doubts)


def _covered(pictures: list[Box], frame: Frame) -> float:
    """The share of the page under its largest pictures; strips of one scanned page add up."""
    total = 0.0
    for left, top, right, bottom in pictures:
        width = min(right, frame.width) - max(left, 0.0)
        height = min(bottom, frame.height) - max(top, 0.0)
        if width > 0 and height > 0:
            total += width * height
    area = frame.width * frame.height
    return total / area if area else 0.0
