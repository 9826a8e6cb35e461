"""Spreadsheets: .xlsx read from its XML, the old .xls by calamine.

The XML is read here because what a person sees in a cell (12.5 %, #DIV/0!, 2024年1月5日) hangs on the number format,
and because a lone cell in the last row must not make a table of a million rows.
"""

from __future__ import annotations

import io

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.package import Package, relationships
from gongkai.documents.source import Source
from gongkai.documents.xlsx.blocks import Sheet, blocks_of
from gongkai.documents.xlsx.numbers import Formats, plain
from gongkai.documents.xlsx.sheets import read_sheet, shared_strings
from gongkai.errors import UnreadableDocument

HIDDEN = "document.hidden_sheet"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What the old binary formats of Office begin with."""


def read(source: Source, limits: Limits) -> Document:
    """Read a .xlsx (or .xls): every visible sheet, its name first, then its tables and lines.

    Figures are printed as their format shows them. Raises UnreadableDocument, see `package`; also `document.no_sheet`,
    `document.too_many_cells`, `document.span`.
    """
    if source.data.startswith(OLE):
        return read_xls(source, limits)
    package = Package(source.data, limits, source.name)
    main = next((target for kind, target in relationships(package, "").values() if kind == "officeDocument"), "")
    if main not in package:
        main = "xl/workbook.xml"
    book = package.xml(main)
    related = relationships(package, main)
    parts = {kind: target for kind, target in related.values() if kind in ("sharedStrings", "styles")}
    strings = shared_strings(package.xml(parts["sharedStrings"])) if parts.get("sharedStrings", "") in package else []
    properties = book.find("{*}workbookPr")
    formats = Formats(
        package.xml(parts["styles"]) if parts.get("styles", "") in package else None,
        since_1904=properties is not None and properties.get("date1904") in ("1", "true"),
    )
    sheets: list[Sheet] = []
    hidden = False
    for one in book.iterfind("{*}sheets/{*}sheet"):
        reference = next((value for name, value in one.attrib.items() if str(name).endswith("}id")), "")
        kind, part = related.get(str(reference), ("", ""))
        if one.get("state", "visible") != "visible":
            hidden = True
        elif kind == "worksheet":
            sheets.append(read_sheet(package.xml(part), one.get("name", ""), strings, formats, limits))
    return _document(source, sheets, hidden, limits)


def read_xls(source: Source, limits: Limits) -> Document:
    """Read a .xls (BIFF). Figures lose their formats: 12.5 % stands as 0.125. Raises as `read`."""
    sheets: list[Sheet] = []
    hidden = False
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as book:
            for meta in book.sheets_metadata:
                if meta.visible != SheetVisibleEnum.Visible:
                    hidden = True
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                rows = sheet.to_python(skip_empty_area=False)
                cells: dict[tuple[int, int], tuple[str, str | None]] = {
                    (r, c): (plain(value), None)
                    for r, row in enumerate(rows, 1)
                    for c, value in enumerate(row, 1)
                    if value not in ("", None)
                }
                merges = [(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()]
                sheets.append(Sheet(meta.name, cells, merges))
    except PasswordError as error:
        raise UnreadableDocument("document.encrypted", name=source.name) from error
    except CalamineError as error:
        raise UnreadableDocument("document.damaged.package", name=source.name, reason=str(error)) from error
    return _document(source, sheets, hidden, limits)


def _document(source: Source, sheets: list[Sheet], hidden: bool, limits: Limits) -> Document:
    if not sheets:
        raise UnreadableDocument("document.no_sheet", name=source.name)
    return Document(
        format="xlsx",
        sha256=source.sha256,
        size=len(source.data),
        blocks=tuple(blocks_of(sheets, limits)),
        doubts=(HIDDEN,) if hidden else (),
    )
