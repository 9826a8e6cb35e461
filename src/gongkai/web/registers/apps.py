"""The app's place in Django."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """Rules and normative documents, administrative decisions, charges collected, procurement."""

    name = "gongkai.web.registers"
    label = "registers"
    verbose_name = "台账"
