"""The secrets of telephones are encrypted in the database, also those that are there already."""

from collections.abc import Callable
from typing import Any

from django.db import migrations, models

from gongkai.web.accounts.encrypted import EncryptedField, seal, unseal

NAME = "动态口令密钥"


def encrypt(apps: Any, schema_editor: Any) -> None:
    _each(apps, schema_editor, seal)


def decrypt(apps: Any, schema_editor: Any) -> None:
    _each(apps, schema_editor, unseal)


def _each(apps: Any, schema_editor: Any, change: Callable[[str], str]) -> None:
    users = apps.get_model("accounts", "User").objects.using(schema_editor.connection.alias)
    for key, secret in list(users.exclude(totp_secret="").values_list("pk", "totp_secret")):
        users.filter(pk=key).update(totp_secret=change(secret))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_coming_in"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="totp_secret",
            field=models.CharField(blank=True, default="", max_length=255, verbose_name=NAME),
        ),
        migrations.RunPython(encrypt, decrypt),
        # For the database the column stays as it is.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="user",
                    name="totp_secret",
                    field=EncryptedField(blank=True, default="", max_length=255, verbose_name=NAME),
                ),
            ],
        ),
    ]
