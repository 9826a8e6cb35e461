"""What the database itself refuses: changing or deleting an entry of the audit, and shortening a chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ENTRIES, CHAINS = "audit_entry", "audit_chain"
_NEVER = "entries of the audit are never changed"
_SHORTENED = "a chain of the audit only grows"
_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{said}'); END
"""
_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{said}'; END $$
"""
_ROW = (
    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {table}_refuse()"
)
_TRUNCATE = "CREATE TRIGGER {table}_no_TRUNCATE BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
_SHORTER = "WHEN (NEW.name <> OLD.name OR NEW.length <= OLD.length)"
_VERBS = ("UPDATE", "DELETE")


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


def _on(vendor: str, table: str, said: str, when: str) -> Iterator[str]:
    """The statements that refuse changes of a table; an update only `when` that holds."""
    if vendor == "postgresql":
        yield _FUNCTION.format(table=table, said=said)
        yield _TRUNCATE.format(table=table)
    for verb in _VERBS:
        statement = _ROW if vendor == "postgresql" else _SQLITE
        yield statement.format(table=table, verb=verb, said=said, when=when if verb == "UPDATE" else "")


def _off(vendor: str, table: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"
        return
    for verb in _VERBS:
        yield f"DROP TRIGGER IF EXISTS {table}_no_{verb}"


def _run(schema_editor: Any, statements: Iterator[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)
