"""The agencies' place in Django."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """The tree of agencies."""

    name = "gongkai.web.agencies"
    label = "agencies"
    verbose_name = "机关"

    def ready(self) -> None:
        """Tell the doors who holds which role."""
        from gongkai.web.accounts import access
        from gongkai.web.agencies import policies

        access.held_by(policies.holds)
