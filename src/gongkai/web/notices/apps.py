"""The app's place in Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Mail, notices in the site, and the sweep that does what is due."""

    name = "gongkai.web.notices"
    label = "notices"
    verbose_name = "通知"
