"""The accounts' place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from gongkai.web.accounts import separation


class AccountsConfig(AppConfig):
    """People who sign in."""

    name = "gongkai.web.accounts"
    label = "accounts"
    verbose_name = "用户"

    def ready(self) -> None:
        """Keep the rule between two tables through migrations."""
        pre_migrate.connect(separation.take_off, sender=self)
        post_migrate.connect(separation.put_on, sender=self)
