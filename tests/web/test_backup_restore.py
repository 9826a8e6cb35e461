"""Restoring: into an empty place, over an old one only when told, and whole or not at all."""

import fcntl
import json
import zipfile

import pytest

from tests.web import installation
from tests.web.test_backup_file import MAKE, changed

OTHER = """
from gongkai.web.demo.county import make_demo
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.accounts.models import User
make_demo(CONSOLE)
User.objects.create_user("older", "made-up-passphrase", name="older", totp_secret="OLDERSECRET")
"""
SECRETS = "from gongkai.web.accounts.models import User; print([user.totp_secret for user in User.objects.all()])"
STANDING = """
from gongkai.web.accounts.models import User
from gongkai.web.audit.chain import verify
from gongkai.web.audit.queries import chains
from gongkai.web.backup.take import standing
secrets = [user.totp_secret for user in User.objects.all()]
print(standing(lambda *_: None).digest, secrets, all(verify(chain).whole for chain in chains()))
"""
RESTORE = "from gongkai.cli.entry import run\nprint(run(['restore', {path!r}, '--replace', '--yes']))"
DIE = "import os, signal\ndef die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)\n"
POINTS = {
    "contents begun": "from gongkai.web.files.store import LocalStore; LocalStore.put = die",
    "database begun": "from gongkai.web.backup import restore; restore.load = die",
    "rows begun": "from gongkai.web.backup import load; load._fill = die",
    "rows loaded": "from gongkai.web.backup import load; load._count_on = die",
    "before newer migrations": "from gongkai.web.backup import restore; restore.call_command = die",
    "before the keys": "from gongkai.web.settings import secret; secret.put = die",
    "after the keys": "from gongkai.web.settings import secret; put = secret.put; secret.put = lambda *given: (put(*given), die())",
}
SETTLED = "from gongkai.web.settings import secret; put, times = secret.put, []\ndef again(*given):\n    times.append(1)\n    return die() if len(times) == 2 else put(*given)\nsecret.put = again"


@pytest.fixture(scope="module")
def taken(tmp_path_factory):
    """A backup of a site, and the digest of the site."""
    site = installation.create(tmp_path_factory.mktemp("site") / "data")
    site.printed(MAKE)
    path = tmp_path_factory.mktemp("taken") / "site.gongkai"
    assert site.gongkai("backup", str(path)).returncode == 0
    site.backup, site.digest = path, site.gongkai("backup", "--digest").stdout.strip()
    yield site
    installation.remove(site)


@pytest.fixture
def target(tmp_path):
    made = installation.empty(tmp_path / "target")
    yield made
    installation.remove(made)


@pytest.fixture
def used(target):
    """A target in which somebody has worked."""
    target.printed("from django.core.management import call_command; call_command('migrate', verbosity=0)\n" + OTHER)
    return target


def digest(of):
    return of.gongkai("backup", "--digest").stdout.strip()


def test_what_was_restored_works_on_the_keys_seals_and_numbers_included(taken, target):
    done = target.gongkai("restore", str(taken.backup))
    assert done.returncode == 0, done.stderr
    assert "0 not whole" in done.stdout
    assert digest(target) == taken.digest
    assert (target.folder / "secret-key").read_bytes() == (taken.folder / "secret-key").read_bytes()
    assert target.printed(SECRETS) == "['PLAINSECRETPLAINSECRET']"
    seen = target.printed("""
from django.db import Error, connection, transaction
from gongkai.web.agencies.models import Member
from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.chain import verify
from gongkai.web.audit.models import Chain, Entry
refused = 0
for statement in ("UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry", "DELETE FROM audit_chain",
                  "UPDATE audit_chain SET length = 0"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except Error:
        refused += 1
chief = User.objects.create_user("chief", None, name="made up", administrator="audit")
try:
    with transaction.atomic():
        Member.objects.create(user=chief, agency=Agency.objects.first(), role="clerk", since="2026-01-01")
except Error:
    refused += 1
agency = Agency.objects.first()
before = Entry.objects.filter(chain=agency.chain).count()
from gongkai.web.audit.chain import act
with act(CONSOLE, "agencies.keep_site", agency, chain=agency.chain):
    pass
print(refused, verify(agency.chain).whole, Entry.objects.filter(chain=agency.chain).count() - before)
""")  # fmt: skip
    assert seen == "5 True 1"


def test_a_place_with_data_is_refused_and_replaced_only_when_told(taken, used):
    before = digest(used)
    for arguments in ((), ("--replace",)):
        done = used.gongkai("restore", str(taken.backup), *arguments)
        assert done.returncode == 2
        assert "--replace" in done.stderr or "--yes" in done.stderr
        assert digest(used) == before
    done = used.gongkai("restore", str(taken.backup), "--replace", "--yes")
    assert done.returncode == 0, done.stderr
    assert digest(used) == taken.digest != before
    assert used.printed(SECRETS) == "['PLAINSECRETPLAINSECRET']"


def test_a_place_that_was_only_prepared_counts_as_empty(taken, target):
    target.printed("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    assert target.gongkai("restore", str(taken.backup)).returncode == 0
    assert digest(target) == taken.digest


def test_killed_at_any_point_the_old_installation_works_and_the_restore_can_be_started_again(taken, used):
    before = used.printed(STANDING)
    assert before.endswith("['OLDERSECRET'] True")
    for point, fault in POINTS.items():
        status, _ = used.run(DIE + fault + "\n" + RESTORE.format(path=str(taken.backup)))
        assert (status, used.printed(STANDING)) == (-9, before), point
    assert used.printed(RESTORE.format(path=str(taken.backup))).endswith("0")
    assert used.printed(STANDING) == f"{taken.digest} ['PLAINSECRETPLAINSECRET'] True"
    assert not list(used.folder.glob("restoring-*"))
    assert len((used.folder / "secret-key").read_text().split()) == 1


def test_killed_when_the_new_rows_stand_it_is_the_new_installation_that_works(taken, used):
    status, _ = used.run(DIE + SETTLED + "\n" + RESTORE.format(path=str(taken.backup)))
    assert (status, used.printed(STANDING)) == (-9, f"{taken.digest} ['PLAINSECRETPLAINSECRET'] True")


def test_killed_in_an_empty_place_nothing_is_there(taken, target):
    status, _ = target.run(DIE + POINTS["before the keys"] + "\n" + RESTORE.format(path=str(taken.backup)))
    assert status == -9
    assert digest(target) == ""
    assert target.gongkai("restore", str(taken.backup)).returncode == 0
    assert digest(target) == taken.digest


def test_a_damaged_backup_is_refused_before_anything_is_written(taken, target, tmp_path):
    bad = changed(
        taken.backup,
        tmp_path / "bad",
        lambda name, content: content + b"[1]\n" if name.startswith("tables/agencies.name") else content,
    )
    done = target.gongkai("restore", str(bad))
    assert (done.returncode, "agencies.name" in done.stderr) == (1, True)
    assert [path.name for path in target.folder.iterdir()] == ["secret-key"]


@pytest.mark.parametrize("newer", [{"gongkai": "99.0.0"}, {"migrations": {"audit": ["0001_initial", "9999_later"]}}])
def test_a_backup_of_a_newer_program_is_refused_with_both_versions(taken, target, tmp_path, newer):
    from gongkai.web.backup import manifest

    def edit(name, content):
        if name != "manifest.json":
            return content
        known = manifest.read(content, name)
        return manifest.replace(known, **newer).sealed().written()

    done = target.gongkai("restore", str(changed(taken.backup, tmp_path / "newer", edit)))
    assert done.returncode == 1
    assert "newer" in done.stderr or "this program is" in done.stderr
    assert "Update the program" in done.stderr


def test_a_site_that_runs_and_a_database_in_use_are_left_alone(taken, used):
    before = digest(used)
    with (used.folder / "sweep.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = used.gongkai("restore", str(taken.backup), "--replace", "--yes")
    assert (done.returncode, "gongkai serve" in done.stderr) == (2, True)
    holder = used.begin("""
import sys, time
from django.db import transaction
from gongkai.web.agencies.models import Agency
with transaction.atomic():
    Agency.objects.filter(pk=1).update(version=1)
    print("held", flush=True)
    time.sleep(100)
""")
    assert holder.stdout.readline() == "held\n"
    code = "from gongkai.web.backup import target; target._WAIT = 1\n" + RESTORE.format(path=str(taken.backup))
    assert used.printed(code).endswith("2")
    holder.kill()
    holder.wait()
    assert digest(used) == before
    assert used.printed(SECRETS) == "['OLDERSECRET']"
    assert len((used.folder / "secret-key").read_text().split()) == 1


def test_without_the_key_the_one_of_the_place_stays_and_the_difference_is_said(taken, target, tmp_path):
    assert taken.gongkai("backup", str(tmp_path / "a"), "--without-key").returncode == 0
    done = target.gongkai("restore", str(tmp_path / "a"))
    assert (done.returncode, "secret-key" in done.stderr) == (0, True)
    assert digest(target) == taken.digest
    (target.folder / "secret-key").write_bytes((taken.folder / "secret-key").read_bytes())
    assert target.printed(SECRETS) == "['PLAINSECRETPLAINSECRET']"
    done = target.gongkai("restore", str(tmp_path / "a"), "--replace", "--yes")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_chain_that_did_not_hold_before_is_restored_as_it_was_and_said(target, tmp_path):
    site = installation.create(tmp_path / "broken")
    try:
        site.printed(
            MAKE
            + """
from django.db import connection
from gongkai.web.audit import seals
from gongkai.web.audit.models import Entry
with connection.cursor() as cursor:
    for statement in seals._off(connection.vendor, "audit_entry"):
        cursor.execute(statement)
Entry.objects.filter(chain="system").delete()
first = Entry.objects.order_by("pk").first()
Entry.objects.filter(pk=first.pk).update(verb="agencies.dissolve")
print(first.chain)
"""
        )
        assert site.gongkai("backup", str(tmp_path / "a")).returncode == 0
        done = target.gongkai("restore", str(tmp_path / "a"), "--json")
        assert done.returncode == 1, done.stderr
        assert len(json.loads(done.stdout)["broken"]) == 1
        assert digest(target) == digest(site)
    finally:
        installation.remove(site)


def _lacking(content):
    """The rows of agencies' names, the agency of the first one unknown."""
    rows = [json.loads(line) for line in content.splitlines()]
    rows[0][0] = 999_999
    return b"".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows)


def test_rows_that_refer_to_nothing_are_refused_although_every_digest_holds(taken, used, tmp_path):
    from hashlib import sha256

    from gongkai.web.backup import manifest
    from gongkai.web.backup.digest import RowsDigest

    name = "tables/agencies.name.jsonl"
    with zipfile.ZipFile(taken.backup) as file:
        known, content = manifest.read(file.read("manifest.json"), ""), _lacking(file.read(name))
    held = next(table for table in known.tables if table.label == "agencies.name")
    assert held.columns[0][0] == "agency_id"
    counted = RowsDigest(held.columns)
    for line in content.splitlines(keepends=True):
        counted.add(json.loads(line), line)
    edited = held._replace(bytes=len(content), sha256=sha256(content).hexdigest(), digest=counted.hexdigest())
    tables = [edited if table.label == "agencies.name" else table for table in known.tables]
    parts = {name: content, "manifest.json": manifest.replace(known, tables=tables).sealed().written()}
    changed(taken.backup, tmp_path / "lacking", lambda other, was: parts.get(other, was))
    before = digest(used)
    assert used.gongkai("backup", "--verify", str(tmp_path / "lacking")).returncode == 0
    done = used.gongkai("restore", str(tmp_path / "lacking"), "--replace", "--yes")
    assert (done.returncode, "refer" in done.stderr) == (1, True), done.stderr
    assert digest(used) == before


def test_a_row_that_the_other_database_does_not_take_is_named(tmp_path):
    target = installation.empty(tmp_path / "target")
    try:
        if not target.database:
            pytest.skip("SQLite takes texts of any length")
        source = installation.empty(tmp_path / "sqlite", "sqlite")
        source.printed(
            "from django.core.management import call_command; call_command('migrate', verbosity=0)\n" + MAKE
        )
        source.printed(
            "from gongkai.web.agencies.models import Name; Name.objects.filter(pk=2).update(name='长' * 500)"
        )
        assert source.gongkai("backup", str(tmp_path / "a")).returncode == 0
        done = target.gongkai("restore", str(tmp_path / "a"))
        assert (done.returncode, "agencies.name" in done.stderr) == (1, True)
        assert digest(target) == ""
    finally:
        installation.remove(target)
