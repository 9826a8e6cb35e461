"""Reading in a limited child process: the same result, every way to fail named, nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.documents import Document, Limits, Paragraph, Source, child, read, wire
from gongkai.documents.child import read_limited
from gongkai.documents.confinement import OWN_SECONDS, seconds_for
from gongkai.errors import UnreadableDocument
from tests.documents.html_made import page

STAND_IN = """
import os, signal, sys, time
{body}
"""


@pytest.fixture
def played_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a program of the test's own in the child's place: what a broken reader may do."""

    def play(body: str) -> None:
        def stand_in(command: list[str], **more: object) -> object:
            return real([command[0], "-c", STAND_IN.format(body=body), *command[4:]], **more)

        real = child.subprocess.Popen
        monkeypatch.setattr(child.subprocess, "Popen", stand_in)

    return play


def failure(given: bytes = b"text", **limits: float) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        read_limited(Source(given, "given.txt"), Limits(**limits))  # type: ignore[arg-type]
    return caught.value


def test_the_child_gives_what_reading_here_gives(tmp_path: Path) -> None:
    file = tmp_path / "页面.html"
    file.write_bytes(page())
    here = read(file)
    assert len(here.tables) == 3
    assert read_limited(file) == here
    assert read_limited(Source(page(), str(file))) == here


def test_errors_come_back_with_code_and_facts() -> None:
    error = failure(b" \n ")
    assert (error.code, error.facts) == ("document.empty", {"name": "given.txt"})


def test_a_missing_file_a_folder_a_pipe_and_a_device_are_refused_before_a_child_starts(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    refused = [tmp_path / "none", tmp_path, tmp_path / "pipe", Path("/dev/zero"), Path("a\0b")]
    for path in refused:
        for reader in (read, read_limited):
            with pytest.raises(UnreadableDocument) as caught:
                reader(path)
            assert caught.value.code == "document.no_file"


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "large.txt"
    file.write_bytes(b"x" * 101)
    for reader in (read, read_limited):
        with pytest.raises(UnreadableDocument) as caught:
            reader(file, Limits(file_bytes=100))
        assert caught.value.code == "document.too_large"
    assert failure(b"x" * 101, file_bytes=100).code == "document.too_large"


def test_a_reader_without_end_is_stopped_with_all_it_started(
    played_by: Callable[[str], None], tmp_path: Path
) -> None:
    note = tmp_path / "grandchild"
    played_by(
        f"import subprocess; p = subprocess.Popen(['sleep', '300']); open({str(note)!r}, 'w').write(str(p.pid)); time.sleep(300)"
    )
    start = time.monotonic()
    assert failure(seconds=1.5).code == "document.too_slow"
    assert time.monotonic() - start < 30
    # It was killed; on a busy machine it takes the system a moment to let it go.
    until = time.monotonic() + 30
    while _runs(int(note.read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(int(note.read_text()))


def test_memory_over_the_limit_is_named() -> None:
    assert failure(b"a\n" * 2_000_000, memory=64 * 1024 * 1024, paragraphs=10**9).code == "document.too_much_memory"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "document.reader_crashed"),
        ("os.abort()", "document.reader_crashed"),
        ("sys.exit(3)", "document.reader_crashed"),
        ("raise ValueError", "document.reader_crashed"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "document.too_slow"),
        ("b = bytearray(os.urandom(1 << 16) * 6400); os.abort()", "document.too_much_memory"),
        ("print('{}')", "document.reader_crashed"),
        ("print('[' * 100000)", "document.reader_crashed"),
        ("""print('{"error": ["../../x", {}]}')""", "document.reader_crashed"),
        ("""print('{"document": ["text", "", 1, null, null, [], [[1]]]}')""", "document.reader_crashed"),
        ("sys.stdout.write('reading html\\n' * 3 + 'rubbish')", "document.reader_crashed"),
    ],
)
def test_a_child_that_dies_or_babbles_harms_nobody(played_by: Callable[[str], None], body: str, code: str) -> None:
    played_by(body)
    assert failure(seconds=30).code == code


FAT = """
from gongkai.documents import Limits, Source
from gongkai.documents.child import read_limited
from gongkai.errors import UnreadableDocument
from tests.documents.bombs import bombs

made = bombs("nothing")["pdf: a stream that unpacks to a gigabyte"]()
held = b"x" * 900_000_000
del held
try:
    read_limited(Source(made, "given.pdf"), Limits())
except UnreadableDocument as error:
    print(error.code)
"""


def test_memory_that_ends_in_a_library_is_named_however_large_the_parent_was() -> None:
    """The system tells a child's peak together with its parent's: the smaller of the two would be lost."""
    ended = subprocess.run([sys.executable, "-c", FAT], capture_output=True, text=True, timeout=120, check=True)
    assert ended.stdout.split() == ["document.too_much_memory"]


def test_a_flood_of_output_is_cut(played_by: Callable[[str], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "RESULT_BYTES", 1 << 20)
    played_by("\nwhile True: os.write(1, b'x' * 65536)")
    assert failure(seconds=60).code == "document.reader_crashed"


def test_nothing_is_left_behind(
    played_by: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    read_limited(Source(b"text", "given.txt"))
    played_by("open('left', 'w').write('x'); os.abort()")
    assert failure().code == "document.reader_crashed"
    assert list(tmp_path.iterdir()) == []


def test_the_child_sees_none_of_the_parents_secrets(
    monkeypatch: pytest.MonkeyPatch, played_by: Callable[[str], None]
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    played_by("sys.exit(7 if 'SECRET_TOKEN' in os.environ else 8)")
    assert failure().facts["reason"] == "exit 8"


def test_formats_read_by_other_programs_have_limits_of_their_own() -> None:
    assert seconds_for("html", Limits(seconds=2)) == 2
    assert {format: seconds_for(format, Limits(seconds=2)) for format in OWN_SECONDS} == OWN_SECONDS


def test_documents_travel_unchanged_and_the_wire_takes_nothing_else() -> None:
    document = Document(
        "pdf",
        "0" * 64,
        1,
        (Paragraph("一", "⼀", 1, 2, (0.0, 1.5, 2.0, 3.0), 1, "box", True), *read(Source(page(), "a")).tables),
        "题",
        2,
        ("document.ocr",),
    )
    assert wire.unpacked(wire.packed(document)) == document
    for rubbish in (
        b"",
        b"[]",
        b"null",
        b'{"document": []}',
        b'{"document": [1,2,3,4,5,6,7]}',
        b"\xff",
        b'{"error": []}',
    ):
        with pytest.raises(ValueError):
            wire.unpacked(rubbish)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
