"""The text of one paragraph as Word shows it with all tracked changes accepted."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.documents.docx.names import (
    ALTERNATE,
    BOX,
    BR,
    CHOICE,
    DEL,
    ENDNOTE,
    FALLBACK,
    FIELD,
    FOOTNOTE,
    INS,
    MOVE_FROM,
    NUM_PR,
    OFF,
    OUTLINE,
    P_PR,
    R_PR,
    RUN,
    SDT,
    SDT_CONTENT,
    SECTION,
    STYLE,
    SYMBOL,
    TAB,
    VAL,
    VANISH,
    WRAPPERS,
    M,
    P,
    T,
    W,
)
from gongkai.documents.package import Element

TRACKED, HIDDEN = "document.tracked_changes", "document.hidden_text"

_SIGNS = {
    TAB: "\t",
    W + "ptab": "\t",
    BR: "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    M + "t": None,
    T: None,
}
"""Elements of a run that stand for text; None where their own text counts."""

_SYMBOLS = {
    "F0FE": "☑",
    "F052": "☑",
    "F0A8": "☐",
    "F06F": "□",
    "F0FC": "✓",
    "F0FB": "✗",
    "F06C": "●",
    "F06E": "■",
    "F0B7": "•",
}

SPECIAL = (
    DEL,
    MOVE_FROM,
    INS,
    W + "moveTo",
    TAB,
    W + "ptab",
    BR,
    W + "cr",
    W + "noBreakHyphen",
    SYMBOL,
    VANISH,
    FIELD,
    FOOTNOTE,
    ENDNOTE,
    W + "ruby",
    W + "pPrChange",
    ALTERNATE,
    BOX,
    P,
    M + "t",
)
"""What a paragraph may hold besides w:t that changes its text; a paragraph without any of it is read at once."""

_PROPERTIES = frozenset({STYLE, NUM_PR, OUTLINE, SECTION})
_WATCHED = (T, *_PROPERTIES, *SPECIAL)


class ParagraphText(NamedTuple):
    """What a paragraph says.

    `properties` is w:pPr where it may name a style, a list, a level or a section. `boxes` are text boxes anchored in it, `notes` the
    ids of footnotes, endnotes with a leading `e`. `joins` says that its mark was deleted, so that the next one goes on.
    """

    text: str
    properties: Element | None = None
    boxes: tuple[Element, ...] = ()
    notes: tuple[str, ...] = ()
    doubts: frozenset[str] = frozenset()
    joins: bool = False


def paragraph_text(paragraph: Element) -> ParagraphText:
    """Read one w:p."""
    pieces: list[str] = []
    properties: Element | None = None
    watched = paragraph.iter(*_WATCHED)
    next(watched)  # The paragraph itself; a second one stands in a text box.
    for element in watched:
        tag = element.tag
        if tag == T:
            pieces.append(element.text or "")
        elif tag in _PROPERTIES:
            properties = element.getparent()
        else:
            return _Walk().read(paragraph)
    return ParagraphText("".join(pieces), properties)


class _Walk:
    """Reads a paragraph element by element."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[str] = []
        self.doubts: set[str] = set()
        # A field is instruction, separator, result; True while the instruction of one that is open goes on.
        self.fields: list[bool] = []

    def read(self, paragraph: Element) -> ParagraphText:
        properties = paragraph.find(P_PR)
        joins = False
        mark = None if properties is None else properties.find(R_PR)
        if mark is not None and (mark.find(DEL) is not None or mark.find(MOVE_FROM) is not None):
            joins = True
            self.doubts.add(TRACKED)
        self.inline(paragraph)
        return ParagraphText(
            "".join(self.pieces), properties, tuple(self.boxes), tuple(self.notes), frozenset(self.doubts), joins
        )

    def inline(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                self.run(child)
            elif tag in WRAPPERS:
                if tag in (INS, W + "moveTo"):
                    self.doubts.add(TRACKED)
                self.inline(child)
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    self.inline(content)
            elif tag == ALTERNATE:
                self.inline(_choice(child))
            elif tag in (DEL, MOVE_FROM):
                self.doubts.add(TRACKED)
            elif tag.startswith(M):
                self.formula(child)

    def run(self, run: Element) -> None:
        properties = run.find(R_PR)
        if properties is not None and _on(properties.find(VANISH)):
            self.doubts.add(HIDDEN)
            return
        for child in run:
            tag = child.tag
            if tag in _SIGNS:
                sign = _SIGNS[tag]
                self.say((child.text or "") if sign is None else sign)
            elif tag == FIELD:
                self.field(child.get(W + "fldCharType"))
            elif tag == SYMBOL:
                self.say(symbol(child.get(W + "char", "")))
            elif tag in (FOOTNOTE, ENDNOTE):
                self.notes.append(("e" if tag == ENDNOTE else "") + child.get(W + "id", ""))
            elif tag == ALTERNATE:
                self.alternate(child)
            elif tag == W + "ruby":
                for base in child.iterchildren(W + "rubyBase"):
                    self.inline(base)
            else:
                self.boxes += _boxes(child)

    def alternate(self, element: Element) -> None:
        """Read one of the two forms of the same thing, never both."""
        choice = _choice(element)
        found = _boxes(choice)
        if not found and choice.tag == CHOICE:
            # A drawing that this version of Word knows may hold its text in the fallback only.
            fallback = element.find(FALLBACK)
            found = [] if fallback is None or _has_text(choice) else _boxes(fallback)
        self.boxes += found
        for child in choice:
            if child.tag in _SIGNS:
                sign = _SIGNS[child.tag]
                self.say((child.text or "") if sign is None else sign)

    def formula(self, element: Element) -> None:
        for text in element.iter(M + "t"):
            self.say(text.text or "")

    def say(self, text: str) -> None:
        if not any(self.fields):
            self.pieces.append(text)

    def field(self, kind: str | None) -> None:
        if kind == "begin":
            self.fields.append(True)
        elif self.fields and kind == "separate":
            self.fields[-1] = False
        elif self.fields and kind == "end":
            self.fields.pop()


def _on(element: Element | None) -> bool:
    return element is not None and element.get(VAL) not in OFF


def _choice(element: Element) -> Element:
    """The form to read of an AlternateContent: the first choice, else the fallback, else nothing."""
    choice = element.find(CHOICE)
    if choice is None:
        choice = element.find(FALLBACK)
    return element if choice is None else choice


def _boxes(element: Element) -> list[Element]:
    """The outermost text boxes in a drawing; of nested AlternateContent only the form to read."""
    found: list[Element] = []
    for child in element:
        if child.tag == BOX:
            found.append(child)
        elif child.tag == ALTERNATE:
            found += _boxes(_choice(child))
        else:
            found += _boxes(child)
    return found


def _has_text(element: Element) -> bool:
    return next(element.iter(T), None) is not None


def symbol(code: str) -> str:
    """The character of w:sym: a known sign of the symbol fonts, or the code point itself."""
    code = code.upper()
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 or 0xE000 <= point < 0x10000 else ""
