"""Old word processor files: converted by LibreOffice where it is there, refused with advice where it is not."""

from __future__ import annotations

import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from gongkai import messages
from gongkai.documents import legacy
from gongkai.documents.limits import Limits
from gongkai.documents.model import Document
from gongkai.documents.source import Source
from gongkai.documents.xlsx import OLE
from gongkai.errors import UnreadableDocument
from tests.documents.docx_made import docx
from tests.documents.official import official_tables


def ole(*streams: str, header: bytes = b"") -> bytes:
    """A container as far as the reader looks: magic, a Word header in the first sector, names of streams."""
    directory = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return OLE.ljust(512, b"\0") + header.ljust(512, b"\0") + directory.ljust(1024, b"\0")


def refused(data: bytes, name: str = "made.doc") -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        legacy.read(Source(data, name), Limits())
    for language in messages.LANGUAGES:
        assert messages.text(caught.value.code, language, **caught.value.facts)
    return caught.value


@pytest.mark.parametrize("name", ["made.doc", "made.wps", "made.rtf"])
def test_without_libreoffice_the_reader_says_what_to_install(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    error = refused(ole("WordDocument"), name)
    assert error.code == "document.needs_libreoffice"
    assert "libreoffice" in messages.text(error.code, "zh", **error.facts)


def test_encrypted_files_are_told_without_starting_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(ole("EncryptedPackage", "EncryptionInfo")).code == "document.encrypted"
    locked = b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little")
    assert refused(ole("WordDocument", header=locked)).code == "document.encrypted"
    open_file = b"\xec\xa5" + bytes(8) + (0x1000).to_bytes(2, "little")
    assert refused(ole("WordDocument", header=open_file)).code == "document.needs_libreoffice"


def test_other_old_office_files_are_named() -> None:
    error = refused(ole("PowerPoint Document"))
    assert (error.code, error.facts["found"]) == ("document.not_word", "PowerPoint Document")


def fake_office(folder: Path, body: str) -> str:
    """A program that stands in for the office."""
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\nimport pathlib, subprocess, sys, time\n{body}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


def test_a_conversion_that_hangs_is_killed_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    mark = tmp_path / "child"
    program = fake_office(
        tmp_path,
        f"child = subprocess.Popen(['sleep', '60'])\npathlib.Path({str(mark)!r}).write_text(str(child.pid))\ntime.sleep(60)",
    )
    with pytest.raises(UnreadableDocument) as caught:
        legacy.convert(Source(b"x", "made.doc"), program, seconds=2.0)
    assert caught.value.code == "document.conversion_slow"
    assert mark.exists()
    deadline = time.monotonic() + 10
    while _runs(int(mark.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(int(mark.read_text()))
    assert list((tmp_path / "own").iterdir()) == []


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_a_conversion_that_fails_says_what_the_office_said(tmp_path: Path) -> None:
    program = fake_office(tmp_path, "print('Error: source file could not be loaded'); sys.exit(1)")
    with pytest.raises(UnreadableDocument) as caught:
        legacy.convert(Source(b"x", "made.doc"), program)
    assert caught.value.code == "document.conversion_failed"
    assert caught.value.facts["reason"] == "Error: source file could not be loaded"


def test_what_the_office_makes_is_read_as_the_old_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made.docx"
    made.write_bytes(docx(["正文", *official_tables()]))
    monkeypatch.setenv("PATH", str(tmp_path))
    fake_office(
        tmp_path,
        "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); out.mkdir()\n"
        f"(out / 'given.docx').write_bytes(pathlib.Path({str(made)!r}).read_bytes())",
    )
    data = ole("WordDocument")
    document = legacy.read(Source(data, "made.wps"), Limits())
    assert (document.format, document.size) == ("wps", len(data))
    assert document.sha256 == Source(data).sha256
    assert document.tables == official_tables()


def real(kind: str, tmp_path: Path) -> Document:
    program = legacy.office()
    if program is None:
        pytest.skip("LibreOffice is not installed, so that no old file can be made and read")
    given = tmp_path / "given.docx"
    given.write_bytes(docx(["某县年度报告", *official_tables({"requests.new.total": 17}), "落款"], noise=True))
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(tmp_path), str(given)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return legacy.read(Source.from_path(given.with_suffix(f".{kind}")), Limits())


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_a_real_old_file_comes_back_cell_by_cell(kind: str, tmp_path: Path) -> None:
    document = real(kind, tmp_path)
    assert document.format == "doc"
    assert document.tables == official_tables({"requests.new.total": 17})
    assert [one.text for one in document.paragraphs] == ["某县年度报告", "落款"]
