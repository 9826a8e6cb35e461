"""Workbooks taken apart: visible and hidden cells, formulas, comments, names, strings that no cell uses any more."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.documents.package import Element, relationships
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.finding import starred
from gongkai.web.publications.gate.layers.cell_looks import CellLooks
from gongkai.web.publications.gate.layers.parts import Parts, add_rest
from gongkai.web.publications.gate.layers.sheet_cells import column_number, hidden_columns, plain, string_of
from gongkai.web.publications.gate.layers.sheet_comments import read_comments
from gongkai.web.publications.gate.piece import Opened, Remark, Setter, Story

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
WIDEST = 256
"""Cells farther right do not stand under a head."""


def open_xlsx(data: bytes, name: str, limits: Limits) -> Opened:
    """Take a .xlsx apart. Raises UnreadableDocument, see `Package`."""
    parts = Parts(data, limits, name)
    book = _Book(parts, limits)
    file = Opened("xlsx", [], book.save)
    book.read(file)
    add_rest(parts, file, book.done)
    return file


class _Book:
    """One workbook."""

    def __init__(self, parts: Parts, limits: Limits) -> None:
        self.parts, self.limits = parts, limits
        self.main = next(
            (part for kind, part in relationships(parts.package, "").values() if kind == "officeDocument"), ""
        )
        if self.main not in parts.package:
            self.main = "xl/workbook.xml"
        related = relationships(parts.package, self.main)
        self.related = related
        kinds = {kind: part for kind, part in related.values() if part in parts.package}
        self.strings_part = kinds.get("sharedStrings", "")
        self.strings = list(parts.tree(self.strings_part).iterchildren("{*}si")) if self.strings_part else []
        self.looks = CellLooks(parts.tree(kinds["styles"]) if "styles" in kinds else None)
        self.done = {self.main, self.strings_part, kinds.get("styles", "")}
        self.cells = 0
        self.used: set[int] = set()
        self.sheets: list[str] = []

    def read(self, file: Opened) -> None:
        """Read all sheets, names and leftovers into `file`."""
        book = self.parts.tree(self.main)
        names = Story("attribute")
        for one in book.iterfind("{*}sheets/{*}sheet"):
            reference = next((value for key, value in one.attrib.items() if str(key).endswith("}id")), "")
            _, part = self.related.get(str(reference), ("", ""))
            names.mark("part", self.main)
            names.add(one.get("name", "") + "\n")
            if part in self.parts.package:
                self.done.add(part)
                self.sheets.append(part)
                self._sheet(part, one.get("name", ""), one.get("state", "visible"), file)
        for one in book.iterfind("{*}definedNames/{*}definedName"):
            names.mark("attribute", f"definedName {starred(one.get('name', ''))}")
            names.add(one.text or "", self.parts.text_setter(self.main, one))
            names.add("\n")
        self._leftovers(file)
        read_comments(self.parts, file, self.done)
        if names.length:
            file.pieces.append(names.finish())

    def save(self) -> bytes:
        """The workbook with all changes; strings that no cell uses any more are emptied."""
        if self.strings_part:
            for number in set(range(len(self.strings))) - self._in_use():
                for text in self.strings[number].iter("{*}t"):
                    if text.text:
                        text.text = ""
                        self.parts.touch(self.strings_part)
        return self.parts.save()

    def _in_use(self) -> set[int]:
        return {
            int(value)
            for part in self.sheets
            for cell in self.parts.tree(part).iter("{*}c")
            if cell.get("t") == "s" and (value := (cell.findtext("{*}v") or "").strip()).isdigit()
        }

    def _sheet(self, part: str, name: str, state: str, file: Opened) -> None:
        root = self.parts.tree(part)
        shown, hidden, formulas = (
            Story("text" if state == "visible" else "sheet_hidden"),
            Story("hidden"),
            Story("formula"),
        )
        columns = hidden_columns(root)
        called = starred(name)
        away: list[Element] = []
        row = 0
        for line in root.iterfind("{*}sheetData/{*}row"):
            given = line.get("r", "")
            row = int(given) if given.isdigit() and len(given) < 8 else row + 1
            row_hidden = line.get("hidden") in ("1", "true") or line.get("ht") in ("0", "0.0")
            at, column = 1, 0
            concealed = False
            for cell in line:
                address = _ADDRESS.fullmatch(cell.get("r", ""))
                column = column_number(address[1]) if address else column + 1
                text = self._text(cell)
                formula = cell.find("{*}f")
                if formula is not None and formula.text:
                    formulas.mark("cell", f"{called}!{cell.get('r', '')}")
                    formulas.add(formula.text, self._freezer(part, cell, formula))
                    formulas.add("\n")
                if not text:
                    continue
                self.cells += 1
                if self.cells > self.limits.cells:
                    raise UnreadableDocument("document.too_many_cells", limit=self.limits.cells)
                look = int(style) if (style := cell.get("s", "0")).isdigit() and len(style) < 7 else 0
                unseen = state == "visible" and (row_hidden or column in columns or self.looks.hides(look))
                story = hidden if unseen else shown
                if unseen:
                    away.append(cell)
                    concealed = True
                elif column <= WIDEST:
                    story.add("\t" * max(column - at, 0))
                    at = max(column, at)
                story.mark("cell", f"{called}!{cell.get('r') or f'{column}:{row}'}")
                story.add(text.replace("\n", "\x0b").replace("\t", " "), self._writer(part, cell))
                if unseen:
                    story.add("\t")
            shown.add("\n")
            if concealed:
                hidden.add("\n")
        file.pieces += [story.finish() for story in (shown, hidden, formulas) if story.length]
        if state != "visible" and shown.finish().text.strip():
            every = list(root.iterfind("{*}sheetData/{*}row/{*}c"))
            file.remarks.append(
                Remark("hidden.sheet", "error", "sheet_hidden", "sheet", called, remove=self._emptier(part, every))
            )
        if away:
            first = f"{called}!{away[0].get('r', '')}"
            file.remarks.append(
                Remark(
                    "hidden.cells",
                    "warning",
                    "hidden",
                    "cell",
                    first,
                    count=len(away),
                    remove=self._emptier(part, away),
                )
            )
        self._header(part, root, file)

    def _header(self, part: str, root: Element, file: Opened) -> None:
        story = Story("header")
        for element in root.iterfind("{*}headerFooter/*"):
            story.mark("part", part)
            story.add(element.text or "", self.parts.text_setter(part, element))
            story.add("\n")
        if story.length:
            file.pieces.append(story.finish())

    def _text(self, cell: Element) -> str:
        kind, stored = cell.get("t", "n"), cell.findtext("{*}v") or ""
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return "" if inline is None else string_of(inline)
        if kind == "s":
            number = int(stored) if stored.isdigit() and len(stored) < 9 else -1
            if 0 <= number < len(self.strings):
                self.used.add(number)
                return string_of(self.strings[number])
            return ""
        if kind == "n" and stored:
            return plain(stored)
        return stored

    def _writer(self, part: str, cell: Element) -> Setter:
        """Writes a cell's text as its own, so that other cells with the same shared string stay."""

        def write(text: str) -> None:
            for child in list(cell):
                cell.remove(child)
            space = cell.tag.rpartition("}")[0] + "}" if "}" in cell.tag else ""
            cell.set("t", "inlineStr")
            inline = etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t")
            inline.text = text.replace("\x0b", "\n")
            self.parts.touch(part)

        return write

    def _freezer(self, part: str, cell: Element, formula: Element) -> Setter:
        """A formula that holds a value of a person goes, its last result stays as it is shown."""

        def write(_: str) -> None:
            if formula.getparent() is cell:
                cell.remove(formula)
            self.parts.touch(part)

        return write

    def _emptier(self, part: str, cells: list[Element]) -> Callable[[], None]:
        def remove() -> None:
            for cell in cells:
                for child in list(cell):
                    cell.remove(child)
                cell.attrib.pop("t", "")
            self.parts.touch(part)

        return remove

    def _leftovers(self, file: Opened) -> None:
        """Strings in the list of shared strings that no cell shows: what was deleted and is still in the file."""
        story = Story("leftover")
        story.mark("part", self.strings_part)
        for number in sorted(set(range(len(self.strings))) - self.used):
            for text in self.strings[number].iter("{*}t"):
                story.add(text.text or "", self.parts.text_setter(self.strings_part, text))
            story.add("\n")
        if story.length:
            file.pieces.append(story.finish())
