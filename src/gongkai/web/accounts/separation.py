"""What the database itself refuses: a person who is an administrator and has a role in an agency at the same time.

The rule lies between two tables, of which the higher is not known down here but by its name. So it is no migration: it is
put on after every run of migrations. SQLite moreover forgets a table's triggers when a migration makes the table anew, and
can make none anew that another table's trigger names, which is why there it is taken off before a migration.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

USERS, ROLES = "accounts_user", "agencies_member"
_NAMES = ("accounts_no_role", "accounts_no_power")
_SAID = "an administrator has no role in an agency"
_CURRENT = "(until IS NULL OR until > {today})"
_SQLITE = (
    """
    CREATE TRIGGER IF NOT EXISTS accounts_no_role_{verb} BEFORE {verb} ON agencies_member
    WHEN (NEW.until IS NULL OR NEW.until > {today})
         AND (SELECT administrator FROM accounts_user WHERE id = NEW.user_id) <> ''
    BEGIN SELECT RAISE(ABORT, '{said}'); END
    """,
    """
    CREATE TRIGGER IF NOT EXISTS accounts_no_power_{verb} BEFORE {verb} ON accounts_user
    WHEN NEW.administrator <> ''
         AND EXISTS (SELECT 1 FROM agencies_member WHERE user_id = NEW.id AND {current})
    BEGIN SELECT RAISE(ABORT, '{said}'); END
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
        IF power <> '' AND (NEW.until IS NULL OR NEW.until > {today}) THEN
            RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE OR REPLACE FUNCTION accounts_no_power() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.administrator <> ''
           AND EXISTS (SELECT 1 FROM agencies_member WHERE user_id = NEW.id AND {current}) THEN
            RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'accounts_no_role') THEN
            CREATE TRIGGER accounts_no_role BEFORE INSERT OR UPDATE ON agencies_member
            FOR EACH ROW EXECUTE FUNCTION accounts_no_role();
        END IF;
        IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'accounts_no_power') THEN
            CREATE TRIGGER accounts_no_power AFTER INSERT OR UPDATE OF administrator ON accounts_user
            FOR EACH ROW EXECUTE FUNCTION accounts_no_power();
        END IF;
    END $$
    """,
)


def take_off(using: str, plan: Any = (), **_: Any) -> None:
    """Before migrations that do something: take the triggers off SQLite. PostgreSQL keeps them through anything."""
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        for name in _NAMES:
            for verb in ("INSERT", "UPDATE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}_{verb}")


def put_on(using: str, **_: Any) -> None:
    """After migrations: put the triggers on, where both tables are there and the triggers are not."""
    connection = connections[using]
    if not {USERS, ROLES} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def _statements(vendor: str) -> list[str]:
    """The statements in the words of a database; a day is one in Asia/Shanghai."""
    postgres = vendor == "postgresql"
    today = "(now() AT TIME ZONE 'Asia/Shanghai')::date" if postgres else "date('now', '+8 hours')"
    current = _CURRENT.format(today=today)
    verbs = ("",) if postgres else ("INSERT", "UPDATE")
    return [
        text.format(verb=verb, today=today, current=current, said=_SAID)
        for text in (_POSTGRES if postgres else _SQLITE)
        for verb in verbs
    ]
