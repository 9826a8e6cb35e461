"""The blocks of which picture files are made, and the files put together again without some: no pixel is touched."""

from __future__ import annotations

import zlib
from typing import NamedTuple

LONGEST = 4 * 1024 * 1024


class Block(NamedTuple):
    """One block: `exif`, `xmp`, `text` or `picture`; `whole` its bytes in the file, and for the first three what they say."""

    kind: str
    whole: bytes
    payload: bytes = b""


def blocks_of(data: bytes, kind: str) -> list[Block]:
    """The blocks of a JPEG, PNG, WebP or GIF. Raises ValueError or IndexError for what is not one."""
    return {"jpeg": _jpeg, "png": _png, "webp": _webp, "gif": _gif}[kind](data)


def joined(blocks: list[Block], kind: str) -> bytes:
    """The file made of these blocks."""
    content = b"".join(block.whole for block in blocks)
    if kind == "webp":
        body = bytearray(content)
        if body[12:16] == b"VP8X":
            body[20] &= ~0x0C  # the flags that say that there are EXIF and XMP
        body[4:8] = (len(body) - 8).to_bytes(4, "little")
        return bytes(body)
    return content


def _jpeg(data: bytes) -> list[Block]:
    blocks, at = [Block("picture", data[:2])], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            break
        if marker in (0xFF, 0x01) or 0xD0 <= marker <= 0xD7:
            blocks.append(Block("picture", data[at : at + 1 + (marker != 0xFF)]))
            at += 1 + (marker != 0xFF)
            continue
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2:
            raise ValueError("JPEG: segment without a length")
        whole, payload = data[at : at + 2 + length], data[at + 4 : at + 2 + length]
        blocks.append(_segment(marker, whole, payload))
        at += 2 + length
    end = data.rfind(b"\xff\xd9")
    if end >= at:
        blocks.append(Block("picture", data[at : end + 2]))
        if data[end + 2 :].strip(b"\0"):
            blocks.append(Block("text", data[end + 2 :], data[end + 2 : end + 2 + LONGEST]))
    else:
        blocks.append(Block("picture", data[at:]))
    return blocks


def _segment(marker: int, whole: bytes, payload: bytes) -> Block:
    if marker == 0xE1 and payload.startswith(b"Exif\0"):
        return Block("exif", whole, payload[6:])
    if marker == 0xE1:
        return Block("xmp", whole, payload)
    if marker in (0xED, 0xFE):
        return Block("text", whole, payload)
    # Beside JFIF, colour profiles and Adobe's mark, application blocks are somebody's notes.
    if 0xE3 <= marker <= 0xEF and marker != 0xEE:
        return Block("text", whole, payload)
    return Block("picture", whole)


def _png(data: bytes) -> list[Block]:
    blocks, at = [Block("picture", data[:8])], 8
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        name, payload = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        whole = data[at : at + 12 + length]
        if len(whole) < 12 + length:
            raise ValueError("PNG: cut")
        if name == b"eXIf":
            blocks.append(Block("exif", whole, payload))
        elif name in (b"tEXt", b"zTXt", b"iTXt"):
            text = _png_text(name, payload)
            blocks.append(Block("xmp" if payload.startswith(b"XML:com.adobe.xmp") else "text", whole, text))
        else:
            blocks.append(Block("picture", whole))
        at += 12 + length
        if name == b"IEND":
            break
    if data[at:].strip(b"\0"):
        blocks.append(Block("text", data[at:], data[at : at + LONGEST]))
    return blocks


def _png_text(name: bytes, payload: bytes) -> bytes:
    keyword, _, rest = payload.partition(b"\0")
    try:
        if name == b"zTXt":
            return keyword + b": " + zlib.decompressobj().decompress(rest[1:], LONGEST)
        if name == b"iTXt":
            packed = rest[:1] == b"\1"
            text = rest[2:].split(b"\0", 2)[-1]
            return keyword + b": " + (zlib.decompressobj().decompress(text, LONGEST) if packed else text)
    except zlib.error:
        return payload
    return keyword + b": " + rest.decode("latin-1").encode()


def _webp(data: bytes) -> list[Block]:
    blocks, at = [Block("picture", data[:12])], 12
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        whole = data[at : at + 8 + length + length % 2]
        kind = {b"EXIF": "exif", b"XMP ": "xmp"}.get(name, "picture")
        payload = whole[8 : 8 + length] if kind != "picture" else b""
        blocks.append(Block(kind, whole, payload.removeprefix(b"Exif\0\0")))
        at += len(whole)
    return blocks


def _gif(data: bytes) -> list[Block]:
    table = 3 * 2 ** ((data[10] & 7) + 1) if data[10] & 0x80 else 0
    blocks, at = [Block("picture", data[: 13 + table])], 13 + table
    while at < len(data):
        start, sign = at, data[at]
        if sign == 0x3B:
            blocks.append(Block("picture", data[at : at + 1]))
            break
        if sign == 0x21:
            label, at = data[at + 1], at + 2
        elif sign == 0x2C:
            label, at = 0, at + 10 + (3 * 2 ** ((data[at + 9] & 7) + 1) if data[at + 9] & 0x80 else 0) + 1
        else:
            raise ValueError("GIF: unknown block")
        text = bytearray()
        while data[at]:
            text += data[at + 1 : at + 1 + data[at]]
            at += 1 + data[at]
        at += 1
        xmp = label == 0xFF and text.startswith(b"XMP DataXMP")
        kind = "text" if label == 0xFE else "xmp" if xmp else "picture"
        blocks.append(Block(kind, data[start:at], bytes(text) if kind != "picture" else b""))
    return blocks
