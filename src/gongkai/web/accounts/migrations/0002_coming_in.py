"""What belongs to coming in: former passwords, recovery codes, invitations, counted tries."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import gongkai.web.audit.record


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_changed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="密码修改时间"),
        ),
        migrations.AddField(
            model_name="user",
            name="totp_step",
            field=models.PositiveBigIntegerField(default=0, verbose_name="最近使用的动态口令时段"),
        ),
        migrations.CreateModel(
            name="FormerPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="密码")),
                ("until", models.DateTimeField(default=django.utils.timezone.now, verbose_name="停用时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用密码",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=gongkai.web.audit.record.new_key,
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="标识",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="建立时间"),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="使用时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "邀请",
            },
        ),
        migrations.CreateModel(
            name="Tries",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("door", models.CharField(max_length=20, verbose_name="入口")),
                ("mark", models.CharField(max_length=64, verbose_name="标记")),
                ("subject", models.CharField(blank=True, default="", max_length=64, verbose_name="对象")),
                ("address", models.CharField(max_length=50, verbose_name="地址")),
                ("used", models.PositiveIntegerField(default=0, verbose_name="次数")),
                ("since", models.DateTimeField(verbose_name="自")),
            ],
            options={
                "verbose_name": "尝试次数",
                "indexes": [
                    models.Index(fields=["subject"], name="accounts_tries_subject"),
                    models.Index(fields=["since"], name="accounts_tries_since"),
                ],
                "constraints": [models.UniqueConstraint(fields=("door", "mark"), name="accounts_tries_once")],
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="使用时间")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recovery_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "备用码",
                "constraints": [models.UniqueConstraint(fields=("user", "digest"), name="accounts_recovery_once")],
            },
        ),
    ]
