"""Puts the tree of a Word file in order, so that all it says stands in plain paragraphs, runs and tables.

Numbers that Word only prints are written out, text boxes set behind their paragraph, changes taken as accepted; what
does not belong in the text is taken out and written down.
"""

from __future__ import annotations

from lxml import etree

from gongkai.documents.docx.names import (
    ALT_CHUNK,
    ALTERNATE,
    BOX,
    BR,
    CHOICE,
    DEL,
    FALLBACK,
    INS,
    MOVE_FROM,
    NUM_PR,
    P_PR,
    R_PR,
    RUN,
    STYLE,
    SYMBOL,
    TAB,
    TBL,
    TC,
    TC_PR,
    TR,
    TR_PR,
    VAL,
    M,
    P,
    T,
    W,
)
from gongkai.documents.docx.text import symbol
from gongkai.documents.package import Element
from gongkai.web.publications.body.notes import Notes
from gongkai.web.publications.body.typed import level_of
from gongkai.web.publications.body.word_looks import Looks
from gongkai.web.publications.body.word_text import said

_UNKNOWN = tuple(W + name for name in ("fldSimple", "dir", "bdo"))
"""Elements around runs that mammoth does not look into."""
_DRAWN = ("{*}chart", "{*}relIds", W + "object")
_BLIP = "{*}blip"


def put_in_order(root: Element, looks: Looks, notes: Notes) -> None:
    """Put a story (body or notes) in order, in place."""
    _changes(root, notes)
    _alternatives(root, notes)
    _boxes(root, notes)
    _runs(root, looks, notes)
    _signs(root, notes)
    _paragraphs(root, looks)
    _tables(root)


def _changes(root: Element, notes: Notes) -> None:
    """Take tracked changes as accepted."""
    for element in list(root.iter(DEL, MOVE_FROM)):
        parent = element.getparent()
        if parent is None or parent.tag == TR_PR:
            continue
        if parent.tag == R_PR:
            # The mark of a paragraph: what follows goes on in it. Of moved marks mammoth knows nothing.
            element.tag = DEL
            notes.add("body.note.change")
            continue
        notes.add("body.note.change", said(element))
        parent.remove(element)
    for row in [
        one for one in root.iter(TR) if (marks := one.find(TR_PR)) is not None and marks.find(DEL) is not None
    ]:
        notes.add("body.note.change", said(row))
        _remove(row)
    for _ in root.iter(INS, W + "moveTo"):
        notes.add("body.note.change")


def _alternatives(root: Element, notes: Notes) -> None:
    """Of two forms of the same thing keep the one that can be read: the newer, unless only the older has its picture."""
    for element in list(root.iter(ALTERNATE)):
        if element.getparent() is None:
            continue
        choice, fallback = element.find(CHOICE), element.find(FALLBACK)
        forms = [one for one in (choice, fallback) if one is not None]
        readable = [one for one in forms if next(one.iter(BOX, _BLIP, T, "{*}imagedata"), None) is not None]
        kept = next(iter([*readable, *forms]), None)
        if kept is None or (not readable and next(element.iter(*_DRAWN), None) is not None):
            notes.add("body.note.drawing")
        _unwrap(element, [] if kept is None else list(kept))
    for drawn in list(root.iter(*_DRAWN)):
        notes.add("body.note.drawing")
        if drawn.tag == W + "object" and drawn.getparent() is not None:
            _remove(drawn)
    for chunk in list(root.iter(ALT_CHUNK)):
        notes.add("body.note.chunk")
        _remove(chunk)


def _boxes(root: Element, notes: Notes) -> None:
    """Set what stands in text boxes behind the paragraph that they hang on."""
    behind: dict[Element, Element] = {}
    for box in list(root.iter(BOX)):
        anchor = next(box.iterancestors(P), None)
        parent = box.getparent()
        if anchor is None or parent is None:
            continue
        notes.add("body.note.text_box")
        parent.remove(box)
        last = behind.get(anchor, anchor)
        for child in list(box):
            last.addnext(child)
            last = child
        behind[anchor] = last


def _runs(root: Element, looks: Looks, notes: Notes) -> None:
    """Take out hidden and struck runs and the marks of comments."""
    for mark in list(root.iter(W + "commentReference", W + "annotationRef")):
        _remove(mark)
    for run in list(root.iter(RUN)):
        paragraph = next(run.iterancestors(P), None)
        style = None if paragraph is None else paragraph.find(f"{P_PR}/{STYLE}")
        name = "" if style is None else style.get(VAL, "")
        code = (
            "body.note.hidden" if looks.hides(run, name) else "body.note.struck" if looks.strikes(run, name) else ""
        )
        # The ends of fields must stay: what they end would swallow the rest of the paragraph.
        if code and run.find(W + "fldChar") is None and run.find(W + "instrText") is None:
            text = said(run)
            if text:
                notes.add(code, text)
            _remove(run)


def _signs(root: Element, notes: Notes) -> None:
    """Write out what stands for text: formulas, symbols, breaks; unwrap what mammoth passes over."""
    for formula in list(root.iter(M + "oMath")):
        notes.add("body.note.formula")
        run = etree.Element(RUN)
        etree.SubElement(run, T).text = "".join(one.text or "" for one in formula.iter(M + "t"))
        _unwrap(formula, [run])
    for element in list(root.iter(M + "oMathPara", *_UNKNOWN)):
        _unwrap(element, [one for one in element if one.tag != M + "oMathParaPr"])
    for element in list(root.iter(SYMBOL, W + "cr", W + "ptab", W + "noBreakHyphen", W + "ruby")):
        if element.tag == W + "ruby":
            _unwrap(element, [run for base in element.iterchildren(W + "rubyBase") for run in base])
        elif element.tag in (SYMBOL, W + "noBreakHyphen"):
            element.text = symbol(element.get(W + "char", "")) if element.tag == SYMBOL else "-"
            element.tag = T
        else:
            element.tag = BR if element.tag == W + "cr" else TAB


def _paragraphs(root: Element, looks: Looks) -> None:
    """Write out numbers, and mark headings: those of styles, and those that official numbers make."""
    for paragraph in root.iter(P):
        level, number, listed = looks.marks(paragraph)
        properties = paragraph.find(P_PR)
        if number:
            run = etree.Element(RUN)
            etree.SubElement(run, T).text = number
            paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, run)
        kind = f"h{min(level + 1, 4)}" if level else "p"
        if kind == "p" and paragraph.getparent() is root and (number or not listed):
            kind = level_of(said(paragraph).strip(" \u3000\xa0"))
        if properties is None:
            if kind == "p":
                continue
            properties = etree.Element(P_PR)
            paragraph.insert(0, properties)
        _mark(properties, kind, unlisted=bool(number) or kind != "p" or not listed)


def _mark(properties: Element, kind: str, unlisted: bool) -> None:
    """Give paragraph properties the style that mammoth knows a heading by, or none."""
    for one in properties.findall(STYLE):
        properties.remove(one)
    if kind != "p":
        properties.insert(0, etree.Element(STYLE, {VAL: f"Heading{kind[1]}"}))
    if unlisted:
        for one in properties.findall(NUM_PR):
            properties.remove(one)


def _tables(root: Element) -> None:
    """Fill the gaps at the beginning of rows, and empty cells that were deleted."""
    for row in root.iter(TR):
        before = row.find(f"{TR_PR}/{W}gridBefore")
        width = "" if before is None else before.get(VAL, "")
        if width.isascii() and width.isdigit() and int(width[:4]) > 0:
            cell = etree.Element(TC)
            etree.SubElement(etree.SubElement(cell, TC_PR), W + "gridSpan", {VAL: width[:4]})
            etree.SubElement(cell, P)
            first = row.find(TC)
            if first is not None:
                first.addprevious(cell)
    for cell in root.iter(TC):
        if cell.find(f"{TC_PR}/{W}cellDel") is not None:
            for child in cell.findall(P) + cell.findall(TBL):
                cell.remove(child)


def _unwrap(element: Element, children: list[Element]) -> None:
    """Put `children` in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    parent[at : at + 1] = children


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
