"""The tables of an installation as its migrations left them, and their rows in one order on every engine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from gongkai.errors import InvalidInput
from gongkai.web.backup.columns import Column, column

LEFT_OUT: Mapping[str, str] = {
    "pages.page": "a page is rendered anew from the records, and none is believed that somebody else has kept",
    "sessions.session": "a restored installation is signed in to anew",
}
"""Models whose rows no backup holds, and why. Where a backup of an older program holds some, they are not restored."""
CONTENTS = "files.file"
"""The model whose rows name the contents in the store."""
AT_ONCE = 50
"""Rows fetched together: a row may hold a whole report."""
Migrations = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its model, its name in the database, its columns by name, and the key that orders its rows."""

    label: str
    name: str
    columns: tuple[Column, ...]
    key: Column

    def shape(self) -> list[list[str]]:
        """Return the columns with their kinds, as a backup describes them."""
        return [[one.name, one.kind] for one in self.columns]

    def rows(self, connection: Any) -> Iterator[list[Any]]:
        """Give every row as what JSON can hold, a value a column, without holding them all."""
        readers = [one.reader(connection) for one in self.columns]
        with connection.chunked_cursor() as cursor:
            cursor.execute(self._select(connection))
            while rows := cursor.fetchmany(AT_ONCE):
                for row in rows:
                    yield [
                        value if value is None or read is None else read(value)
                        for read, value in zip(readers, row, strict=True)
                    ]

    def _select(self, connection: Any) -> str:
        quoted = connection.ops.quote_name
        names = ", ".join(quoted(one.name) for one in self.columns)
        # The order of texts is the bytes', as SQLite has it, and not that of the server's language.
        order = 'COLLATE "C"' if connection.vendor == "postgresql" and self.key.kind == "text" else ""
        return " ".join(["SELECT", names, "FROM", quoted(self.name), "ORDER BY", quoted(self.key.name), order])


def line(values: Any) -> bytes:
    """Return a row as a line of JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def applied(connection: Any) -> Migrations:
    """Return the migrations that the database has, by app in their order. Raises InvalidInput for those of a newer program."""
    found: Migrations = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    if unknown := not_known(found):
        raise InvalidInput("backup.database_newer", migration=unknown[0])
    return found


def not_known(migrations: Migrations) -> list[str]:
    """Return those migrations that this program does not have."""
    known = _loader().graph.nodes
    return [f"{app}.{name}" for app, names in migrations.items() for name in names if (app, name) not in known]


def ends(migrations: Migrations) -> list[tuple[str, str]]:
    """Return the last of the migrations in every app: to migrate there is to carry out all of them."""
    graph = _loader().graph
    given = {(app, name) for app, names in migrations.items() for name in names}
    return sorted(
        node
        for node in given
        if not any(child.key[0] == node[0] and child.key in given for child in graph.node_map[node].children)
    )


def models_at(migrations: Migrations) -> list[Any]:
    """Return the models as they are after these migrations, by label, those of relations included."""
    state = _loader().project_state(ends(migrations))
    found = state.apps.get_models(include_auto_created=True)
    return sorted(
        (model for model in found if model._meta.managed and not model._meta.proxy),
        key=lambda model: str(model._meta.label_lower),
    )


def tables(models: list[Any]) -> list[Table]:
    """Return the tables that a backup holds."""
    return [_table(model) for model in models if model._meta.label_lower not in LEFT_OUT]


def _loader() -> MigrationLoader:
    """All migrations of the program, those that others have replaced since included."""
    return MigrationLoader(None, replace_migrations=False)


def _table(model: Any) -> Table:
    meta = model._meta
    kept = [column(field) for field in meta.local_concrete_fields if not field.generated]
    columns = tuple(sorted(kept, key=lambda one: one.name))
    return Table(meta.label_lower, meta.db_table, columns, column(meta.pk))
