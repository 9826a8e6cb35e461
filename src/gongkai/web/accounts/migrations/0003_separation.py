"""The database refuses a person who is an administrator and has a role in an agency."""

from django.db import migrations

from gongkai.web.accounts.separation import seal, unseal


class Migration(migrations.Migration):
    """Puts the triggers on both tables, so it comes after both."""

    dependencies = [("accounts", "0002_coming_in"), ("agencies", "0001_initial")]
    operations = [migrations.RunPython(seal, unseal)]
