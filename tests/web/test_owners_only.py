"""What an installation keeps on the disk is readable by its owner only, from the moment it is made."""

from __future__ import annotations

import json
import os
import stat

import pytest

from tests.web import installation

WIDE = 0o022
"""What an ordinary machine lets everybody read."""
MAKE = """
import os
os.umask(0o022)
from django.core.management import call_command
call_command("migrate", verbosity=0)
from gongkai.web.files import actions
actions.keep(b"made up", "a.txt")
"""
ADDRESS = "from gongkai.web.accounts.invitations import address; print(address('x'))"


def modes(folder):
    found = {path: stat.S_IMODE(path.lstat().st_mode) for path in [folder, *folder.rglob("*")]}
    return {str(path.relative_to(folder.parent)): mode for path, mode in found.items()}


def test_data_folder_database_key_and_files_are_the_owners(tmp_path):
    made = installation.empty(tmp_path / "data", "sqlite")
    made.printed(MAKE)
    seen = modes(made.folder)
    assert {"data", "data/gongkai.sqlite3", "data/secret-key", "data/files"} <= set(seen)
    assert {path: oct(mode) for path, mode in seen.items() if mode & 0o077} == {}
    assert len(seen) >= 7


def test_what_an_operator_has_opened_stays_open(tmp_path):
    made = installation.empty(tmp_path / "data", "sqlite")
    made.folder.mkdir()
    made.folder.chmod(0o750)
    (made.folder / "gongkai.sqlite3").touch()
    (made.folder / "gongkai.sqlite3").chmod(0o640)
    made.printed(MAKE)
    seen = modes(made.folder)
    assert (seen["data"], seen["data/gongkai.sqlite3"]) == (0o750, 0o640)


def test_a_restored_database_is_the_owners(tmp_path):
    source, target = (installation.empty(tmp_path / name, "sqlite") for name in ("source", "target"))
    source.printed(MAKE)
    assert source.gongkai("backup", str(tmp_path / "a")).returncode == 0
    before = os.umask(WIDE)
    try:
        done = target.gongkai("restore", str(tmp_path / "a"))
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert {path: oct(mode) for path, mode in modes(target.folder).items() if mode & 0o077} == {}


@pytest.mark.parametrize(
    ("settings", "begins"),
    [
        ({}, "http://127.0.0.1:8000/office/"),
        ({"GONGKAI_PORT": "8123"}, "http://127.0.0.1:8123/office/"),
        ({"GONGKAI_LISTEN": "::1", "GONGKAI_PORT": "81"}, "http://[::1]:81/office/"),
        ({"GONGKAI_PORT": "8123", "GONGKAI_PREFIX": "/gk"}, "http://127.0.0.1:8123/gk/office/"),
        (
            {"GONGKAI_PORT": "8123", "GONGKAI_ORIGINS": "https://www.example.gov.cn"},
            "https://www.example.gov.cn/office/",
        ),
    ],
)
def test_a_link_of_the_command_line_leads_where_the_site_listens(tmp_path, settings, begins):
    made = installation.empty(tmp_path / "data", "sqlite")
    assert made.printed(ADDRESS, **settings).startswith(begins)
    links = made.gongkai("administrators", "--json", **settings)
    rows = json.loads(links.stdout)["administrators"]
    assert [row["link"].startswith(begins) for row in rows] == [True] * 3
