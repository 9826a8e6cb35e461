"""The app's place in Django."""

from django.apps import AppConfig


class EngagementConfig(AppConfig):
    """Consultations on drafts, and messages to an agency."""

    name = "gongkai.web.engagement"
    label = "engagement"
    verbose_name = "互动交流"
