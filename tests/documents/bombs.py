"""Files made to exhaust a reader: each a few kilobytes that ask for gigabytes, minutes, or another file's content."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

from tests.documents.docx_made import docx, pack
from tests.documents.html_made import page
from tests.documents.ofd_made import ofd
from tests.documents.official import official_tables
from tests.documents.xlsx_made import xlsx

SECRET = "canary-of-another-file"


def bombs(secret_file: str) -> dict[str, Callable[[], bytes]]:
    """Every bomb by name, made when asked for. `secret_file` holds `SECRET`, which no reading may show."""
    word, office, sheet = _word(), _ofd(), _sheet()
    laughs, outside = _laughs(), _outside(secret_file)
    return {
        "docx: one part of a gigabyte": lambda: _swollen(word, "word/document.xml"),
        "xlsx: one part of a gigabyte": lambda: _swollen(sheet, "xl/worksheets/sheet1.xml"),
        "ofd: one part of a gigabyte": lambda: _swollen(office, "Doc_0/Document.xml"),
        "docx: a part that lies about its size": lambda: _lying(_swollen(word, "word/document.xml")),
        "docx: 1.5 million paragraphs": lambda: _body(word, "<w:p/>" * 1_500_000),
        "docx: 1.5 million paragraphs of text": lambda: _body(word, "<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 1_500_000),
        "docx: a million cells": lambda: _body(
            word, f"<w:tbl>{'<w:tr>' + '<w:tc><w:p/></w:tc>' * 500 + '</w:tr>'}</w:tbl>" * 2_000
        ),
        "docx: gridSpan=99999999": lambda: _body(word, _spanned('<w:gridSpan w:val="99999999"/>')),
        "docx: tables in tables": lambda: _body(
            word, "<w:tbl><w:tr><w:tc>" * 3_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3_000
        ),
        "docx: text boxes in text boxes": lambda: _body(
            word, "<w:p><w:r><w:txbxContent>" * 80 + "</w:txbxContent></w:r></w:p>" * 80
        ),
        "docx: a million attributes": lambda: _body(
            word, "<w:p " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + "/>"
        ),
        "docx: zip in zip in zip": lambda: _nested(6),
        "docx: 60,000 parts": lambda: pack({**word, **{f"word/x{n}.xml": b"" for n in range(60_000)}}),
        "docx: billion laughs": lambda: pack(
            {**word, "word/document.xml": _with_doctype(word["word/document.xml"], laughs, b"&lol9;")}
        ),
        "docx: external entity": lambda: pack(
            {**word, "word/document.xml": _with_doctype(word["word/document.xml"], outside, b"&x;")}
        ),
        "docx: external entity in UTF-16": lambda: pack(
            {
                **word,
                "word/document.xml": _with_doctype(word["word/document.xml"], outside, b"&x;")
                .decode()
                .replace("UTF-8", "UTF-16")
                .encode("utf-16"),
            }
        ),
        "ofd: billion laughs": lambda: pack(
            {**office, "Doc_0/Document.xml": _with_doctype(office["Doc_0/Document.xml"], laughs, b"&lol9;")}
        ),
        "ofd: external entity": lambda: pack(
            {**office, "OFD.xml": _with_doctype(office["OFD.xml"], outside, b"&x;")}
        ),
        "ofd: a part outside the package": lambda: pack(
            {
                **office,
                "OFD.xml": office["OFD.xml"].replace(b"Doc_0/Document.xml", b"../../../.." + secret_file.encode()),
            }
        ),
        "xlsx: external entity": lambda: pack(
            {**sheet, "xl/workbook.xml": _with_doctype(sheet["xl/workbook.xml"], outside, b"&x;")}
        ),
        "xlsx: a cell in the last row": lambda: pack(
            {**sheet, "xl/worksheets/sheet1.xml": _far_cell(sheet["xl/worksheets/sheet1.xml"])}
        ),
        "xlsx: a merge over everything": lambda: pack(
            {**sheet, "xl/worksheets/sheet1.xml": _merged_all(sheet["xl/worksheets/sheet1.xml"])}
        ),
        "html: rowspan=99999999": lambda: page().replace(b"<td rowspan=", b'<td rowspan="99999999" a='),
        "html: colspan=99999999 everywhere": lambda: page(styled=False).replace(
            b"<td", b'<td colspan="99999999" rowspan="99999999"'
        ),
        "html: a megabyte of nested div": lambda: b"<div>" * 200_000,
        "html: a megabyte of nested div, closed": lambda: b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
        "html: nested lists": lambda: b"<ul><li>" * 125_000,
        "html: nested tables": lambda: b"<table><tr><td>" * 65_000,
        "html: unclosed formatting": lambda: b"<a><font size=1>x" * 60_000,
        "html: unclosed tags": lambda: b"<a" * 500_000,
        "html: 200,000 attributes": lambda: b"<div " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</div>",
        "html: 300,000 cells": lambda: (
            b"<table>" + b"<tr>" + b"<td>0" * 300 + b"</tr>" * 1 + (b"<tr>" + b"<td>0" * 300) * 999 + b"</table>"
        ),
        "html: furniture in furniture": lambda: b'<div class="nav">' * 1_900 + "第二十条".encode() + b"x" * 1_000_000,
        "html: 60 MB of text": lambda: b"<p>" + b"0 " * 30_000_000,
        "text: 30 million lines": lambda: b"a\n" * 30_000_000,
        "text: a row of a million tabs": lambda: b"a\t0" * 500_000 + b"\nb\t0",
        "text: a row of a million pipes": lambda: b"|a" * 500_000 + b"\n|b|c|",
        "text: emphasis without end": lambda: b"**a " * 250_000,
        "text: a heading of blanks": lambda: b"# a" + b" " * 1_000_000 + b"b",
        "text: thousands without end": lambda: b"1" + "，234".encode() * 200_000,
        "text: blank lines between tabs": lambda: b"\ta\n" + b"\n" * 900_000 + b"b",
        "pdf: filters upon filters": lambda: _filtered_pdf(12, 200_000_000),
        "pdf: a stream that unpacks to a gigabyte": lambda: _filtered_pdf(1, 1_000_000_000),
        "pdf: a page that draws itself": lambda: _pdf(
            [b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >>"],
            [b"/F Do " * 50],
        ),
        "pdf: ten million pages": lambda: _pdf(
            [], [], pages=b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 10000000 >>"
        ),
        "pdf: arrays in arrays": lambda: (
            b"%PDF-1.4\n1 0 obj " + b"[" * 500_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
        ),
        "rtf: groups in groups": lambda: b"{\\rtf1" + b"{" * 300_000,
    }


def _word() -> dict[str, bytes]:
    return _parts(docx(["一、总体情况", *official_tables()]))


def _ofd() -> dict[str, bytes]:
    return _parts(ofd(["一、总体情况", official_tables()[2]]))


def _sheet() -> dict[str, bytes]:
    return _parts(xlsx({"年报": ["一、总体情况", official_tables()[2]]}))


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def _swollen(parts: dict[str, bytes], name: str) -> bytes:
    """The part followed by a gigabyte of blanks, packed to a megabyte without ever being in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, data in parts.items():
            info = zipfile.ZipInfo(other)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                member.write(data)
                if other == name:
                    blanks = b" " * (1 << 20)
                    for _ in range(1024):
                        member.write(blanks)
    data = out.getvalue()
    assert len(data) < 4_000_000
    return data


def _lying(data: bytes) -> bytes:
    """The same package with every size in the directory set to a small one."""
    changed, at, count = bytearray(data), 0, 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 24 : at + 28] = (4_000).to_bytes(4, "little")
        at, count = at + 4, count + 1
    assert count > 3
    return bytes(changed)


def _body(parts: dict[str, bytes], inner: str) -> bytes:
    whole = parts["word/document.xml"].decode()
    start, end = whole.index("<w:body>") + len("<w:body>"), whole.index("</w:body>")
    return pack({**parts, "word/document.xml": whole[:start] + inner + whole[end:]})


def _spanned(properties: str) -> str:
    return f"<w:tbl><w:tr><w:tc><w:tcPr>{properties}</w:tcPr><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"


def _nested(depth: int) -> bytes:
    data = b"0" * 10_000_000
    for _ in range(depth):
        data = pack({"a.docx": data, "b.zip": data})
    return data


def _with_doctype(part: bytes, doctype: bytes, reference: bytes) -> bytes:
    """The part with a document type put before its root, and the entity used in its first text."""
    head, declaration, rest = part.partition(b"?>") if part.startswith(b"<?xml") else (b"", b"", part)
    root_end = rest.index(b">") + 1
    return head + declaration + doctype + rest[:root_end] + reference + rest[root_end:]


def _laughs() -> bytes:
    lines = ['<!ENTITY lol0 "lol">', *(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))]
    return f"<!DOCTYPE a [{''.join(lines)}]>".encode()


def _outside(path: str) -> bytes:
    return f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{path}">]>'.encode()


def _far_cell(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _merged_all(part: bytes) -> bytes:
    start = part.index(b"</sheetData>") + len(b"</sheetData>")
    return part[:start] + b'<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'


def _filtered_pdf(filters: int, size: int) -> bytes:
    """A page whose commands are blanks, packed as often as `filters` says."""
    packer = zlib.compressobj(9)
    blanks, parts = b" " * (1 << 20), []
    for _ in range(size >> 20):
        parts.append(packer.compress(blanks))
    data = b"".join([*parts, packer.flush()])
    for _ in range(filters - 1):
        data = zlib.compress(data, 9)
    names = b"/FlateDecode " * filters
    return _pdf([], [], content=(b"/Filter [" + names + b"]", data))


def _pdf(
    forms: list[bytes],
    drawn: list[bytes],
    *,
    pages: bytes = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    content: tuple[bytes, bytes] = (b"", b"/F Do"),
) -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        pages,
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /XObject << /F 4 0 R >> >> >>",
        _stream(forms[0], drawn[0]) if forms else b"null",
        _stream(b"<< " + content[0], content[1]),
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)


def _stream(head: bytes, data: bytes) -> bytes:
    """A stream object; `head` is its dictionary without the end."""
    return head + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"
