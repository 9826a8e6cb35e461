"""Entering a row, correcting one that was entered wrongly, striking one that was entered by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from django.db import IntegrityError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.audit.record import Record
from gongkai.web.registers import policies
from gongkai.web.registers.declared.declaration import SHOWN
from gongkai.web.registers.given import FIELDS, completed
from gongkai.web.registers.models import Correction, Row

Kept = TypeVar("Kept", bound=Row)


def record(register: type[Kept], *, agency: Agency, by: Actor, **values: Any) -> Kept:
    """Enter a row of a register for an agency. Raises InvalidInput for a number or an item that is there already."""
    policies.demand(by, agency)
    found = completed(register, agency, values)
    with once(), act(by, "registers.record", None, chain=agency.chain, kind=register._meta.label_lower) as done:
        row = cast(Kept, register._default_manager.create(agency=agency, **found))
        done.result["key"] = row.key
    return row


def correct(row: Kept, *, reason: str, by: Actor, seen: int, **values: Any) -> Kept:
    """Write what a row should say instead, and why; what stood there is kept beside it. Raises Stale, InvalidInput."""
    policies.demand(by, row.agency)
    standing(row)
    reason = said(reason)
    held = {name: getattr(row, name) for name in (*FIELDS[type(row)], *SHOWN)}
    # A row that was taken from publication stays so, whatever is corrected in it.
    withdrawn = row.publicity == "withdrawn"
    if withdrawn:
        values = {name: value for name, value in values.items() if name not in SHOWN}
        held |= {"publicity": "open", "withheld_by": ""}
    found = completed(type(row), row.agency, held | values)
    if withdrawn:
        found = {name: value for name, value in found.items() if name not in SHOWN}
    changed = {name: value for name, value in found.items() if getattr(row, name) != value}
    if not changed:
        raise InvalidInput("registers.nothing_changed")
    with once(), act(by, "registers.correct", row, chain=row.agency.chain, fields=sorted(changed)):
        Correction.objects.create(
            agency=row.agency, register=row._meta.model_name or "", row=row.key, before=_plain(row, changed),
            reason=reason, by=by.key,
        )  # fmt: skip
        return row.change(seen, **changed)


def strike(row: Kept, *, reason: str, by: Actor, seen: int) -> Kept:
    """Say that a row was entered by mistake: it counts and shows nowhere from now on, and stays to be read in the office."""
    policies.demand(by, row.agency)
    standing(row)
    reason = said(reason)
    with act(by, "registers.strike", row, chain=row.agency.chain):
        return row.change(seen, struck_at=timezone.now(), struck_because=reason)


def standing(row: Row) -> None:
    """Go on only with a row that was not struck. Raises InvalidInput."""
    if row.struck_at is not None:
        raise InvalidInput("registers.struck")


def said(given: str) -> str:
    """Return a reason that somebody gave. Raises InvalidInput where there is none."""
    reason = given.strip()
    if not reason:
        raise InvalidInput("registers.no_reason")
    return reason[:500]


@contextmanager
def once() -> Iterator[None]:
    """Say in a sentence what the database refuses: a number, an item or a pair of dates that cannot be."""
    try:
        yield
    except IntegrityError as error:
        code = "registers.twice" if "unique" in str(error).lower() else "registers.not_whole"
        raise InvalidInput(code) from error


def _plain(row: Row, changed: Mapping[str, Any]) -> dict[str, Any]:
    """What stood in the fields that change, as plain JSON; another record by its key."""
    held = {name: getattr(row, name) for name in changed}
    return {
        name: value.key
        if isinstance(value, Record)
        else value
        if value is None or isinstance(value, int)
        else str(value)
        for name, value in held.items()
    }
