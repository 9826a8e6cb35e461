"""`gongkai audit` and `gongkai administrators`: what they print and how they end."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from gongkai.cli.entry import run
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import append
from gongkai.web.audit.models import Chain, Entry
from tests.web.conftest import unsealed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _chains(monkeypatch):
    monkeypatch.setenv("GONGKAI_LANG", "en")
    for chain, length in (("agency:one", 5), ("system", 3)):
        with transaction.atomic():
            for number in range(length):
                append(chain, SYSTEM, "accounts.create", "accounts.user", f"k{number}", {})


def said(capsys, *arguments):
    code = run(arguments)
    got = capsys.readouterr()
    return code, got.out, got.err


def damage():
    Entry.objects.filter(chain="agency:one", number=4).update(verb="accounts.disable")


def test_whole_chains_are_said_to_be_whole(capsys):
    code, out, _ = said(capsys, "audit", "verify")
    assert code == 0
    assert out.count("is whole") == 2
    assert "2 chains, 8 entries, 0 not whole" in out


def test_a_damaged_chain_is_named_with_its_first_bad_entry_and_ends_with_1(capsys):
    with unsealed():
        damage()
        code, out, _ = said(capsys, "audit", "verify")
        other, *_ = said(capsys, "audit", "verify", "--chain", "system")
        shown, written, _ = said(capsys, "audit", "verify", "--json")
    assert (code, other, shown) == (1, 0, 1)
    assert "entry 4 was changed; the first 3 hold" in out
    given = json.loads(written)
    assert given["broken"] == 1
    assert {"chain": "agency:one", "whole": False, "entries": 3, "wrong_at": 4, "wrong": "changed"} in given["chains"]


def test_exported_heads_find_what_the_chain_alone_does_not_show(capsys, tmp_path):
    _, lines, _ = said(capsys, "audit", "heads")
    assert [json.loads(line)["length"] for line in lines.splitlines()] == [5, 3]
    file = tmp_path / "heads.jsonl"
    file.write_text(lines, encoding="utf-8")
    assert said(capsys, "audit", "verify", "--heads", str(file))[0] == 0
    with unsealed():
        Entry.objects.filter(chain="agency:one", number=5).delete()
        Chain.objects.filter(name="agency:one").update(
            length=4, head=Entry.objects.get(chain="agency:one", number=4).digest
        )
        Entry.objects.filter(chain="system").delete()
        Chain.objects.filter(name="system").delete()
        alone, *_ = said(capsys, "audit", "verify")
        code, out, _ = said(capsys, "audit", "verify", "--heads", str(file))
    assert (alone, code) == (0, 1)
    assert "“agency:one” was cut: entries from 5 on" in out
    assert "“system” was cut: entries from 1 on" in out


def test_one_chain_is_exported_alone_and_an_unknown_one_is_refused(capsys):
    assert len(said(capsys, "audit", "heads", "--chain", "system")[1].splitlines()) == 1
    code, _, err = said(capsys, "audit", "verify", "--chain", "none")
    assert code == 2
    assert "agency:one, system" in err


@pytest.mark.parametrize(
    "arguments", [["audit"], ["audit", "erase"], ["audit", "verify", "--heads", "not-there.jsonl"]]
)
def test_wrong_usage_ends_with_2(capsys, arguments):
    assert said(capsys, *arguments)[0] == 2


def test_a_file_that_holds_no_heads_is_refused_with_its_line(capsys, tmp_path):
    file = tmp_path / "heads.jsonl"
    file.write_text('{"chain": "system", "length": 3, "head": "x"}\nnonsense\n', encoding="utf-8")
    code, _, err = said(capsys, "audit", "verify", "--heads", str(file))
    assert code == 2
    assert "Line 2" in err


def test_the_first_administrators_get_links_that_work(capsys, settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    code, out, err = said(capsys, "administrators")
    links = re.findall(r"http://127\.0\.0\.1:8000(/\S+)", out)
    assert (code, len(links)) == (0, 3)
    assert "7 days" in err
    assert [Client(SERVER_NAME="127.0.0.1").get(link).status_code for link in links] == [200, 200, 200]
    given = json.loads(said(capsys, "administrators", "--json")[1])
    assert [row["administrator"] for row in given["administrators"]] == ["system", "security", "audit"]
    assert User.objects.count() == 3
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_machine_without_a_database_is_told_what_to_do(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "audit", "verify", "--lang", "zh"],
        env={"PATH": "", "GONGKAI_DATA": str(tmp_path / "data"), "PYTHONPATH": str(Path("src").resolve())},
        capture_output=True, text=True, timeout=60, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "gongkai serve" in done.stderr
