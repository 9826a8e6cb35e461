"""The portal's place in Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """What the public sees."""

    name = "gongkai.web.portal"
    label = "portal"
    verbose_name = "门户"
