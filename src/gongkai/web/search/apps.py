"""The app's name for Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Finding what the site holds by its words."""

    name = "gongkai.web.search"
    label = "search"
    verbose_name = "站内检索"
