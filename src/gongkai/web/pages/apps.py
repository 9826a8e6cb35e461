"""The app's place in Django."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Pages of the public as they were rendered."""

    name = "gongkai.web.pages"
    label = "pages"
    verbose_name = "公开页面"
