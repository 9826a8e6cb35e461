"""What the database itself refuses: a person who is an administrator and has a role in an agency at the same time."""

from __future__ import annotations

from typing import Any

_CURRENT = "(until IS NULL OR until > {today})"
_SQLITE = (
    """
    CREATE TRIGGER accounts_no_role_{verb} BEFORE {verb} ON agencies_member
    WHEN (NEW.until IS NULL OR NEW.until > date('now', '+8 hours'))
         AND (SELECT administrator FROM accounts_user WHERE id = NEW.user_id) <> ''
    BEGIN SELECT RAISE(ABORT, 'an administrator has no role in an agency'); END
    """,
    """
    CREATE TRIGGER accounts_no_power_{verb} BEFORE {verb} ON accounts_user
    WHEN NEW.administrator <> ''
         AND EXISTS (SELECT 1 FROM agencies_member WHERE user_id = NEW.id AND {current})
    BEGIN SELECT RAISE(ABORT, 'an administrator has no role in an agency'); END
    """,
)
# The role's trigger holds the person's row, and the power's runs when that row is held: whichever comes second sees
# the first, also when both come at once.
_POSTGRES = (
    """
    CREATE OR REPLACE FUNCTION accounts_no_role() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE power text;
    BEGIN
        SELECT administrator INTO power FROM accounts_user WHERE id = NEW.user_id FOR SHARE;
        IF power <> '' AND (NEW.until IS NULL OR NEW.until > current_date) THEN
            RAISE EXCEPTION 'an administrator has no role in an agency' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION accounts_no_power() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.administrator <> '' AND EXISTS (
            SELECT 1 FROM agencies_member WHERE user_id = NEW.id AND {current}
        ) THEN
            RAISE EXCEPTION 'an administrator has no role in an agency' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER accounts_no_role BEFORE INSERT OR UPDATE ON agencies_member
    FOR EACH ROW EXECUTE FUNCTION accounts_no_role()
    """,
    """
    CREATE TRIGGER accounts_no_power AFTER INSERT OR UPDATE OF administrator ON accounts_user
    FOR EACH ROW EXECUTE FUNCTION accounts_no_power()
    """,
)


def seal(apps: Any, schema_editor: Any) -> None:
    """Put the triggers on, in the words of the database at hand."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        statements = [text.replace("{current}", _CURRENT.format(today="current_date")) for text in _POSTGRES]
    else:
        current = _CURRENT.format(today="date('now', '+8 hours')")
        statements = [
            text.replace("{verb}", verb).replace("{current}", current)
            for text in _SQLITE
            for verb in ("INSERT", "UPDATE")
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Take the triggers off, for undoing the migration that put them on."""
    del apps
    if schema_editor.connection.vendor == "postgresql":
        for name in ("accounts_no_role", "accounts_no_power"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
        return
    for name in ("accounts_no_role", "accounts_no_power"):
        for verb in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}_{verb}")
