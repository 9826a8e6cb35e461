"""What the database itself refuses: changing or deleting an entry of the audit, and shortening a chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections

ENTRIES, CHAINS = "audit_entry", "audit_chain"
_NEVER = "entries of the audit are never changed"
_SHORTENED = "a chain of the audit only grows"
_SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{said}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{said}'; END $$
"""
_POSTGRES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = '{table}_no_{verb}') THEN
        CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH {each} {when}
        EXECUTE FUNCTION {table}_refuse();
    END IF;
END $$
"""
_SHORTER = "WHEN (NEW.name <> OLD.name OR NEW.length <= OLD.length)"
_VERBS = ("update", "delete")
_TAKEN = "WHEN EXISTS (SELECT 1 FROM {table} held WHERE {same})"
_SAME = {
    ENTRIES: "held.id = NEW.id OR (held.chain = NEW.chain AND held.number = NEW.number)",
    CHAINS: "held.name = NEW.name",
}
"""SQLite asks no trigger of deletion when `REPLACE` puts a row in another's place: so putting one there is refused."""


def seal(apps: Any, schema_editor: Any) -> None:
    """Seal the entries, in the words of the database at hand."""
    del apps
    _run(schema_editor, _on(schema_editor.connection.vendor, ENTRIES, _NEVER, ""))


def unseal(apps: Any, schema_editor: Any) -> None:
    """Take the seals of the entries off, for undoing the migration that put them on."""
    del apps
    _run(schema_editor, _off(schema_editor.connection.vendor, ENTRIES))


def seal_chains(apps: Any, schema_editor: Any) -> None:
    """Seal the ends of the chains: they grow, and are never shortened, renamed or deleted."""
    del apps
    _run(schema_editor, _on(schema_editor.connection.vendor, CHAINS, _SHORTENED, _SHORTER))


def unseal_chains(apps: Any, schema_editor: Any) -> None:
    """Take the seals of the chains off, for undoing the migration that put them on."""
    del apps
    _run(schema_editor, _off(schema_editor.connection.vendor, CHAINS))


def put_on(using: str, **_: Any) -> None:
    """After migrations: put on what is missing of the seals, where the tables are there."""
    connection = connections[using]
    if not {ENTRIES, CHAINS} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in (
            *_on(connection.vendor, ENTRIES, _NEVER, ""),
            *_on(connection.vendor, CHAINS, _SHORTENED, _SHORTER),
        ):
            cursor.execute(statement)


def _on(vendor: str, table: str, said: str, when: str) -> Iterator[str]:
    """The statements that refuse changes of a table; an update only `when` that holds."""
    facts = {"table": table, "said": said}
    if vendor == "postgresql":
        yield _FUNCTION.format(**facts)
        yield _POSTGRES.format(**facts, verb="truncate", each="STATEMENT", when="")
    for verb in _VERBS:
        condition = when if verb == "update" else ""
        yield (_POSTGRES if vendor == "postgresql" else _SQLITE).format(
            **facts, verb=verb, each="ROW", when=condition
        )
    if vendor == "sqlite":
        taken = _TAKEN.format(table=table, same=_SAME[table])
        yield _SQLITE.format(**facts, verb="insert", when=taken)


def _off(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"
        return
    for verb in (*_VERBS, "insert"):
        yield f"DROP TRIGGER IF EXISTS {table}_no_{verb}"


def _run(schema_editor: Any, statements: Iterator[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)
