"""Whether a PDF's compressed parts are whole: PDFium reads on silently behind a damaged place, and figures go missing.

Each part that is compressed with Deflate carries a checksum and is proved against it: contents of pages, objects, and
fonts, without which PDFium leaves characters out. Pictures are left out, and what is wrapped in a second code.
"""

from __future__ import annotations

import zlib
from typing import Literal

Verdict = Literal["whole", "cut", "damaged"]

_HEAD = 2048
"""The dictionary before a part is looked for this far back."""

_PIECE = 1 << 20
_LEFT_OUT = (b"/Image", b"ASCII", b"LZW", b"RunLength", b"/Crypt")


def verdict(data: bytes, limit: int) -> Verdict:
    """Prove the compressed parts of a PDF, unpacking no more than `limit` bytes in all.

    "damaged": a checksum is wrong; "cut": a part ends before its checksum, which some producers do to whole files.
    """
    if b"/Encrypt" in data:
        return "whole"
    found: Verdict = "whole"
    at = data.find(b"stream")
    while at >= 0:
        start = at + 6
        if data[at - 3 : at] != b"end":
            part = _part(data, at, start)
            if part:
                state, unpacked = _proved(part, limit)
                limit -= unpacked
                if state == "damaged":
                    return "damaged"
                if state == "cut":
                    found = "cut"
                start += len(part)
        if limit <= 0:
            break
        at = data.find(b"stream", start)
    return found


def _part(data: bytes, at: int, start: int) -> bytes:
    """The bytes of the part whose keyword stands at `at`, empty where it is none that can be proved."""
    head = data[max(data.rfind(b"obj", max(at - _HEAD, 0), at), 0) : at]
    if b"/FlateDecode" not in head or any(word in head for word in _LEFT_OUT):
        return b""
    if data[start : start + 2] == b"\r\n":
        start += 2
    elif data[start : start + 1] in (b"\n", b"\r"):
        start += 1
    end = data.find(b"endstream", start)
    return data[start : end if end >= 0 else len(data)]


def _proved(part: bytes, limit: int) -> tuple[Verdict, int]:
    unpacker = zlib.decompressobj()
    unpacked = 0
    try:
        while part and not unpacker.eof and unpacked < limit:
            unpacked += len(unpacker.decompress(part, _PIECE))
            part = unpacker.unconsumed_tail
    except zlib.error:
        return "damaged", unpacked
    return ("whole" if unpacker.eof or unpacked >= limit else "cut"), unpacked
