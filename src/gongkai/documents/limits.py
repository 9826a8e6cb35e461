"""How much a document may ask of the machine before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document; a reader that meets one raises `UnreadableDocument`, it never cuts off.

    Sizes in bytes, `seconds` and `memory` for the child process (`documents.child`).
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 192 * 1024 * 1024
    pages: int = 600
    paragraphs: int = 100_000
    cells: int = 200_000
    span: int = 1_000
    depth: int = 256
    seconds: float = 5.0
    memory: int = 512 * 1024 * 1024


DEFAULT = Limits()
