"""The secret key, what it encrypts in the database, and taking a new one."""

import fcntl
import os
import stat
import subprocess
import sys

import pyotp
import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from gongkai.cli.serving import LOCK
from gongkai.errors import InvalidData
from gongkai.web.accounts.encrypted import EncryptedField, seal, unseal
from gongkai.web.accounts.models import User
from gongkai.web.accounts.rekeying import encrypted_fields, seal_anew
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.models import Entry
from gongkai.web.settings import secret
from tests.web import installation
from tests.web.people import browser, code, person


def kept(user):
    """What stands in the database, whatever the model makes of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT totp_secret FROM accounts_user WHERE id = %s", [user.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_telephones_secret_is_plain_in_python_and_encrypted_in_the_database():
    user, plain = person(), pyotp.random_base32()
    assert user.totp_secret not in kept(user)
    user.change(user.version, totp_secret=plain)
    first = kept(user)
    assert plain not in first
    assert unseal(first) == plain == User.objects.get(pk=user.pk).totp_secret
    user.save()
    assert unseal(kept(user)) == plain
    user.change(user.version, totp_secret="")
    assert kept(user) == ""


@pytest.mark.django_db
def test_an_export_of_the_database_holds_no_plain_secret_and_can_be_loaded_again():
    user = person()
    written = serializers.serialize("json", [user])
    assert user.totp_secret not in written
    (loaded,) = serializers.deserialize("json", written)
    loaded.save()
    assert User.objects.get(pk=user.pk).totp_secret == user.totp_secret
    assert user.totp_secret not in kept(user)


@pytest.mark.django_db
def test_an_encrypted_text_cannot_be_searched_for():
    person()
    assert User.objects.filter(totp_secret="").count() == 0
    for asked in ({"totp_secret": "ABC"}, {"totp_secret__contains": "A"}, {"totp_secret__in": [""]}):
        with pytest.raises(FieldError):
            User.objects.filter(**asked).count()


@pytest.mark.django_db
def test_with_another_key_nothing_opens_and_nothing_is_told():
    user = person()
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]), pytest.raises(InvalidData) as wrong:
        User.objects.get(pk=user.pk)
    assert wrong.value.code == "accounts.sealed"
    assert wrong.value.facts == {}


@pytest.mark.django_db
def test_encrypting_anew_signs_nobody_out_and_afterwards_the_former_key_is_not_needed(settings):
    user = person()
    client, before = browser(user), kept(user)
    former = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key that comes next", [former]
    assert seal_anew(by=CONSOLE) == 1
    assert kept(user) != before
    assert client.get(reverse("accounts:mine")).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert User.objects.get(pk=user.pk).totp_secret == user.totp_secret
    assert code(User.objects.get(pk=user.pk)) == code(user)
    entry = Entry.objects.get(verb="accounts.seal_anew")
    assert (str(entry.actor), entry.result) == ("console", {"texts": 1})


@pytest.mark.django_db
def test_a_session_under_a_forgotten_key_is_over(settings):
    client = browser(person())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the key that comes next", []
    assert client.get(reverse("accounts:mine")).status_code == 302


def test_every_field_that_holds_a_secret_is_encrypted():
    """A field whose name speaks of a secret must be an encrypted one; the list of what is encrypted is not empty."""
    named = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.name.endswith("_secret")
    }
    assert len(named) >= 1
    assert named <= set(encrypted_fields())
    assert isinstance(User._meta.get_field("totp_secret"), EncryptedField)


@pytest.mark.django_db
def test_an_encrypted_text_has_room_in_its_field():
    longest = max(len(pyotp.random_base32()), 64)
    assert len(seal("A" * longest)) <= User._meta.get_field("totp_secret").max_length


def test_the_key_file_is_its_owners_alone_and_keeps_former_keys(tmp_path):
    (first,) = secret.secret_keys(tmp_path)
    assert secret.secret_keys(tmp_path) == (first,)
    second, *others = secret.put_new(tmp_path)
    assert (others, secret.secret_keys(tmp_path)) == ([first], (second, first))
    assert stat.S_IMODE(secret.path(tmp_path).stat().st_mode) == 0o600
    assert secret.forget_former(tmp_path) == 1
    assert secret.secret_keys(tmp_path) == (second,)
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


_PERSON = """
from gongkai.web.accounts.models import User
User.objects.create_user("somebody", name="某人", totp_secret="JBSWY3DPEHPK3PXP")
"""
_SHOW = """
from django.db import connection
from gongkai.web.accounts.models import User
with connection.cursor() as cursor:
    cursor.execute("SELECT totp_secret FROM accounts_user")
    print(len(cursor.fetchone()[0]))
print(User.objects.get(login="somebody").totp_secret)
"""
_BACK = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", "accounts", "0002", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute("SELECT totp_secret FROM accounts_user")
    print(cursor.fetchone()[0])
call_command("migrate", verbosity=0)
"""
PLAIN = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def site(tmp_path):
    made = installation.create(tmp_path / "site")
    yield made
    installation.remove(made)


def rekey(site, *options):
    """Run the command as a shell does: no platform is started before it."""
    return subprocess.run(
        [sys.executable, "-m", "gongkai", "rekey", *options],
        env={
            **os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.platform", "GONGKAI_DATA": str(site.folder),
            "DATABASE_URL": site.database, "GONGKAI_LANG": "en",
        },
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_migration_encrypts_what_is_there_and_can_be_undone(site):
    site.printed(_PERSON)
    assert site.printed(_BACK) == PLAIN
    length, plain = site.printed(_SHOW).split()
    assert (int(length) > 100, plain) == (True, PLAIN)


def test_the_command_takes_a_new_key_also_after_it_was_interrupted(site):
    site.printed(_PERSON)
    (first,) = secret.secret_keys(site.folder)
    # What a run leaves that is killed before it encrypts anything.
    second, _ = secret.put_new(site.folder)
    assert site.printed(_SHOW).split()[1] == PLAIN
    done = rekey(site)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 encrypted text" in done.stdout
    third, *former = secret.secret_keys(site.folder)
    assert former == [second, first]
    assert rekey(site, "--forget").returncode == 0
    assert secret.secret_keys(site.folder) == (third,)
    assert site.printed(_SHOW).split()[1] == PLAIN


def test_the_command_changes_nothing_while_the_site_runs_or_before_its_first_start(site, tmp_path):
    keys = secret.secret_keys(site.folder)
    with (site.folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused = rekey(site)
    assert refused.returncode == 2
    assert "running" in refused.stderr
    assert secret.secret_keys(site.folder) == keys
    nowhere = installation.Installation(tmp_path / "nowhere", site.database)
    assert rekey(nowhere).returncode == 2
    assert not nowhere.folder.exists()
