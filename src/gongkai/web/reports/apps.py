"""The app's place in Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Annual reports: readings of files, corrections, waivers, publication."""

    name = "gongkai.web.reports"
    label = "reports"
    verbose_name = "年度报告"
