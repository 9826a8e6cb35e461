"""The app's place in Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Files, kept by their content and read only through the application."""

    name = "gongkai.web.files"
    label = "files"
    verbose_name = "文件"
