"""What a worker does with an import: looks every row through, stages rows in batches, takes rows away again.

Every batch is a transaction of its own of far less than a second, so that other officers go on working. Each is written only
where this worker's ticket still stands: of two workers at one import the later goes on, and the other stops.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.web.audit.record import Stale, new_key
from gongkai.web.files import queries as files
from gongkai.web.files.actions import Content
from gongkai.web.files.store import StorageFailed
from gongkai.web.registers.bulk import kept
from gongkai.web.registers.bulk.doubles import Doubles
from gongkai.web.registers.bulk.lines import Line, Reader
from gongkai.web.registers.bulk.sheet import Sheet, is_example, named, opened
from gongkai.web.registers.bulk.writing import Writer
from gongkai.web.registers.models import STANDING, Import, RefusedRow, Row
from gongkai.web.registers.shown import REGISTERS

BATCH = 2000
"""Rows of one transaction."""


class Looked(NamedTuple):
    """What looking a sheet through showed, or why it cannot be read."""

    heads: Sequence[str] = ()
    unused: Sequence[str] = ()
    rows: int = 0
    refused: int = 0
    doubles: int = 0
    skipped: int = 0
    checked: Content | None = None
    error: GongkaiError | None = None


def register_of(given: Import) -> type[Row]:
    """Return the register for which a sheet was given."""
    return REGISTERS[given.register].model


def look_through(given: Import) -> Looked:
    """Look every row through; keep the good ones, and those that cannot be entered with their reasons. May be begun anew."""
    ticket = _claim(given, "pending", rows=0, refused=0, doubles=0, reached=0)
    _forget_refusals(given)
    rows = refused = doubled = skipped = 0
    try:
        with (
            files.content(given.file) as content, opened(content, register_of(given)) as sheet, kept.gathering() as good,
        ):  # fmt: skip
            reader, doubles = Reader(register_of(given), given.agency), Doubles(register_of(given))
            for lines, examples in _read(sheet, reader):
                doubles.mark(lines)
                wrong = [line for line in lines if line.wrong]
                good.add(line for line in lines if not line.wrong)
                with transaction.atomic():
                    reached = lines[-1].number if lines else None
                    _go_on(given, "pending", ticket, reached, rows=len(lines))
                    _refuse(given, wrong)
                rows, refused, skipped = rows + len(lines), refused + len(wrong), skipped + examples
                doubled += sum(line.double for line in wrong)
            checked = good.put() if rows > refused else None
    except FileNotFoundError:
        return Looked(error=InvalidInput("registers.bulk.gone"))
    except (Stale, StorageFailed):
        # They say nothing of the sheet: the sweep comes back to it.
        raise
    except GongkaiError as error:
        return Looked(error=error)
    return Looked(sheet.heads.given, sheet.heads.unused, rows, refused, doubled, skipped, checked=checked)


def stage(given: Import) -> None:
    """Write the rows that were found good, hidden from everybody, from where a worker before may have stopped."""
    ticket = _claim(given, "taking")
    given.refresh_from_db()
    register = register_of(given)
    doubles, writer = Doubles(register), Writer(register, given)
    for lines in _good(given):
        if not (new := [line for line in lines if line.number > given.reached]):
            continue
        with transaction.atomic():
            _go_on(given, "taking", ticket, lines[-1].number)
            lost = writer.write(new)
            doubles.lost(lost)
            _refuse(given, lost)


def _good(given: Import) -> Iterator[list[Line]]:
    """The rows that were found good: as they were kept, or, where nothing was kept or it is lost, read again."""
    if given.checked is not None:
        with suppress(FileNotFoundError):
            yield from kept.batches(given.checked, BATCH)
            return
    before = set(given.refusals.values_list("number", flat=True))
    with files.content(given.file) as content, opened(content, register_of(given)) as sheet:
        for lines, _ in _read(sheet, Reader(register_of(given), given.agency)):
            yield [line for line in lines if line.number not in before and not line.wrong]


def clear(given: Import) -> None:
    """Delete the staged rows of an import that cannot be taken; nobody has ever seen them."""
    _claim(given, "clearing")
    for keys in _batches(register_of(given), given):
        register_of(given).every.filter(pk__in=keys).delete()
    _forget_refusals(given)


def strike(given: Import) -> None:
    """Strike the rows of an import that is undone; a row that was changed after all stays."""
    _claim(given, "undoing")
    for keys in _batches(register_of(given), given, version=1, struck_at=None):
        rows = register_of(given).every.filter(STANDING, pk__in=keys, version=1)
        rows.update(struck_at=timezone.now(), struck_because=given.undone_because, version=F("version") + 1)


def _read(sheet: Sheet, reader: Reader) -> Iterator[tuple[list[Line], int]]:
    """The rows in batches, with how many examples were passed over in each."""
    while some := list(islice(sheet.rows, BATCH)):
        lines, examples = [], 0
        for number, cells in some:
            by_column = named(sheet.heads, cells)
            if is_example(by_column):
                examples += 1
            elif any(by_column.values()):
                lines.append(reader.read(number, cells, by_column))
        yield lines, examples


def _claim(given: Import, state: str, **fresh: int) -> str:
    """Put this worker's ticket on an import. Raises Stale where it is no longer in the state."""
    ticket = new_key()
    if not Import.objects.filter(pk=given.pk, state=state).update(ticket=ticket, **fresh):
        raise Stale("record.stale", kind=given._meta.label_lower, key=given.key, seen=given.version)
    return ticket


def _go_on(given: Import, state: str, ticket: str, reached: int | None, rows: int = 0) -> None:
    """Count a batch, in its transaction. Raises Stale where another worker has taken the import over."""
    mine = Import.objects.filter(pk=given.pk, state=state, ticket=ticket)
    counted = {"rows": F("rows") + rows} if rows else {}
    if not mine.update(reached=F("reached") if reached is None else reached, **counted):
        raise Stale("record.stale", kind=given._meta.label_lower, key=given.key, seen=given.version)


def _refuse(given: Import, wrong: list[Line]) -> None:
    RefusedRow.objects.bulk_create(
        [
            RefusedRow(
                given=given, number=line.number, cells=kept.cells(line), why="\n".join(line.wrong), double=line.double,
                double_of=line.double_of,
            )
            for line in wrong
        ],
        batch_size=500,
    )  # fmt: skip


def _forget_refusals(given: Import) -> None:
    while keys := list(given.refusals.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        RefusedRow.objects.filter(pk__in=keys).delete()


def _batches(register: type[Row], given: Import, **only: object) -> Iterator[list[int]]:
    """The ids of the rows of an import that still are so, a batch in a transaction of its own."""
    while True:
        with transaction.atomic():
            found = register.every.filter(brought=given, **only).order_by("pk")
            keys = list(found.values_list("pk", flat=True)[:BATCH])
            if not keys:
                return
            yield keys
