"""Named bombs, cut files and wrong endings: read or refused in time and within memory, and nothing left behind."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from gongkai import messages
from gongkai.documents import Document, Limits, Source, child, read
from gongkai.documents.child import read_limited
from gongkai.errors import UnreadableDocument
from tests.documents.bombs import SECRET, bombs
from tests.documents.mutating import seeds
from tests.documents.reading_pool import consistent, read_all

SLACK = 3.0
"""Starting and ending a process takes time of its own, more on a machine that does other things as well."""
ABORTING = ("pdf: a stream that unpacks to a gigabyte", "pdf: a page that draws itself")
"""The PDF library ends its process when memory is refused; from outside that looks like other crashes at times."""
NAMES = tuple(bombs("/none"))


@pytest.mark.parametrize("name", NAMES)
def test_a_bomb_is_defused(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(f"<a>{SECRET}</a>")
    data = bombs(str(secret))[name]()
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    start = time.monotonic()
    result = attempt(Source(data, f"bomb.{name.partition(':')[0]}"))
    said = result if isinstance(result, UnreadableDocument) else "read"
    print(f"{name}: {len(data)} bytes, {said} after {time.monotonic() - start:.2f} s")
    if isinstance(result, UnreadableDocument):
        assert result.code in messages.catalogue("zh")
        assert result.code != "document.reader_crashed" or name in ABORTING
        assert SECRET not in str(result.facts)
    else:
        assert consistent(result)
        assert SECRET not in result.text
    assert time.monotonic() - start < Limits().seconds + SLACK
    assert list(work.iterdir()) == []


def attempt(source: Source) -> Document | UnreadableDocument:
    try:
        return read_limited(source)
    except UnreadableDocument as error:
        return error


@pytest.mark.timeout(600)
def test_files_cut_at_many_places_are_read_or_refused() -> None:
    cuts = [
        (f"{name} cut at {at}", data[:at])
        for name, data in seeds().items()
        for at in sorted(
            {1, 4, 8, 100, 512, *(len(data) * n // 16 for n in range(1, 16)), len(data) - 30, len(data) - 1}
        )
    ]
    outcomes = list(read_all(cuts))
    assert len(outcomes) == len(cuts) > 200
    for outcome in outcomes:
        assert outcome.what == "read" or outcome.what in messages.catalogue("zh"), outcome
        assert outcome.seconds < Limits().seconds, outcome
    packages = [o for o in outcomes if o.key.startswith(("docx", "xlsx", "ofd")) and not o.key.endswith("at 1")]
    assert packages
    assert not [o for o in packages if o.what == "read"], "a cut package has no directory"
    print(Counter(outcome.what for outcome in outcomes))


def test_the_ending_of_a_name_decides_nothing() -> None:
    checked = 0
    for name, data in seeds().items():
        right = read(Source(data, "file"))
        for ending in ("pdf", "docx", "html", "txt", "exe", "jpg"):
            assert _without_name(read(Source(data, f"file.{ending}"))) == _without_name(right), (name, ending)
            checked += 1
    assert checked >= 60


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "document.empty"),
        (b" \r\n\t\n", "document.empty"),
        (b"\0" * 4096, "document.empty"),
        ("\ufeff\u3000\n".encode(), "document.empty"),
        (b"<html><body> </body></html>", "document.empty"),
        (bytes(range(256)) * 40, "document.format_unknown"),
        (b"\x7fELF" + bytes(range(256)) * 9, "document.format_unknown"),
        (b"Rar!\x1a\x07\x00" + b"x" * 99, "document.other_kind"),
        (b"PK\x03\x04" + b"x" * 999, "document.damaged"),
    ],
)
def test_what_is_no_document_is_named(data: bytes, code: str) -> None:
    for reader in (read, read_limited):
        with pytest.raises(UnreadableDocument) as caught:
            reader(Source(data, "given"))
        assert caught.value.code == code
        assert "given" in messages.text(code, "zh", **caught.value.facts)


def test_every_message_of_this_room_can_be_said_in_both_languages() -> None:
    codes = {code for code in messages.catalogue("zh") if code.startswith("document.")}
    assert len(codes) > 20
    assert codes == {code for code in messages.catalogue("en") if code.startswith("document.")}


def test_the_childs_own_limits_hold_where_the_readers_forget_theirs() -> None:
    """The control: with the readers' limits lifted the bombs do explode, and the child is what stops them."""
    lifted = {"unpacked_bytes": 2**40, "paragraphs": 2**40, "cells": 2**40, "depth": 2**40}
    for name, limit, code in (
        ("html: a megabyte of nested div", {"seconds": 2.0}, "document.too_slow"),
        ("text: 30 million lines", {"seconds": 60.0, "memory": 128 * 1024 * 1024}, "document.too_much_memory"),
    ):
        with pytest.raises(UnreadableDocument) as caught:
            read_limited(Source(bombs("/none")[name](), "bomb"), Limits(**{**lifted, **limit}))  # type: ignore[arg-type]
        assert caught.value.code == code
    assert child.RESULT_BYTES < 2**30


def _without_name(document: Document) -> tuple[object, ...]:
    return document.format, document.blocks, document.title
