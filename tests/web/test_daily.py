"""What the sweep does once a day: once whatever the clock does and whoever is killed, and that alarms are raised."""

import json
import signal
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from gongkai.web.accounts import invitations, tries
from gongkai.web.accounts.models import Invitation, Tries
from gongkai.web.agencies.models import Agency
from gongkai.web.audit import heads, kept
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.chain import act, verify
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.notices import daily
from gongkai.web.notices.daily import EFFECTS
from gongkai.web.notices.models import Done, Notification, Outbox
from gongkai.web.notices.sweep import tick
from tests.web import installation
from tests.web.conftest import unsealed
from tests.web.people import person

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
"""Noon of the 22nd in Asia/Shanghai."""


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path / kept.FOLDER


def write(chain="made", number=3):
    for _ in range(number):
        with act(CONSOLE, "files.collect", None, chain=chain):
            pass


def only(name):
    return [effect for effect in EFFECTS if effect.name == name]


@pytest.mark.django_db
def test_every_effect_happens_once_a_day_in_shanghai_also_when_the_clock_goes_back():
    assert len(EFFECTS) >= 5
    begin = datetime(2026, 11, 21, 16, tzinfo=UTC)
    counts = [
        tick(at, EFFECTS).done
        for at in (
            begin,
            begin + timedelta(hours=23, minutes=59),
            begin + timedelta(days=1),
            begin + timedelta(hours=12),
            begin + timedelta(days=1, hours=5),
            begin + timedelta(days=9),
        )
    ]
    number = len(EFFECTS)
    assert counts == [number, 0, number, 0, 0, number]
    days = {key.rpartition(":")[2] for key in Done.objects.values_list("key", flat=True)}
    assert days == {"2026-11-22", "2026-11-23", "2026-12-01"}


@pytest.mark.django_db
def test_the_ends_of_all_chains_are_exported_and_recorded(folder):
    write()
    tick(NOON, only("audit.export_heads"))
    (export,) = kept.exports()
    assert export.path.name == "2026-11-22.jsonl"
    assert heads.read(export.path.read_text("utf-8").splitlines())["made"] == {3: Chain.objects.get(name="made").head}
    entry = Entry.objects.get(verb="audit.export_heads")
    assert (entry.chain, entry.result, str(entry.actor)) == ("system", {"chains": 1, "broken": []}, "sweep")
    assert [path.name for path in folder.iterdir()] == ["2026-11-22.jsonl"]


@pytest.mark.django_db
def test_as_many_exports_are_kept_as_are_wanted_whatever_the_clock_says(folder, monkeypatch):
    monkeypatch.setenv("GONGKAI_HEADS_KEPT", "2")
    folder.mkdir()
    (folder / "note.txt").write_text("somebody's own")
    for at in (NOON, NOON + timedelta(days=1), NOON + timedelta(days=4000), NOON + timedelta(days=2)):
        tick(at, only("audit.export_heads"))
    assert [export.day.isoformat() for export in kept.exports()] == ["2037-11-04", "2026-11-24"]
    assert (folder / "note.txt").exists()


@pytest.mark.django_db
def test_the_export_is_mailed_once_where_that_is_wanted(monkeypatch):
    write()
    tick(NOON, only("audit.export_heads"))
    assert Outbox.objects.count() == 0
    monkeypatch.setenv("GONGKAI_HEADS_MAIL", "audit@example.gov.cn")
    tick(NOON + timedelta(days=1), only("audit.export_heads"))
    mail = Outbox.objects.get()
    assert mail.recipient == "audit@example.gov.cn"
    lines = [line for line in mail.body.splitlines() if line.startswith("{")]
    assert heads.read(lines) == kept.newest()
    monkeypatch.setattr(daily, "MOST_MAILED", 0)
    tick(NOON + timedelta(days=2), only("audit.export_heads"))
    long = Outbox.objects.latest("pk")
    assert "{" not in long.body
    assert any(len(word) == 64 for word in long.body.split())


@pytest.mark.django_db(transaction=True)
def test_a_chain_written_anew_is_found_and_the_audit_administrator_is_told_every_day_until_it_is_seen_to():
    reader, other = person("reader", administrator="audit"), person("other", administrator="system")
    write("made", 5)
    write("whole", 2)
    tick(NOON, only("audit.export_heads"))
    with unsealed():
        Entry.objects.filter(chain="made").delete()
        Chain.objects.filter(name="made").delete()
    write("made", 6)
    assert verify("made").whole
    for day in (1, 2):
        tick(NOON + timedelta(days=day), only("audit.export_heads"))
        entry = Entry.objects.filter(verb="audit.export_heads").latest("pk")
        assert entry.result["broken"] == ["made"]
        assert set(kept.newest()["made"]) == {5}
        assert Notification.objects.filter(user=reader.key, title__contains="made").count() == day
    assert Notification.objects.filter(user=other.key).count() == 0
    assert len(kept.newest()["whole"]) == 1


@pytest.mark.django_db
def test_an_act_written_while_a_chain_is_proved_raises_no_alarm(monkeypatch):
    write()
    shown = []

    def once_wrong(name, known=None):
        shown.append(name)
        return daily.Verdict(name, 1, 2, "added") if len(shown) == 1 else verify(name, known)

    monkeypatch.setattr(daily, "verify", once_wrong)
    assert daily.prove("").broken == []
    assert len(shown) == 2


@pytest.mark.django_db(transaction=True)
def test_counters_sessions_and_links_are_forgotten_when_they_have_expired_and_not_before():
    user, now = person(), timezone.now()
    tries.take("sign-in", "somebody", "198.51.100.7")
    Session.objects.create(session_key="old", session_data="x", expire_date=now + timedelta(hours=1))
    Session.objects.create(session_key="new", session_data="x", expire_date=now + timedelta(days=3))
    invitations.issue(user)
    forgetting = [effect for effect in EFFECTS if effect.name.startswith("accounts.")]
    assert len(forgetting) == 3
    assert tick(now, forgetting).done == 3
    assert (Tries.objects.count(), Session.objects.count(), Invitation.objects.count()) == (2, 2, 1)
    assert Entry.objects.filter(verb__startswith="accounts.forget").count() == 0
    Tries.objects.update(since=now - timedelta(days=1))
    tick(now + timedelta(days=1), forgetting)
    assert (Tries.objects.count(), Session.objects.count(), Invitation.objects.count()) == (0, 1, 1)
    tick(now + invitations.GOOD_FOR + timedelta(days=1), forgetting)
    assert Invitation.objects.count() == 0
    recorded = {entry.verb: entry.result for entry in Entry.objects.filter(verb__startswith="accounts.forget")}
    assert recorded["accounts.forget_invitations"] == {"number": 1}
    assert len(recorded) == 3


_KILLED = """
import os, signal
from gongkai.web.audit import kept
from gongkai.web.notices import actions, daily
from gongkai.web.notices.sweep import tick
die = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
{patch}
tick(effects=[effect for effect in daily.EFFECTS if effect.name == "audit.export_heads"])
"""
_AGAIN = """
import json
from datetime import timedelta
from django.utils import timezone
from gongkai.web.audit.models import Entry
from gongkai.web.audit import kept
from gongkai.web.notices import daily
from gongkai.web.notices.models import Done, Outbox
from gongkai.web.notices.sweep import tick
later = timezone.now() + timedelta(hours=1)
if timezone.localdate(later) != timezone.localdate():
    later = timezone.now()
    from gongkai.web.notices.models import Lease
    Lease.objects.all().delete()
effects = [effect for effect in daily.EFFECTS if effect.name == "audit.export_heads"]
done = [tick(later, effects).done for _ in range(2)]
entries = Entry.objects.filter(verb="audit.export_heads").count()
print(json.dumps([done, entries, Outbox.objects.count(), Done.objects.count(), len(kept.exports())]))
"""


@pytest.fixture
def site(tmp_path):
    made = installation.create(tmp_path / "site")
    yield made
    installation.remove(made)


@pytest.mark.parametrize(
    "patch", ["daily.verify = die", "kept.forget = die", "actions.mail = die", "daily.heads.export = die"]
)
def test_a_worker_killed_at_any_point_leaves_the_work_to_the_next_and_nothing_twice(site, patch):
    mail = {"GONGKAI_HEADS_MAIL": "audit@example.gov.cn"}
    site.printed(
        "from gongkai.web.audit.chain import act\nfrom gongkai.web.audit.actor import CONSOLE\n"
        "with act(CONSOLE, 'files.collect', None, chain='system'):\n    pass"
    )
    status, _ = site.run(_KILLED.format(patch=patch), **mail)
    assert status == -signal.SIGKILL
    assert json.loads(site.printed(_AGAIN, **mail)) == [[1, 0], 1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite needs no statistics")
def test_the_database_sees_once_a_day_how_its_tables_have_grown():
    Agency.objects.bulk_create([Agency(kind="department", level="county") for _ in range(500)])
    assert _rows_as_the_server_takes_it() < 100
    assert tick(NOON, only("database.statistics")).done == 1
    assert _rows_as_the_server_takes_it() == 500


def _rows_as_the_server_takes_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'agencies_agency'::regclass")
        return cursor.fetchone()[0]
