"""Writing checked rows into a register's table many at a time, past the objects that would cost more than the writing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from gongkai.web.audit.record import new_key
from gongkai.web.registers.bulk.lines import Line
from gongkai.web.registers.models import Import, Row

_STAGE = "registers_bulk_stage"


class Writer:
    """Writes rows for an import; nothing is put in the place of a row that somebody else has entered meanwhile."""

    def __init__(self, register: type[Row], given: Import) -> None:
        self.register, self._given = register, given
        self._fields = [field for field in register._meta.concrete_fields if not field.primary_key]
        self._days = [at for at, field in enumerate(self._fields) if type(field) is models.DateField]
        self._table = connection.ops.quote_name(register._meta.db_table)
        self._columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in self._fields)
        self._into = f"INSERT INTO {self._table} ({self._columns})"
        self._from = f"SELECT {self._columns} FROM"
        self._staged = False

    def write(self, lines: Sequence[Line]) -> list[Line]:
        """Write rows inside the transaction at hand; return those that are not there, because their number now is."""
        if not lines:
            return []
        fixed = {"version": 1, "brought_id": self._given.pk, "created_at": timezone.now()}
        plain = [(field.attname, fixed.get(field.attname, field.get_default())) for field in self._fields]
        written = []
        for line in lines:
            values = line.values
            values["key"] = new_key()
            written.append([values.get(name, default) for name, default in plain])
        count = self._copied(written) if connection.vendor == "postgresql" else self._inserted(written)
        if count == len(written):
            return []
        there = self.register.every.filter(brought=self._given, key__in=[line.values["key"] for line in lines])
        keys = set(there.values_list("key", flat=True))
        return [line for line in lines if line.values["key"] not in keys]

    def _inserted(self, written: list[list[Any]]) -> int:
        created = [field.name for field in self._fields].index("created_at")
        at = connection.ops.adapt_datetimefield_value(written[0][created])
        for row in written:
            row[created] = at
            for day in self._days:
                if isinstance(row[day], date):
                    row[day] = row[day].isoformat()
        places = ", ".join(["%s"] * len(self._fields))
        with connection.cursor() as cursor:
            cursor.executemany(f"{self._into} VALUES ({places}) ON CONFLICT DO NOTHING", written)
            return int(cursor.rowcount)

    def _copied(self, written: list[list[Any]]) -> int:
        """Rows go into a table of this connection first: copying straight would end it at the first double."""
        with connection.cursor() as cursor:
            if not self._staged:
                cursor.execute(f"DROP TABLE IF EXISTS {_STAGE}")
                cursor.execute(
                    f"CREATE TEMPORARY TABLE {_STAGE} ON COMMIT DELETE ROWS AS {self._from} {self._table} WITH NO DATA"
                )
                transaction.on_commit(self._stands)
            with cursor.copy(f"COPY {_STAGE} ({self._columns}) FROM STDIN") as copy:
                for row in written:
                    copy.write_row(row)
            cursor.execute(f"{self._into} {self._from} {_STAGE} ON CONFLICT DO NOTHING")
            return int(cursor.rowcount)

    def _stands(self) -> None:
        self._staged = True
