"""Files: whole or not at all, under their digest, named harmlessly, and gone when nothing needs them."""

import hashlib
import io
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.files import collection, responses
from gongkai.web.files.actions import keep
from gongkai.web.files.models import File
from gongkai.web.files.names import clean
from gongkai.web.files.queries import content
from gongkai.web.files.store import LocalStore

pytestmark = pytest.mark.django_db
HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("..\\..\\windows\\system32\\a.pdf", "a.pdf"),
    ("C:\\年报\\2024.docx", "2024.docx"),
    ("年报\u202efdp.exe", "年报fdp.exe"),
    ("a\r\nContent-Type: text/html\r\n\r\n.pdf", "html.pdf"),
    ("\0\x1b[31m红.pdf", "[31m红.pdf"),
    ("", "未命名"),
    ("...", "未命名"),
    (" . ", "未命名"),
    ("/", "未命名"),
    ("年" * 500 + ".docx", "年" * 115 + ".docx"),
    ("x" * 500, "x" * 120),
    ('"; filename="evil.html', '"; filename="evil.html'),
]


@pytest.fixture
def folder(tmp_path, settings):
    settings.FILES = tmp_path / "files"
    return settings.FILES


def read(opened):
    with opened:
        return opened.read()


def paths(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def aged(folder, days):
    then = (timezone.now() - timedelta(days=days)).timestamp()
    for path in folder.rglob("*"):
        if path.is_file():
            os.utime(path, (then, then))


def test_a_content_stands_under_its_digest_two_folders_deep(folder):
    file = keep(b"%PDF-1.7 made up", "年报.pdf")
    digest = hashlib.sha256(b"%PDF-1.7 made up").hexdigest()
    assert (file.digest, file.size, file.format) == (digest, 16, "pdf")
    assert paths(folder) == [f"{digest[:2]}/{digest[2:4]}/{digest}"]
    assert read(content(file)) == b"%PDF-1.7 made up"


def test_the_same_content_given_twice_is_kept_once_under_both_names(folder):
    one, two = keep(b"same", "a.txt"), keep(b"same", "b.txt")
    assert (one.digest, one.name, two.name) == (two.digest, "a.txt", "b.txt")
    assert one.pk != two.pk
    assert len(paths(folder)) == 1


@pytest.mark.parametrize(("given", "kept"), HOSTILE)
def test_a_hostile_name_is_made_harmless(folder, given, kept):
    assert clean(given) == kept
    file = keep(b"content", given)
    sent = responses.download(file)
    header = sent["Content-Disposition"]
    sent.close()
    assert header.startswith("attachment; ")
    assert not set(header) & set("\r\n\0")
    assert len(paths(folder)) == 1


@pytest.mark.usefixtures("folder")
def test_what_a_file_is_comes_from_its_bytes_not_from_its_name():
    assert keep(b"<html><script>alert(1)</script>", "harmless.pdf").format == "html"
    assert keep(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\x01\x02", "report.docx").format == ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("data", [b"<html><body>x", b"GIF89a", b"plain", b"%PDF-1.4"])
def test_nothing_that_was_given_is_shown_in_place(data):
    sent = responses.download(keep(data, "x"))
    headers = {name: sent[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")}
    disposition = sent["Content-Disposition"]
    sent.close()
    assert disposition.startswith("attachment")
    assert headers["Content-Type"] in {"application/pdf", "application/octet-stream"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_too_large_or_empty_files_are_refused_and_leave_nothing(folder, monkeypatch):
    monkeypatch.setenv("GONGKAI_UPLOAD_MEGABYTES", "1")
    with pytest.raises(InvalidInput) as refused:
        keep(io.BytesIO(b"x" * (2**20 + 1)), "large.pdf")
    assert (refused.value.code, refused.value.facts) == ("files.too_large", {"limit": 1})
    with pytest.raises(InvalidInput, match=r"files\.empty"):
        keep(b"", "empty.pdf")
    assert File.objects.count() == 0
    assert not [path for path in paths(folder) if path.startswith("incoming/")]


def test_a_path_is_made_of_a_digest_only(folder):
    for name in ("../../secret", "a" * 63, "g" * 64, "A" * 64, ""):
        with pytest.raises(FileNotFoundError):
            LocalStore(folder).open(name)


def test_a_content_without_a_record_goes_after_a_day_not_before(folder):
    keep(b"kept", "kept.txt")
    LocalStore(folder).put(io.BytesIO(b"lost"), 100)
    (folder / "incoming" / "part").write_bytes(b"half")
    aged(folder, 0.9)
    assert collection.collect_contents(timezone.now()) == 0
    assert len(paths(folder)) == 3
    aged(folder, 1.1)
    assert collection.collect_contents(timezone.now()) == 1
    assert [path.read_bytes() for path in folder.rglob("*") if path.is_file()] == [b"kept"]


def test_a_record_that_nothing_uses_goes_after_a_day_and_its_content_a_day_later(folder):
    file = keep(b"abandoned", "abandoned.txt")
    assert collection.collect_records(timezone.now()) == 0
    File.objects.filter(pk=file.pk).update(created_at=timezone.now() - timedelta(days=1.1))
    aged(folder, 1.1)
    assert collection.collect_contents(timezone.now()) == 0
    assert collection.collect_records(timezone.now()) == 1
    assert collection.collect_contents(timezone.now()) == 0
    assert collection.collect_contents(timezone.now() + timedelta(days=1.1)) == 1
    assert paths(folder) == []


def test_a_content_given_again_while_it_is_collected_stays(folder):
    kept = LocalStore(folder)
    digest = kept.put(io.BytesIO(b"again"), 100).digest
    aged(folder, 2)
    before = (timezone.now() - timedelta(days=1)).timestamp()
    assert list(kept.older_than(before)) == [digest]
    kept.put(io.BytesIO(b"again"), 100)
    assert kept.remove(digest, before) is False
    assert read(kept.open(digest)) == b"again"


def test_a_content_that_a_crash_left_moved_aside_is_still_found(folder):
    kept = LocalStore(folder)
    digest = kept.put(io.BytesIO(b"aside"), 100).digest
    (folder / "leaving").mkdir()
    kept._path(digest).replace(folder / "leaving" / digest)
    assert read(kept.open(digest)) == b"aside"
