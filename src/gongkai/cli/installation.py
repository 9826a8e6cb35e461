"""Starting the platform inside a command: its settings and its database, imported only then."""

from __future__ import annotations

import os
from importlib import util

from gongkai.errors import InvalidInput


def start(*, prepare: bool = False, current: bool = True) -> None:
    """Make the platform's apps usable in this process; with `prepare` bring its database up to date first.

    With `current` false any state of the database will do.

    Raises InvalidInput where the platform's parts are not installed, or the database is behind the program.
    """
    if util.find_spec("django") is None:
        raise InvalidInput("cli.installation.missing")
    set_up()
    if prepare:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif current and behind():
        raise InvalidInput("cli.installation.behind")


def set_up() -> None:
    """Make the platform's apps usable in this process, without a look at its database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.platform")
    import django

    django.setup()


def behind() -> int:
    """Return how many migrations the database lacks. Raises DatabaseError where it does not answer."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
