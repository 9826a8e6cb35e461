"""What the database itself refuses: changing or deleting an entry of the audit."""

from __future__ import annotations

from typing import Any

TABLE = "audit_entry"
_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'entries of the audit are never changed'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries of the audit are never changed'; END $$
"""
_POSTGRES = "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
_POSTGRES_TRUNCATE = "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"


def seal(apps: Any, schema_editor: Any) -> None:
    """Put the seals on, in the words of the database at hand."""
    del apps
    statements: tuple[str, ...]
    if schema_editor.connection.vendor == "postgresql":
        statements = (_POSTGRES_FUNCTION, _POSTGRES, _POSTGRES_TRUNCATE)
    else:
        statements = tuple(_SQLITE.replace("{verb}", verb) for verb in ("UPDATE", "DELETE"))
    for statement in statements:
        schema_editor.execute(statement.format(table=TABLE))


def unseal(apps: Any, schema_editor: Any) -> None:
    """Take the seals off, for undoing the migration that put them on."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_refuse() CASCADE")
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}")
