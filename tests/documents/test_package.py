"""Zip packages and their XML: a hostile file is refused before it costs anything."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile

import pytest

from gongkai import messages
from gongkai.documents.limits import Limits
from gongkai.documents.package import Package, parse, relationships, resolve
from gongkai.errors import UnreadableDocument
from tests.documents.docx_made import docx, pack
from tests.documents.ofd_made import ofd
from tests.documents.official import official_tables
from tests.documents.xlsx_made import xlsx


def refused(data: bytes, part: str | None = None, **limits: int) -> str:
    def use() -> None:
        package = Package(data, Limits(**limits), "made.zip")
        if part is not None:
            package.xml(part)

    with pytest.raises(UnreadableDocument) as caught:
        use()
    for language in messages.LANGUAGES:
        assert messages.text(caught.value.code, language, **caught.value.facts)
    return caught.value.code


def test_parts_are_found_whatever_the_case_and_the_slash() -> None:
    package = Package(pack({"Word\\Document.xml": "<a/>"}), Limits())
    assert "word/document.xml" in package
    assert package.read("word/document.xml") == b"<a/>"
    assert package.xml("/Word/Document.xml".lstrip("/")).tag == "a"


def test_a_promise_of_too_much_is_refused_from_the_directory() -> None:
    big = pack({"a": b"0" * 200_000, "b": b"1" * 200_000})
    assert refused(big, unpacked_bytes=300_000) == "document.bomb"
    assert refused(pack({"word/document.xml": b" " * 8_000_000})) == "document.bomb"
    assert refused(pack({f"{n}": b"" for n in range(10_001)})) == "document.bomb"


def test_a_lying_directory_does_not_unpack_more_than_it_says() -> None:
    data = bytearray(pack({"a.xml": b"<a>" + b"x" * 3_000_000 + b"</a>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    tracemalloc.start()
    try:
        assert refused(bytes(data), "a.xml") == "document.damaged.package"
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_password_is_told_from_damage() -> None:
    data = bytearray(pack({"a.xml": "<a/>"}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data)) == "document.encrypted"


@pytest.mark.parametrize("name", ["../outside.xml", "/absolute.xml", "C:/drive.xml"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert refused(pack({name: "<a/>"})) == "document.damaged.package"


def test_two_parts_of_one_name_are_refused() -> None:
    assert refused(pack({"a/b.xml": "<a/>", "A\\B.xml": "<b/>"})) == "document.damaged.package"


def test_other_compressions_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "<a/>")
    assert refused(out.getvalue()) == "document.damaged.package"


def test_every_truncation_is_refused_or_read_in_order() -> None:
    whole = docx(["正文", official_tables()[0]])
    codes = {refused(whole[:length], "word/document.xml") for length in range(0, len(whole) - 1, 97)}
    assert codes == {"document.damaged.package"}


def test_flipped_bytes_never_escape_as_other_errors() -> None:
    """Every byte of three small packages once: each is read, or refused by a code."""
    from gongkai.documents.docx import read as read_docx
    from gongkai.documents.ofd import read as read_ofd
    from gongkai.documents.source import Source
    from gongkai.documents.xlsx import read as read_xlsx

    refusals = tried = 0
    for reader, data in (
        (read_docx, docx(["一、总体情况"])),
        (read_xlsx, xlsx({"表": ["一、总体情况"]})),
        (read_ofd, ofd(["一、总体情况"])),
    ):
        for at in range(0, len(data), 11):
            changed = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            tried += 1
            try:
                reader(Source(changed, "made"), Limits())
            except UnreadableDocument:
                refusals += 1
    assert tried > 800
    assert 0 < refusals < tried


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document.entities"),
        ('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "document.entities"),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "document.entities"),
        ("<a>" * 257 + "</a>" * 257, "document.too_deep"),
        ("<a><b></a>", "document.damaged.package"),
        ("", "document.damaged.package"),
        ("<a>" + "<b/>" * 3_000_000 + "</a>", "document.bomb"),
    ],
)
def test_xml_that_no_office_writes_is_refused(xml: str, code: str) -> None:
    data = xml.encode("utf-16" if "UTF-16" in xml else "utf-8")
    with pytest.raises(UnreadableDocument) as caught:
        parse(data, Limits())
    assert caught.value.code == code


def test_comments_do_not_part_a_text() -> None:
    assert parse("<a>政府<!-- x -->信息<?x y?>公开</a>".encode(), Limits()).text == "政府信息公开"


def test_targets_are_seen_from_the_part_that_names_them() -> None:
    assert resolve("word/document.xml", "styles.xml") == "word/styles.xml"
    assert resolve("word/document.xml", "../docProps/core.xml") == "docProps/core.xml"
    assert resolve("word/document.xml", "/word/styles.xml") == "word/styles.xml"
    assert resolve("", "word/document.xml") == "word/document.xml"
    found = relationships(Package(docx(["字"], header="头"), Limits()), "word/document.xml")
    assert found == {"rId1": ("styles", "word/styles.xml"), "rId3": ("header", "word/header1.xml")}
