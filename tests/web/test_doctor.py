"""`gongkai doctor` over an installation: what is well, what must not be, and that a look changes nothing."""

import json
import os
import stat
import subprocess
import sys
import time

import pytest

from gongkai.web.notices.beat import NAME as BEAT
from tests.web import installation

CANARY = "canary-4711"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    made = installation.create(tmp_path_factory.mktemp("doctor") / "site")
    yield made
    installation.remove(made)


def doctor(folder, database="", **environment):
    """Run the command as a shell does; return how it ended and what it said."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_"))}
    kept["DJANGO_SETTINGS_MODULE"] = "gongkai.web.settings.platform"
    done = subprocess.run(
        [sys.executable, "-m", "gongkai", "doctor", "--json", "--lang", "en"],
        env={**kept, "GONGKAI_DATA": str(folder), "DATABASE_URL": database, **environment},
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.stderr == ""
    said = json.loads(done.stdout)
    return done.returncode, said, {one["name"]: one["state"] for one in said["platform"]}


def test_before_the_first_start_it_is_quick_and_makes_nothing(tmp_path):
    begun = time.monotonic()
    status, said, states = doctor(tmp_path / "data")
    assert (status, states["start"], states["folder"]) == (0, "notice", "notice")
    assert not (tmp_path / "data").exists()
    assert "database" not in states
    assert len(said["settings"]) > 15
    assert time.monotonic() - begun < 10


def test_an_installation_that_is_well_has_no_error(site):
    assert doctor(site.folder, site.database)[2]["audit"] == "notice"
    site.printed("from gongkai.web.notices.sweep import tick; tick()")
    (site.folder / BEAT).touch()
    status, said, states = doctor(site.folder, site.database)
    assert status == 0, said["platform"]
    assert {states[name] for name in ("folder", "key", "database", "clock", "audit", "sweep", "storage")} == {"good"}
    assert states["administrators"] == "warning"


def test_a_key_that_others_can_read_must_not_be(site):
    key = site.folder / "secret-key"
    key.chmod(0o640)
    try:
        status, _, states = doctor(site.folder, site.database)
        assert (status, states["key"]) == (1, "error")
    finally:
        key.chmod(0o600)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_that_is_gone_is_not_made_anew_by_a_look(tmp_path):
    (tmp_path / "gongkai.sqlite3").touch()
    status, _, states = doctor(tmp_path)
    assert (status, states["key"]) == (1, "error")
    assert not (tmp_path / "secret-key").exists()


def test_a_database_that_does_not_answer_is_an_error_and_the_rest_is_still_looked_at(site):
    status, _, states = doctor(site.folder, "postgres://nobody@127.0.0.1:9/nowhere")
    assert (status, states["database"], states["storage"]) == (1, "error", "good")
    assert "audit" not in states


def test_a_storage_that_does_not_answer_is_an_error(site):
    bucket = {"GONGKAI_S3_BUCKET": "gongkai", "GONGKAI_S3_ENDPOINT": "http://127.0.0.1:9"}
    status, said, states = doctor(site.folder, site.database, **bucket)
    assert (status, states["storage"]) == (1, "error")
    assert doctor(site.folder, site.database, GONGKAI_S3_BUCKET="gongkai")[2]["storage"] == "error"
    assert any("MaxRetryError" in one["message"] for one in said["platform"])


def test_the_age_of_the_newest_backup_is_told_where_a_folder_is_named(tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    given = {"GONGKAI_BACKUPS": str(folder)}
    data = tmp_path / "data"
    assert doctor(data)[2]["backups"] == "notice"
    assert doctor(data, **given)[2]["backups"] == "warning"
    made = folder / "gongkai-2026-01-05.gongkai"
    made.touch()
    assert doctor(data, **given)[2]["backups"] == "good"
    os.utime(made, (time.time() - 3 * 86400,) * 2)
    status, said, states = doctor(data, **given)
    assert (status, states["backups"]) == (0, "warning")
    assert any("72 hours" in one["message"] for one in said["platform"])


def test_a_sweep_that_has_stopped_is_seen(site):
    beat = site.folder / BEAT
    beat.touch()
    os.utime(beat, (time.time() - 600, time.time() - 600))
    status, said, states = doctor(site.folder, site.database)
    assert (status, states["sweep"]) == (0, "warning")
    assert any("10 minutes" in one["message"] for one in said["platform"])


_FORGE = """
from django.db import connection
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.chain import act
with act(CONSOLE, "files.collect", None, chain="forged"):
    pass
with connection.cursor() as cursor:
    cursor.execute("{off}")
    cursor.execute("UPDATE audit_chain SET head = '0', length = length WHERE name = 'forged'")
"""


def test_a_chain_with_a_wrong_end_must_not_be(tmp_path):
    made = installation.create(tmp_path / "site")
    try:
        off = "DROP FUNCTION audit_chain_refuse() CASCADE" if made.database else "DROP TRIGGER audit_chain_no_update"
        made.printed(_FORGE.format(off=off))
        status, said, states = doctor(made.folder, made.database)
        assert (status, states["audit"]) == (1, "error")
        assert any("forged" in one["message"] for one in said["platform"])
    finally:
        installation.remove(made)


_LATER = """
from datetime import timedelta
from django.utils import timezone
from gongkai.web.audit import chain
from gongkai.web.audit.actor import CONSOLE
now = timezone.now() + timedelta(days=1)
chain.timezone.now = lambda: now
with chain.act(CONSOLE, "files.collect", None, chain="system"):
    pass
"""


def test_a_clock_behind_the_newest_act_must_not_be(tmp_path):
    made = installation.create(tmp_path / "site")
    try:
        made.printed(_LATER)
        status, _, states = doctor(made.folder, made.database)
        assert (status, states["clock"]) == (1, "error")
    finally:
        installation.remove(made)


def test_wrong_and_misspelt_settings_are_said_and_secrets_are_not(site):
    status, said, states = doctor(
        site.folder, site.database, GONGKAI_TRIES="many", GONGKAI_METRICS_TOKEN=CANARY, GONGKAI_TIRES="3",
        GONGKAI_MAIL_URL=f"smtp://u:{CANARY}@127.0.0.1",
    )  # fmt: skip
    rows = {row["name"]: row for row in said["settings"]}
    assert (status, states) == (1, {"settings": "error"})
    assert not rows["GONGKAI_TRIES"]["valid"]
    assert rows["GONGKAI_METRICS_TOKEN"]["given"]
    assert CANARY not in json.dumps(said)
    assert said["unknown"] == {"GONGKAI_TIRES": "GONGKAI_TRIES"}


def test_debugging_on_a_site_that_others_reach_must_not_be(tmp_path):
    given = {"GONGKAI_HOSTS": "www.example.gov.cn", "GONGKAI_DEBUG": "yes"}
    status, _, states = doctor(tmp_path / "data", **given)
    assert (status, states["debug"], states["address"]) == (1, "error", "warning")
    assert doctor(tmp_path / "data", GONGKAI_DEBUG="yes")[2]["debug"] == "warning"
