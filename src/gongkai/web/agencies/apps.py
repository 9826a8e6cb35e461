"""The agencies' place in Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The tree of agencies."""

    name = "gongkai.web.agencies"
    label = "agencies"
    verbose_name = "机关"
