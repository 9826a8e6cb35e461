"""The database refuses to shorten, rename or delete a chain."""

from django.db import migrations

from gongkai.web.audit.seals import seal_chains, unseal_chains


class Migration(migrations.Migration):
    """Puts the seals on."""

    dependencies = [("audit", "0003_search")]
    operations = [migrations.RunPython(seal_chains, unseal_chains)]
