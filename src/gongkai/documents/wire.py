"""A Document as bytes and back, for handing it from one process to another.

JSON and nothing that could run: what comes from a process that read a hostile file is as little trusted as the file.
"""

from __future__ import annotations

import json
from typing import Any

from gongkai.documents.model import Block, Cell, Document, Paragraph, Table
from gongkai.errors import UnreadableDocument

_PARAGRAPH_TYPES = (str, str, int, int, list, int, str, bool)
_CELL_TYPES = (str, int, int, int, int, str, int, int, list)
_OPTIONAL_PARAGRAPH = (1, 2, 3, 4)
_OPTIONAL_CELL = (5, 6, 7, 8)


def packed(document: Document) -> bytes:
    """Return the document as bytes."""
    blocks = [
        block
        if isinstance(block, Paragraph)
        else [block.index, block.rows, block.columns, block.page, block.line, block.cells]
        for block in document.blocks
    ]
    return _dumped(
        {
            "document": [
                *(document.format, document.sha256, document.size, document.title, document.pages),
                *(document.doubts, blocks),
            ]
        }
    )


def packed_error(error: UnreadableDocument) -> bytes:
    """Return the error as bytes; facts that are neither text nor number become text."""
    facts = {name: fact if isinstance(fact, str | int | float) else str(fact) for name, fact in error.facts.items()}
    return _dumped({"error": [error.code, facts]})


def unpacked(data: bytes) -> Document:
    """Return the document, or raise the UnreadableDocument that the bytes hold. Raises ValueError for any other bytes."""
    try:
        content = json.loads(data)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError("not an object")
    if "error" in content:
        code, facts = _list(content["error"], 2)
        if not (isinstance(code, str) and isinstance(facts, dict) and code.startswith("document.")):
            raise ValueError("not an error")
        raise UnreadableDocument(code, **facts)
    format, sha256, size, title, pages, doubts, blocks = _list(content.get("document"), 7)
    if not (isinstance(format, str) and isinstance(sha256, str) and isinstance(size, int)):
        raise ValueError("not a document")
    if not (isinstance(title, str | None) and isinstance(pages, int | None)):
        raise ValueError("not a document")
    if not all(isinstance(doubt, str) for doubt in _list(doubts)):
        raise ValueError("not a list of doubts")
    return Document(format, sha256, size, tuple(map(_block, _list(blocks))), title, pages, tuple(doubts))


def _dumped(content: dict[str, Any]) -> bytes:
    return json.dumps(content, separators=(",", ":")).encode("ascii")


def _block(fields: object) -> Block:
    if isinstance(fields, list) and len(fields) == len(_PARAGRAPH_TYPES):
        _check(fields, _PARAGRAPH_TYPES, _OPTIONAL_PARAGRAPH)
        fields[4] = _box(fields[4])
        return Paragraph._make(fields)
    index, rows, columns, page, line, cells = _list(fields, 6)
    _check([index, rows, columns, page, line], (int,) * 5, (3, 4))
    return Table(index, tuple(map(_cell, _list(cells))), rows, columns, page, line)


def _cell(fields: object) -> Cell:
    values = _list(fields, len(_CELL_TYPES))
    _check(values, _CELL_TYPES, _OPTIONAL_CELL)
    values[8] = _box(values[8])
    return Cell._make(values)


def _box(given: list[object] | None) -> tuple[object, ...] | None:
    if given is None:
        return None
    if len(given) != 4 or not all(isinstance(side, int | float) for side in given):
        raise ValueError("not a box")
    return tuple(given)


def _check(fields: list[Any], types: tuple[type, ...], optional: tuple[int, ...]) -> None:
    for n, (value, kind) in enumerate(zip(fields, types, strict=True)):
        if not (isinstance(value, kind) or (value is None and n in optional)):
            raise ValueError(f"field {n} is {type(value).__name__}, not {kind.__name__}")


def _list(given: object, length: int | None = None) -> list[Any]:
    if not isinstance(given, list) or (length is not None and len(given) != length):
        raise ValueError("not a list of the right length")
    return given
