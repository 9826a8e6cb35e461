"""Takes the rows out of a sheet in a process of its own, held to limits, so that a hostile file harms only that.

    python -m gongkai.web.registers.bulk.child < FILE

is that process: it writes every row of the first sheet of an XLSX, or of a CSV, as a JSON list a line behind its number there,
and at the end how many there were; without that line the rows are not all.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from gongkai.documents.charset import decode
from gongkai.documents.confinement import confine
from gongkai.documents.limits import DEFAULT
from gongkai.errors import GongkaiError

LIMITS = replace(DEFAULT, seconds=60.0, memory=768 * 2**20)
"""The largest sheet that is taken, 100,000 rows, needs some seconds and less than half of the memory."""
MOST_COLUMNS = 100
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OLD = "old"
"""What the child says of a workbook of the format before XLSX."""
Numbered = tuple[int, list[str]]


class _Old(ValueError):
    """A workbook of the format before XLSX."""


def main() -> None:
    """Be the child."""
    content = sys.stdin.buffer.read(LIMITS.file_bytes)
    confine(LIMITS)
    out, count = sys.stdout, 0
    try:
        for number, cells in rows(content):
            out.write(json.dumps([number, cells], ensure_ascii=False) + "\n")
            count += 1
        ended: object = {"rows": count}
    except (GongkaiError, ValueError, csv.Error) as error:
        ended = {"refused": OLD if isinstance(error, _Old) else type(error).__name__}
    out.write(json.dumps(ended) + "\n")
    out.flush()
    os._exit(0)


def rows(content: bytes) -> Iterator[Numbered]:
    """Give the rows that hold anything, each with its number in the sheet and its cells as text. Raises ValueError."""
    if content[:4] == _OLE:
        raise _Old
    found = _workbook(content) if content[:4] == _ZIP else _separated(content)
    for number, cells in found:
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, cells[:MOST_COLUMNS]


def _workbook(content: bytes) -> Iterator[Numbered]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except CalamineError as error:
        raise ValueError("damaged") from error
    first = (sheet.start or (0, 0))[0]
    for number, cells in enumerate(sheet.iter_rows(), first + 1):
        yield number, [_text(cell) for cell in cells]


def _separated(content: bytes) -> Iterator[Numbered]:
    """The rows of a CSV; what parts its cells is what its first line has most of."""
    text = decode(content).text.lstrip("\ufeff")
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;，", key=head.count)
    lines: Iterable[str] = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for cells in reader:
        # A cell may hold line breaks: a row is known by the line on which it ends.
        yield reader.line_num, [_unguarded(cell.strip()) for cell in cells]


def _unguarded(cell: str) -> str:
    """A cell without the mark that our own files put before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] and cell[1] in "=+-@＝＋－＠" else cell


def _text(cell: object) -> str:
    """A cell as text: a number as Excel shows it, with fifteen digits, a day as 2026-01-05."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


if __name__ == "__main__":
    main()
