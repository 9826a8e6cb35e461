"""The app's place in Django."""

from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    """Documents disclosed by an agency, with the steps by which they are released."""

    name = "gongkai.web.publications"
    label = "publications"
    verbose_name = "信息发布"
