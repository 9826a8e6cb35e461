"""The accounts' place in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "gongkai.web.accounts"
    label = "accounts"
    verbose_name = "用户"
