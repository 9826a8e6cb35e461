"""The interface's place in Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The interface for programs."""

    name = "gongkai.web.api"
    label = "api"
    verbose_name = "数据接口"
