"""The table of accounts."""

import django.utils.timezone
from django.db import migrations, models

import gongkai.web.audit.record


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
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
                ("login", models.CharField(max_length=60, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                (
                    "administrator",
                    models.CharField(
                        blank=True,
                        choices=[("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员")],
                        default="",
                        max_length=10,
                        verbose_name="管理员",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("totp_secret", models.CharField(blank=True, default="", max_length=64, verbose_name="动态口令密钥")),
            ],
            options={
                "verbose_name": "用户",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("administrator__in", ["", "system", "security", "audit"])),
                        name="accounts_user_administrator_known",
                    )
                ],
            },
        ),
    ]
