"""Word files taken apart: every story of every part, what is hidden, deleted, commented, and who did it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from gongkai.documents.docx.names import VAL, W
from gongkai.documents.limits import Limits
from gongkai.documents.package import Element
from gongkai.web.publications.gate.layers.parts import Parts, add_rest, local
from gongkai.web.publications.gate.layers.word_changes import (
    CHANGES,
    FORMAT_CHANGES,
    STORIES,
    accept,
    cut,
    parent_of,
    without_comments,
)
from gongkai.web.publications.gate.layers.word_styles import Styles
from gongkai.web.publications.gate.piece import IN_CELL, Opened, Remark, Story

_LAYERS = {
    "document": "text",
    "header": "header",
    "footer": "header",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "comment",
}
_SIGNS = {"tab": " ", "br": IN_CELL, "cr": IN_CELL, "noBreakHyphen": "-", "ptab": " "}


@dataclass(frozen=True)
class _Here:
    """Where the walk is: the layer, whether in a cell, what colour lies below."""

    layer: str
    in_cell: bool = False
    ground: str = ""
    styled: bool = False


def open_docx(data: bytes, name: str, limits: Limits) -> Opened:
    """Take a .docx apart. Raises UnreadableDocument, see `Package`."""
    parts = Parts(data, limits, name)
    styles = Styles(parts.tree("word/styles.xml") if "word/styles.xml" in parts.package else None)
    file = Opened("docx", [], parts.save)
    done: set[str] = set()
    for part in parts.xml_parts():
        found = STORIES.match(part)
        if found:
            done.add(part)
            _Walk(parts, part, styles, file).read(_LAYERS[found[1].lower()])
    add_rest(parts, file, done)
    return file


class _Walk:
    """Reads one part."""

    def __init__(self, parts: Parts, part: str, styles: Styles, file: Opened) -> None:
        self._parts, self._part, self._styles, self._file = parts, part, styles, file
        self._stories: dict[str, Story] = {}
        self._paragraph = 0
        self._boxes: list[Element] = []
        self._hidden: list[tuple[Element, int]] = []
        self._first_change = 0
        self._changes: list[Element] = []

    def read(self, layer: str) -> None:
        """Read the part's stories; `layer` is that of its ordinary text."""
        root = self._parts.tree(self._part)
        if root.tag != W + local(root):
            # Strict Open XML has the same names in another space; its text is read without looks.
            self._strict(root, layer)
            return
        self._walk(root, _Here(layer))
        while self._boxes:
            self._walk(self._boxes.pop(0), _Here("text_box"))
        self._file.pieces += [story.finish() for _, story in sorted(self._stories.items()) if story.length]
        self._remarks(root, layer)

    def _strict(self, root: Element, layer: str) -> None:
        story = Story(layer)
        for number, paragraph in enumerate(root.iter("{*}p"), 1):
            story.mark("paragraph", str(number))
            for text in paragraph.iter("{*}t", "{*}delText", "{*}instrText"):
                story.add(text.text or "", self._parts.text_setter(self._part, text))
            story.add("\n")
        self._file.pieces.append(story.finish())

    def _story(self, layer: str) -> Story:
        if layer not in self._stories:
            self._stories[layer] = Story(layer)
            self._stories[layer].mark("paragraph", self._at(self._paragraph))
        return self._stories[layer]

    def _at(self, number: int) -> str:
        """A paragraph's place: its number, with the part where that is not the body."""
        name = self._part.rpartition("/")[2].removesuffix(".xml")
        return str(max(number, 1)) if name == "document" else f"{max(number, 1)}·{name}"

    def _walk(self, parent: Element, here: _Here) -> None:
        for child in parent:
            tag = local(child)
            if tag == "p":
                self._read_paragraph(child, here)
            elif tag == "tbl":
                style = child.find(f"{W}tblPr/{W}tblStyle")
                plain = style is None or style.get(VAL, "").lower() in ("tablegrid", "tablenormal", "a1", "a3", "a5")
                self._walk(child, replace(here, styled=not plain))
            elif tag == "tr":
                self._walk(child, here)
                self._story(here.layer).add("\n")
            elif tag == "tc":
                shade = child.find(f"{W}tcPr/{W}shd")
                self._walk(child, replace(here, in_cell=True, ground=_fill(shade, here.ground)))
                self._story(here.layer).add("\t")
            elif tag == "r":
                self._run(child, here)
            elif tag == "fldSimple":
                self._field(child.get(W + "instr", ""), None)
                self._walk(child, here)
            elif tag in CHANGES:
                self._changes.append(child)
                self._first_change = self._first_change or self._paragraph
                self._walk(child, replace(here, layer="deleted") if tag in ("del", "moveFrom") else here)
            elif tag == "txbxContent":
                self._boxes.append(child)
            elif tag == "t" and child.tag != W + "t":
                # Formulas and drawings have texts of their own.
                self._story("text_box").add((child.text or "") + "\n", None)
            elif len(child):
                self._walk(child, here)

    def _read_paragraph(self, paragraph: Element, here: _Here) -> None:
        self._paragraph += 1
        story = self._story(here.layer)
        story.mark("paragraph", self._at(self._paragraph))
        for layer in ("hidden", "deleted", "field"):
            if layer in self._stories:
                self._stories[layer].mark("paragraph", self._at(self._paragraph))
        shade = paragraph.find(f"{W}pPr/{W}shd")
        self._walk(paragraph, replace(here, ground=_fill(shade, here.ground)))
        story.add(IN_CELL if here.in_cell else "\n")

    def _run(self, run: Element, here: _Here) -> None:
        look = self._styles.look(run)
        hidden = look.hides(here.ground, here.styled)
        layer = "hidden" if hidden and here.layer != "deleted" else here.layer
        if layer == "hidden" and any(local(child) == "t" and (child.text or "").strip() for child in run):
            self._hidden.append((run, self._paragraph))
        for child in run:
            tag = local(child)
            if tag in ("t", "delText"):
                self._story(layer).add(child.text or "", self._parts.text_setter(self._part, child))
            elif tag in ("instrText", "delInstrText"):
                self._field(child.text or "", child)
            elif tag in _SIGNS:
                self._story(layer).add(_SIGNS[tag])
            elif tag == "sym":
                self._story(layer).add(_symbol(child))
            elif len(child):
                self._walk(child, here)

    def _field(self, text: str, element: Element | None) -> None:
        self._story("field").add(text, self._parts.text_setter(self._part, element) if element is not None else None)

    def _remarks(self, root: Element, layer: str) -> None:
        remarks = self._file.remarks
        if self._hidden:
            runs = [run for run, _ in self._hidden]
            remarks.append(
                Remark(
                    "hidden.text",
                    "error",
                    "hidden",
                    "paragraph",
                    self._at(self._hidden[0][1]),
                    count=len(runs),
                    remove=self._remover(runs),
                )
            )
        formats = [one for tag in FORMAT_CHANGES for one in root.iter(W + tag)]
        marks = [one for tag in CHANGES for one in root.iter(W + tag) if local(parent_of(one)) in ("rPr", "trPr")]
        if self._changes or formats or marks:
            count = len(self._changes) + len(formats) + len(marks)
            remarks.append(
                Remark(
                    "hidden.change",
                    "error",
                    "deleted",
                    "paragraph",
                    self._at(self._first_change),
                    count=count,
                    remove=partial(accept, self._parts, self._part, root),
                )
            )
        if layer == "comment":
            comments = list(root.iterchildren(W + "comment"))
            if comments:
                remarks.append(
                    Remark(
                        "hidden.comment",
                        "error",
                        "comment",
                        "part",
                        self._part,
                        count=len(comments),
                        remove=partial(without_comments, self._parts),
                    )
                )

    def _remover(self, elements: list[Element]) -> Callable[[], None]:
        def remove() -> None:
            for element in elements:
                cut(element)
            self._parts.touch(self._part)

        return remove


def _fill(shade: Element | None, ground: str) -> str:
    """The colour that a shading lays below its text; that below it where it is none."""
    fill = "" if shade is None else shade.get(W + "fill", "")
    return fill.upper() if fill and fill.lower() != "auto" else ground


def _symbol(element: Element) -> str:
    try:
        point = int(element.get(W + "char", ""), 16)
    except ValueError:
        return ""
    # Symbol fonts lie 0xF000 above the signs that they stand for.
    point -= 0xF000 if 0xF020 <= point <= 0xF0FF else 0
    return chr(point) if 0x20 <= point < 0xD800 else ""
