"""The file of a backup: whole or not there, its owner's only, and every damage of it found and named."""

import json
import os
import shutil
import stat
import zipfile

import pytest

from gongkai.errors import GongkaiError
from gongkai.web.backup import verify as proving
from tests.web import installation

MAKE = """
from django.contrib.sessions.models import Session
from django.utils import timezone
from gongkai.web.accounts.models import User
from gongkai.web.demo.county import make_demo
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.files.actions import keep
make_demo(CONSOLE)
keep(b"one content", "one.txt"); keep(b"one content", "again.txt"); keep(b"%PDF-1.4 two", "two.pdf")
User.objects.create_user("clerk", "made-up-passphrase", name="made up", totp_secret="PLAINSECRETPLAINSECRET")
Session.objects.create(session_key="s" * 32, session_data="x", expire_date=timezone.now())
"""


def nothing(*_):
    pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = installation.create(tmp_path_factory.mktemp("file") / "data")
    made.printed(MAKE)
    yield made
    installation.remove(made)


@pytest.fixture(scope="module")
def taken(site, tmp_path_factory):
    path = tmp_path_factory.mktemp("taken") / "site.gongkai"
    done = site.gongkai("backup", str(path))
    assert done.returncode == 0, done.stderr
    assert "confidential" in done.stderr
    return path


def refusal(path):
    with pytest.raises(GongkaiError) as refused:
        proving.verify(path, nothing)
    return refused.value.code, refused.value.facts.get("part")


def changed(taken, path, change):
    """Write the archive again with parts changed; `change` gives the new bytes of a part, or None to leave it out."""
    with zipfile.ZipFile(taken) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return path


def test_it_is_readable_by_its_owner_only_and_nothing_else_is_left(taken):
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert [path.name for path in taken.parent.iterdir()] == [taken.name]


def test_it_says_what_it_holds_and_proves_whole(site, taken):
    said = json.loads(site.gongkai("backup", "--verify", str(taken), "--json").stdout)
    with zipfile.ZipFile(taken) as file:
        manifest = json.loads(file.read("manifest.json"))
        held = {name.partition("/")[0]: 0 for name in file.namelist()}
        files = [name for name in file.namelist() if name.startswith("files/")]
        lines = sum(file.read(name).count(b"\n") for name in file.namelist() if name.startswith("tables/"))
    assert set(held) == {"tables", "files", "manifest.json", "contents.txt", "secret-key"}
    assert (said["rows"], said["files"], said["key"]) == (lines, len(files), True)
    assert lines > 50
    assert len(files) == 2
    assert {"audit", "accounts", "agencies", "files"} <= set(manifest["migrations"])
    assert said["digest"] == site.gongkai("backup", "--digest").stdout.strip()


def test_sessions_and_plain_secrets_are_not_in_it(taken):
    with zipfile.ZipFile(taken) as file:
        everything = {name: file.read(name) for name in file.namelist()}
    assert not [name for name in everything if "session" in name]
    assert not [name for name, content in everything.items() if b"PLAINSECRET" in content]
    (row,) = [json.loads(line) for line in everything["tables/accounts.user.jsonl"].splitlines()]
    assert len([value for value in row if isinstance(value, str) and value.startswith("gAAAA")]) == 1


def test_every_damaged_part_is_found_and_named(taken, tmp_path):
    with zipfile.ZipFile(taken) as file:
        names = [name for name in file.namelist() if file.getinfo(name).file_size]
    found = {}
    for name in names:

        def flip(other, content, name=name):
            return bytes([content[0] ^ 1, *content[1:]]) if other == name else content

        found[name] = refusal(changed(taken, tmp_path / "flipped", flip))
    assert len(found) > 15
    assert {name: said for name, said in found.items() if said != ("backup.damaged", name)} == {
        "manifest.json": ("backup.none", None)
    }


def test_every_missing_part_is_found(taken, tmp_path):
    with zipfile.ZipFile(taken) as file:
        names = file.namelist()
    for name in names:
        code, part = refusal(
            changed(taken, tmp_path / "less", lambda other, content, name=name: None if other == name else content)
        )
        assert code == ("backup.none" if name == "manifest.json" else "backup.damaged")
        assert part in (name, None, "contents.txt")
    assert len(names) > 30


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[1:], lambda rows: rows + rows[:1], lambda rows: [rows[1], rows[0], *rows[2:]],
        lambda rows: [rows[0].replace(b"2008", b"2009"), *rows[1:]], lambda rows: [b"[]\n", *rows[1:]],
        lambda rows: [b"no json\n", *rows[1:]], lambda rows: rows[:0],
    ],
)  # fmt: skip
def test_rows_taken_away_added_swapped_or_changed_are_found(taken, tmp_path, change):
    name = "tables/agencies.name.jsonl"

    def edit(other, content):
        return b"".join(change(content.splitlines(keepends=True))) if other == name else content

    assert refusal(changed(taken, tmp_path / "edited", edit)) == ("backup.damaged", name)


def test_a_part_that_nobody_knows_and_a_content_beside_the_list_are_found(taken, tmp_path):
    for name, part in (("evil.py", "evil.py"), (f"files/{'0' * 64}", "contents.txt")):
        path = shutil.copy(taken, tmp_path / "more")
        with zipfile.ZipFile(path, "a") as file:
            file.writestr(name, b"x")
        assert refusal(path) == ("backup.damaged", part)


def test_a_manifest_that_was_edited_is_found_and_one_of_a_newer_format_is_named(taken, tmp_path):
    def edit(**values):
        return lambda name, content: (
            json.dumps({**json.loads(content), **values}).encode() if name == "manifest.json" else content
        )

    assert refusal(changed(taken, tmp_path / "a", edit(taken="2020-01-01T00:00:00Z"))) == (
        "backup.damaged",
        "manifest.json",
    )
    assert refusal(changed(taken, tmp_path / "b", edit(digest="0" * 64))) == ("backup.damaged", "manifest.json")
    assert refusal(changed(taken, tmp_path / "c", edit(format=2)))[0] == "backup.format_newer"
    assert refusal(changed(taken, tmp_path / "d", edit(kind="other")))[0] == "backup.none"
    assert refusal(changed(taken, tmp_path / "e", edit(more=1)))[0] == "backup.none"


def test_a_file_that_is_cut_off_or_something_else_is_no_backup(taken, tmp_path):
    whole = taken.read_bytes()
    sizes = (0, 1, len(whole) // 3, len(whole) - 1)
    for size in sizes:
        (tmp_path / "cut").write_bytes(whole[:size])
        assert refusal(tmp_path / "cut")[0] == "backup.none"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("a", b"b")
    assert refusal(tmp_path / "other.zip")[0] == "backup.none"
    assert refusal(tmp_path / "not-there")[0] == "backup.not_there"
    assert refusal(tmp_path)[0] == "backup.unreadable"


def test_an_archive_with_flipped_bytes_is_never_taken_for_another(taken, tmp_path):
    whole, step = taken.read_bytes(), 97
    at = range(len(whole) % step, len(whole), step)
    passed = 0
    for place in at:
        (tmp_path / "flipped").write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            found = proving.verify(tmp_path / "flipped", nothing)
        except GongkaiError:
            continue
        # A bit of the archive that means nothing, such as the time of a part: what is read is the same.
        assert found == proving.verify(taken, nothing)
        passed += 1
    assert len(at) > 100
    assert passed < len(at) / 3


def test_the_command_line_ends_with_1_for_a_damaged_backup_and_2_for_wrong_usage(site, taken, tmp_path):
    changed(taken, tmp_path / "bad", lambda name, content: content + b"x" if name == "contents.txt" else content)
    done = site.gongkai("backup", "--verify", str(tmp_path / "bad"))
    assert (done.returncode, "contents.txt" in done.stderr) == (1, True)
    for arguments in (
        ["backup"],
        ["backup", "--verify"],
        ["backup", "a", "--digest"],
        ["backup", "--verify", "--digest"],
    ):
        assert site.gongkai(*arguments).returncode == 2


def test_a_file_that_is_there_is_kept_unless_told_otherwise(site, tmp_path):
    path = tmp_path / "precious"
    path.write_bytes(b"precious")
    assert site.gongkai("backup", str(path)).returncode == 2
    assert path.read_bytes() == b"precious"
    assert site.gongkai("backup", str(path), "--force").returncode == 0
    assert proving.verify(path, nothing).files == 2
    assert site.gongkai("backup", str(tmp_path), "--force").returncode == 2
    assert site.gongkai("backup", str(tmp_path / "no" / "folder")).returncode == 2
    assert [one.name for one in tmp_path.iterdir()] == ["precious"]


def test_a_disk_that_is_or_becomes_full_leaves_nothing_half_and_the_old_file(site, tmp_path):
    path = tmp_path / "site.gongkai"
    path.write_bytes(b"older")
    for fault in (
        "import shutil; usage = shutil.disk_usage; shutil.disk_usage = lambda path: usage(path)._replace(free=10_000)",
        "import zipfile\ndef full(self, data): raise OSError(28, 'No space left on device')\nzipfile._ZipWriteFile.write = full",
        "import os\ndef full(handle): raise OSError(28, 'No space left on device')\nos.fsync = full",
    ):
        code = f"{fault}\nfrom gongkai.cli.entry import run\nprint(run(['backup', {str(path)!r}, '--force']))"
        assert site.printed(code, GONGKAI_LANG="en").splitlines()[-1] == "2"
        assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("site.gongkai", b"older")]


def test_a_backup_that_is_killed_leaves_a_part_that_the_next_one_takes_away(site, tmp_path):
    path = tmp_path / "site.gongkai"
    code = (
        "import os, signal\nfrom gongkai.web.backup import archive\n"
        "archive.Writer.finish = lambda self: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"from gongkai.cli.entry import run\nrun(['backup', {str(path)!r}])"
    )
    assert site.run(code)[0] == -9
    (part,) = tmp_path.iterdir()
    assert part.name.endswith(".part")
    os.utime(part, (1, 1))
    assert site.gongkai("backup", str(path)).returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["site.gongkai"]


def test_without_the_key_it_holds_none_and_says_so(site, tmp_path):
    done = site.gongkai("backup", str(tmp_path / "a"), "--without-key")
    assert "secret-key" in done.stderr
    key = (site.folder / "secret-key").read_bytes().strip()
    with zipfile.ZipFile(tmp_path / "a") as file:
        assert "secret-key" not in file.namelist()
        assert not [name for name in file.namelist() if key in file.read(name)]


def test_contents_that_the_store_has_lost_are_named_and_the_rest_is_saved(tmp_path):
    site = installation.create(tmp_path / "data")
    try:
        site.printed("from gongkai.web.files.actions import keep; [keep(bytes([n]), 'a.bin') for n in b'abc']")
        gone, bad, good = sorted(path for path in (site.folder / "files").glob("??/??/*"))
        gone.unlink()
        bad.write_bytes(b"z")
        done = site.gongkai("backup", str(tmp_path / "a"))
        assert done.returncode == 1
        assert gone.name in done.stderr
        assert bad.name in done.stderr
        assert good.name not in done.stderr
        assert site.gongkai("backup", "--digest").returncode == 1
        assert site.gongkai("backup", "--verify", str(tmp_path / "a")).returncode == 1
        target = installation.empty(tmp_path / "other", "sqlite")
        done = target.gongkai("restore", str(tmp_path / "a"))
        assert (done.returncode, gone.name in done.stderr) == (1, True)
        assert [path.name for path in (target.folder / "files").glob("??/??/*")] == [good.name]
    finally:
        installation.remove(site)


def test_nothing_is_made_where_there_is_no_installation(tmp_path):
    site = installation.Installation(tmp_path / "typo")
    for arguments in (["backup", str(tmp_path / "a")], ["backup", "--digest"]):
        done = site.gongkai(*arguments)
        assert done.returncode == 2
        assert "GONGKAI_DATA" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_said_in_a_sentence(site, taken, tmp_path):
    away = "postgres://nobody@127.0.0.1:1/none"
    for arguments in (["backup", str(tmp_path / "a")], ["backup", "--digest"], ["restore", str(taken)]):
        done = site.gongkai(*arguments, DATABASE_URL=away)
        assert done.returncode == 2
        assert "DATABASE_URL" in done.stderr
        assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
