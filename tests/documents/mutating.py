"""Mutants of valid files: bits turned, pieces cut, doubled, moved, taken from others, numbers blown up.

Inside zip packages the parts are changed and packed again, and inside PDFs that are not compressed the page's own
commands, so that mutants come deeper than the first checksum.
"""

from __future__ import annotations

import io
import random
import re
import zipfile

from gongkai.documents.model import Paragraph, Table
from tests.documents.docx_made import docx, pack
from tests.documents.html_made import HEADINGS, PROSE, TITLE, page
from tests.documents.ofd_made import ofd
from tests.documents.official import official_tables
from tests.documents.pdf_made import flowed, grid, prose
from tests.documents.xlsx_made import xlsx

DEEP_SHARE = 0.8
_NUMBER = re.compile(rb"\d+")
_HUGE = (b"0", b"-1", b"99999999", b"4294967296", b"2147483647", b"1e308", b"18446744073709551616", b"9" * 400)
_TOKENS = (
    *(
        b"<",
        b">",
        b"</",
        b"/>",
        b"<table>",
        b"<td rowspan=99999999 colspan=99999999>",
        b"<div>" * 300,
        b"&#x0;",
        b"&a;",
    ),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<![CDATA[", b"-->", b'"', b"'", b"\0", b"\xff\xfe", b"\xed\xa0\x80"),
    *(
        b"\t" * 50,
        b"|" * 50,
        b"\n" * 50,
        b"endstream",
        b"endobj",
        b"obj <<",
        b">>",
        b"[ [ [ [",
        b"BT ET q Q",
        b"1 0 R",
    ),
)


def seeds() -> dict[str, bytes]:
    """A small valid file of every format that is read here."""
    tables = official_tables({"requests.new.natural_person": 3, "requests.new.total": 3})
    blocks: list[str | Paragraph | Table] = [TITLE, HEADINGS[0], "".join(PROSE)]
    for heading, table in zip(HEADINGS[1:4], tables, strict=True):
        blocks += [heading, table]
    lines = [
        block if isinstance(block, str) else "\n".join(_rows(block))
        for block in blocks
        if not isinstance(block, Paragraph)
    ]
    text = "\n\n".join(lines)
    small = [
        ["第二十条", "", ""],
        ["信息内容", "本年制发件数", "现行有效件数"],
        ["规章", "0", "0"],
        ["规范性文件", "1", "12"],
    ]
    story = [prose(), grid(small, [120, 90, 90], spans=[(0, 0, 1, 3)]), prose()]
    packed = flowed(story)
    return {
        "html": page(),
        "html-plain": page(styled=False),
        "html-gbk": page().decode().replace('charset="utf-8"', 'charset="gbk"').encode("gb18030"),
        "text-tabs": text.encode(),
        "text-pipes": re.sub(r"[^\n]*\t[^\n]*", lambda row: f"| {row[0]} |".replace("\t", " | "), text).encode(),
        "text-cells": re.sub(
            r"[^\n]*\t[^\n]*\n?", lambda row: "\t" + row[0].strip("\n").replace("\t", "\n\t") + "\n\n", text
        ).encode(),
        "docx": docx(blocks, noise=True),
        "xlsx": _dated(xlsx({"年报": blocks})),
        "ofd": ofd(blocks),
        "pdf": packed,
        "pdf-open": opened_streams(packed),
    }


def _dated(package: bytes) -> bytes:
    """The same package with its date of creation fixed, so that the same number gives the same mutant."""
    parts = _parts(package)
    core = parts["docProps/core.xml"]
    assert isinstance(core, bytes)
    parts["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2024-01-15T09:00:00Z", core)
    return pack(parts)


def mutant(seed: bytes, others: list[bytes], rng: random.Random) -> bytes:
    """A mutant of `seed`; splices are taken from `others`."""
    if seed.startswith(b"PK") and rng.random() < DEEP_SHARE:
        parts = _parts(seed)
        for name in rng.sample(sorted(parts), rng.choice((1, 1, 1, 2, min(3, len(parts))))):
            parts[name] = _changed(parts[name], others, rng)
        if rng.random() < 0.1:
            del parts[rng.choice(sorted(parts))]
        return pack(parts)
    return _changed(seed, others, rng)


def opened_streams(data: bytes) -> bytes:
    """A PDF with its streams unpacked; readers rebuild the directory whose offsets no longer fit."""
    from pypdfium2 import (
        PdfDocument,
    )  # the reader under test is built on it; here it only says how many pages there are

    assert len(PdfDocument(data)) > 0
    return _STREAM.sub(_opened, data)


_STREAM = re.compile(rb"/Filter \[ /ASCII85Decode /FlateDecode \] (.*?)stream\r?\n(.*?)endstream", re.DOTALL)


def _opened(found: re.Match[bytes]) -> bytes:
    import base64
    import zlib

    content = zlib.decompress(base64.a85decode(found[2].strip().removesuffix(b"~>")))
    head = re.sub(rb"/Length \d+", b"/Length %d" % len(content), found[1])
    return head + b"stream\n" + content + b"endstream"


def _parts(data: bytes) -> dict[str, bytes | str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def _changed(given: bytes | str, others: list[bytes], rng: random.Random) -> bytes:
    data = bytearray(given.encode() if isinstance(given, str) else given)
    for _ in range(rng.choice((1, 1, 2, 3, 8))):
        if data:
            rng.choice(_CHANGES)(data, others, rng)
    return bytes(data)


def _flip(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    for _n in range(rng.choice((1, 2, 10, 100))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    del data[rng.randrange(len(data)) :]


def _remove(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    start, length = _piece(data, rng)
    del data[start : start + length]


def _double(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    start, length = _piece(data, rng)
    piece = bytes(data[start : start + length])
    data[start:start] = piece * (rng.choice((1, 2, 50)) if length < 2_000 else 1)


def _move(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    start, length = _piece(data, rng)
    piece = bytes(data[start : start + length])
    del data[start : start + length]
    at = rng.randrange(len(data) + 1)
    data[at:at] = piece


def _splice(data: bytearray, others: list[bytes], rng: random.Random) -> None:
    other = rng.choice(others)
    start, length = _piece(other, rng)
    at = rng.randrange(len(data) + 1)
    data[at : at + rng.choice((0, length))] = other[start : start + length]


def _inflate(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    numbers = list(_NUMBER.finditer(data))
    for number in sorted(
        rng.sample(numbers, min(len(numbers), rng.choice((1, 3, 20)))), key=lambda found: -found.start()
    ):
        data[number.start() : number.end()] = rng.choice(_HUGE)


def _insert(data: bytearray, _: list[bytes], rng: random.Random) -> None:
    at = rng.randrange(len(data) + 1)
    data[at:at] = rng.choice(_TOKENS) * rng.choice((1, 1, 20))


_CHANGES = (_flip, _flip, _cut, _remove, _double, _move, _splice, _inflate, _inflate, _insert)


def _piece(data: bytes | bytearray, rng: random.Random) -> tuple[int, int]:
    length = min(rng.choice((1, 8, 100, 1_000, 10_000)), len(data))
    return rng.randrange(len(data) - length + 1), length


def _rows(table: Table) -> list[str]:
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row - 1][cell.column - 1] = cell.text
    return ["\t".join(row) for row in rows]
