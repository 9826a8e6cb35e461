"""Indexes for finding entries by object, actor and time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_seals"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["object_key"], name="audit_entry_key"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["actor"], name="audit_entry_actor"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["at"], name="audit_entry_at"),
        ),
    ]
