"""Formats are told by bytes; a picture-only PDF goes on to recognition where that is installed."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.documents import Document, Limits, Paragraph, Source, formats, read, recognise_format
from gongkai.documents.formats import FORMATS
from gongkai.errors import UnreadableDocument
from tests.documents.mutating import seeds

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 15, 9, 0, 0)), b"x")
    return out.getvalue()


def wide(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


CASES: list[tuple[str, str, bytes]] = [
    ("pdf", "a.doc", b"%PDF-1.7\n"),
    ("pdf", "a", b"junk before\r\n" * 20 + b"%PDF-1.4"),
    ("docx", "a.zip", packed("[Content_Types].xml", "word/document.xml")),
    ("docx", "a", packed("[Content_Types].xml", "_rels/.rels", "other/main.xml")),
    ("xlsx", "a", packed("[Content_Types].xml", "xl/workbook.xml")),
    ("ofd", "a", packed("OFD.xml", "Doc_0/Document.xml")),
    ("ofd", "a", packed("./ofd.xml")),
    ("doc", "a.pdf", wide("WordDocument")),
    ("wps", "a.WPS", wide("WordDocument")),
    ("xlsx", "a.xls", wide("Workbook")),
    ("doc", "a", b"{\\rtf1\\ansi"),
    ("doc", "a.xml", b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>'),
    ("image", "a", b"\x89PNG\r\n\x1a\nxxxx"),
    ("image", "a", b"\xff\xd8\xff\xe0"),
    ("image", "a", b"II*\0xxxx"),
    ("image", "a", b"GIF89axx"),
    ("image", "a", b"RIFF0000WEBPVP8 "),
    ("image", "a", b"BM" + b"\0" * 12 + b"\x28\0\0\0"),
    ("html", "a.txt", b"<!DOCTYPE html><p>x"),
    ("html", "a.doc", b"\xef\xbb\xbf\r\n <HTML><BODY>x"),
    ("html", "a.xls", b"<table><tr><td>1</table>"),
    ("html", "a", "政府\n<div>公开</div>".encode("gbk")),
    ("html", "a", "<html><p>公开".encode("utf-16")),
    ("html", "a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
    ("html", "a.doc", b"From: <a>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n"),
    ("text", "a.html", "政府信息公开".encode()),
    ("text", "a", "《四川省贯彻<中华人民共和国条例>实施办法》".encode("gbk")),
    ("text", "a", "政府信息公开12件".encode("utf-16")),
    ("text", "a.pdf", "| a | b |\n|---|---|\n".encode("utf-16-le")),
    ("text", "a", b"BM 2021 report, MZ too"),
]


@pytest.mark.parametrize(("format", "name", "data"), CASES)
def test_bytes_decide_whatever_the_name(format: str, name: str, data: bytes) -> None:
    assert recognise_format(Source(data, name)) == format


def test_every_format_has_a_case_and_a_reader() -> None:
    assert {format for format, _, _ in CASES} == set(FORMATS)
    for format in FORMATS:
        assert callable(formats._reader(format))


def test_whole_files_of_every_kind_made_here_are_told() -> None:
    told = {name: recognise_format(Source(data, "file.bin")) for name, data in seeds().items()}
    assert told == {name: name.partition("-")[0] for name in told}
    assert len(told) > 9


@pytest.mark.parametrize(
    ("data", "code", "kind"),
    [
        (packed("ppt/presentation.xml", "[Content_Types].xml"), "document.other_kind", "PowerPoint"),
        (packed("META-INF/manifest.xml", "content.xml"), "document.other_kind", "OpenDocument / EPUB / JAR"),
        (packed("a.docx", "b.pdf"), "document.other_kind", "ZIP"),
        (b"7z\xbc\xaf\x27\x1c..", "document.other_kind", "7z"),
        (packed("word/document.xml")[:40], "document.damaged", None),
        (b"\x00\x01\x02\x03" * 500, "document.format_unknown", None),
    ],
    ids=("pptx", "odt", "zip", "7z", "cut docx", "no format"),
)
def test_what_cannot_be_read_is_named(data: bytes, code: str, kind: str | None) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        recognise_format(Source(data, "given"))
    assert caught.value.code == code
    assert caught.value.facts.get("kind") == kind


def test_a_pdf_of_pictures_goes_on_to_recognition_only_where_that_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recognised = Document("pdf", "", 0, (Paragraph("一"),))
    told: list[str] = []

    def refuse(source: Source, _: Limits) -> Document:
        raise UnreadableDocument("document.image_only", name=source.name, pages=1)

    readers = {"pdf": refuse, "image": lambda *_: recognised}
    monkeypatch.setattr(formats, "_reader", readers.__getitem__)
    monkeypatch.setattr(formats, "_recognises_pictures", lambda: True)
    assert read(Source(b"%PDF-1.7", "a.pdf"), announce=told.append) is recognised
    assert told == ["pdf", "image"]
    monkeypatch.setattr(formats, "_recognises_pictures", lambda: False)
    with pytest.raises(UnreadableDocument) as caught:
        read(Source(b"%PDF-1.7", "a.pdf"))
    assert caught.value.code == "document.image_only"


def test_other_errors_are_never_retried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "_recognises_pictures", lambda: True)
    with pytest.raises(UnreadableDocument) as caught:
        read(Source(b"%PDF-1.7\nrubbish" + b"x" * 2000, "a.pdf"))
    assert caught.value.code != "document.image_only"
