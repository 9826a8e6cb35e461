"""The audit's place in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from gongkai.web.audit import seals


class AuditConfig(AppConfig):
    """The record of every change."""

    name = "gongkai.web.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Put the seals on again after migrations: SQLite forgets them when it makes a table anew."""
        post_migrate.connect(seals.put_on, sender=self)
