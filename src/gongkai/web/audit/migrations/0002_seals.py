"""The database refuses to change or delete an entry."""

from django.db import migrations

from gongkai.web.audit.seals import seal, unseal


class Migration(migrations.Migration):
    """Puts the seals on."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(seal, unseal)]
