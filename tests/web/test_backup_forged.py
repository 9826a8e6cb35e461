"""Backups that somebody has made up: whatever stands in them, they are refused with a sentence, and nothing breaks."""

import json
import zipfile
from hashlib import sha256

import pytest

from gongkai.errors import UnreadableDocument
from gongkai.web.backup import manifest
from gongkai.web.backup.digest import RowsDigest, whole
from gongkai.web.backup.tables import LEFT_OUT
from tests.web import installation
from tests.web.test_backup_file import MAKE, changed

VALUES = (
    None, True, 0, -1, 1.5, 2**70, "", "x", "9" * 5000, "\ud800", "../../etc", [], ["x"], [None], [[]], {}, {"x": 1},
    {"x": {"y": []}},
)  # fmt: skip
"""What a forger may write where something else belongs."""
PAGE = """
from gongkai.web.pages.models import Page
Page.objects.create(key="report:x", stamp="x", digest="x", content=b"forged")
"""
PAGES = "from gongkai.web.pages.models import Page; print(Page.objects.count())"


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    site = installation.create(tmp_path_factory.mktemp("site") / "data")
    site.printed(MAKE)
    path = tmp_path_factory.mktemp("taken") / "site.gongkai"
    assert site.gongkai("backup", str(path)).returncode == 0
    yield path
    installation.remove(site)


def sealed(given):
    """A manifest with digests that hold, as a forger would make them."""
    given = {**given, "seal": ""}
    try:
        rows = [(table["label"], table["rows"], table["digest"]) for table in given["tables"]]
        given["digest"] = whole(rows, given["contents"]) if isinstance(given["digest"], str) else given["digest"]
    except (TypeError, KeyError, AttributeError, ValueError):
        pass
    return {**given, "seal": sha256(json.dumps(given, sort_keys=True).encode()).hexdigest()}


def forgeries(known):
    """The manifest with another value at every place, one at a time."""
    for value in VALUES:
        for name in known:
            yield (
                f"{name} {value!r:.40}",
                sealed({**known, name: value}) if name != "seal" else {**known, name: value},
            )
        for name in known["tables"][0]:
            yield f"table {name} {value!r:.40}", sealed({**known, "tables": [{**known["tables"][0], name: value}]})
        yield f"whole {value!r:.40}", value
        yield f"column {value!r:.40}", sealed({**known, "tables": [{**known["tables"][0], "columns": [value]}]})
        yield f"kind {value!r:.40}", sealed({**known, "tables": [{**known["tables"][0], "columns": [["id", value]]}]})
        yield f"migration {value!r:.40}", sealed({**known, "migrations": {"reports": value}})
        yield f"more {value!r:.40}", sealed({**known, "more": value})


def test_a_manifest_with_anything_anywhere_is_read_or_refused_with_a_sentence(taken, record_property):
    with zipfile.ZipFile(taken) as file:
        known = json.loads(file.read("manifest.json"))
    read = refused = tried = 0
    for what, forged in forgeries(known):
        tried += 1
        try:
            manifest.read(json.dumps(forged).encode(), "a.gongkai")
            read += 1
        except UnreadableDocument as error:
            refused += error.code.startswith("backup.")
        except Exception as error:
            pytest.fail(f"{what}: {error!r}")
    assert read + refused == tried
    for content in (b"", b"\xff\xfe", b"[" * 100_000, b"9" * 100_000, b"null"):
        with pytest.raises(UnreadableDocument):
            manifest.read(content, "a.gongkai")
        refused += 1
    record_property(
        "counted", {"forged manifests refused": refused, "forged manifests that say something else": read}
    )
    assert refused > 300
    assert read > 20


@pytest.mark.parametrize(
    "place", [("files", "x"), ("tables", None), ("migrations", {"reports": [["x"]]}), ("gongkai", "9" * 9000)]
)
def test_the_command_refuses_a_forged_manifest_without_a_traceback(taken, tmp_path, place):
    name, value = place

    def forge(part, content):
        return (
            json.dumps(sealed({**json.loads(content), name: value})).encode() if part == "manifest.json" else content
        )

    path = changed(taken, tmp_path / "forged.gongkai", forge)
    target = installation.empty(tmp_path / "target")
    try:
        for arguments in (("backup", "--verify", str(path)), ("restore", str(path))):
            done = target.gongkai(*arguments)
            assert done.returncode == 1, done.stderr
            assert "Traceback" not in done.stderr
            assert "forged.gongkai" in done.stderr
    finally:
        installation.remove(target)


@pytest.mark.parametrize("row", [7, None, {"x": 1}, "text", [[]], "[" * 9000])
def test_rows_of_another_kind_are_refused_although_every_digest_holds(taken, tmp_path, row):
    name = "tables/agencies.name.jsonl"
    content = (row if isinstance(row, str) and row.startswith("[") else json.dumps(row)).encode() + b"\n"
    with zipfile.ZipFile(taken) as file:
        known = manifest.read(file.read("manifest.json"), "")
    tables = [
        held._replace(rows=1, bytes=len(content), sha256=sha256(content).hexdigest(), digest="0" * 64)
        if held.label == "agencies.name" else held for held in known.tables
    ]  # fmt: skip
    parts = {name: content, "manifest.json": manifest.replace(known, tables=tables).sealed().written()}
    path = changed(taken, tmp_path / "rows.gongkai", lambda other, was: parts.get(other, was))
    target = installation.empty(tmp_path / "target")
    try:
        done = target.gongkai("backup", "--verify", str(path))
        assert (done.returncode, "Traceback" in done.stderr, name in done.stderr) == (1, False, True), done.stderr
    finally:
        installation.remove(target)


def test_pages_that_a_backup_of_an_older_program_holds_are_not_restored(taken, tmp_path):
    """Somebody who can write into a backup could otherwise put words upon a page that are in no record."""
    with zipfile.ZipFile(taken) as file:
        known = manifest.read(file.read("manifest.json"), "")
    assert "pages.page" in LEFT_OUT
    assert "pages.page" not in [held.label for held in known.tables]
    columns = [["content", "binary"], ["digest", "text"], ["id", "integer"], ["key", "text"], ["stamp", "text"]]
    content = json.dumps(["Zm9yZ2Vk", "x", 1, "report:x", "x"], separators=(",", ":")).encode() + b"\n"
    counted = RowsDigest(columns)
    counted.add(json.loads(content), content)
    page = manifest.Held("pages.page", columns, 1, len(content), sha256(content).hexdigest(), counted.hexdigest())
    tables = sorted([*known.tables, page], key=lambda held: held.label)
    path, target = tmp_path / "pages.gongkai", installation.empty(tmp_path / "target")
    with zipfile.ZipFile(taken) as source, zipfile.ZipFile(path, "w") as file:
        for name in source.namelist():
            if name != "manifest.json":
                file.writestr(name, source.read(name))
        file.writestr("tables/pages.page.jsonl", content)
        file.writestr("manifest.json", manifest.replace(known, tables=tables).sealed().written())
    try:
        done = target.gongkai("restore", str(path))
        assert done.returncode == 0, done.stderr
        assert target.printed(PAGES) == "0"
        target.printed(PAGE)
        assert target.printed(PAGES) == "1"
        assert target.gongkai("backup", str(tmp_path / "again")).returncode == 0
        with zipfile.ZipFile(tmp_path / "again") as file:
            assert "tables/pages.page.jsonl" not in file.namelist()
    finally:
        installation.remove(target)
