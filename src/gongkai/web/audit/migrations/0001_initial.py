"""The chains of the audit and their entries."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("name", models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name="链")),
                ("length", models.PositiveBigIntegerField(default=0, verbose_name="条数")),
                ("head", models.CharField(default="", max_length=64, verbose_name="末条摘要")),
            ],
            options={
                "verbose_name": "审计链",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(max_length=80, verbose_name="链")),
                ("number", models.PositiveBigIntegerField(verbose_name="序号")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("actor", models.CharField(max_length=60, verbose_name="行为人")),
                ("verb", models.CharField(max_length=80, verbose_name="行为")),
                ("kind", models.CharField(max_length=60, verbose_name="对象类型")),
                ("object_key", models.CharField(max_length=60, verbose_name="对象")),
                ("result", models.JSONField(default=dict, verbose_name="结果")),
                ("previous", models.CharField(max_length=64, verbose_name="前一条摘要")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
            ],
            options={
                "verbose_name": "审计记录",
                "indexes": [models.Index(fields=["kind", "object_key"], name="audit_entry_object")],
                "constraints": [models.UniqueConstraint(fields=("chain", "number"), name="audit_entry_once")],
            },
        ),
    ]
