"""Starting the platform inside a command: its settings and its database, imported only then."""

from __future__ import annotations

import os
from importlib import util

from gongkai.errors import InvalidInput


def start(*, prepare: bool = False) -> None:
    """Make the platform's apps usable in this process; with `prepare` bring its database up to date first.

    Raises InvalidInput where the platform's parts are not installed, or the database is behind the program.
    """
    if util.find_spec("django") is None:
        raise InvalidInput("cli.installation.missing")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings")
    import django

    django.setup()
    if prepare:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
    elif _behind():
        raise InvalidInput("cli.installation.behind")


def _behind() -> bool:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
