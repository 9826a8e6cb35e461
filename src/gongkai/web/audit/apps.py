"""The audit's place in Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The record of every change."""

    name = "gongkai.web.audit"
    label = "audit"
    verbose_name = "审计"
