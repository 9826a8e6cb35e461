"""A sheet of rows: brought by an officer, looked through, confirmed, taken as one, dropped, undone as one."""

from __future__ import annotations

from datetime import datetime
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.refusals import sentence
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import SWEEP, Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.notices.actions import notify
from gongkai.web.registers import policies
from gongkai.web.registers.actions.keeping import said
from gongkai.web.registers.bulk.working import Looked, register_of
from gongkai.web.registers.models import Import
from gongkai.web.registers.models.bulk import LIVE
from gongkai.web.settings import statistics


def bring(content: IO[bytes] | bytes, name: str, *, register: str, agency: Agency, by: Actor) -> tuple[Import, bool]:
    """Keep a sheet of rows for a register and let it wait to be looked through; no row is entered.

    Return the import, and whether the same file was there before: then it is that one, and nothing happens.
    """
    policies.demand(by, agency)
    kept = files.put(content, name)
    same = {"agency": agency, "register": register, "digest": kept.digest, "state__in": LIVE}
    if (before := Import.objects.filter(**same).first()) is not None:
        return before, True
    try:
        with act(
            by, "registers.bring", None, chain=agency.chain, kind="registers.import", digest=kept.digest
        ) as done:
            given = Import.objects.create(
                agency=agency, register=register, file=files.record(kept), digest=kept.digest, by=by.key
            )
            done.result["key"] = given.key
            return given, False
    except IntegrityError:
        # Two gave it at once: the other was first.
        if (before := Import.objects.filter(**same).first()) is None:
            raise
        return before, True


def confirm(given: Import, *, good_alone: bool, by: Actor, seen: int) -> Import:
    """Have the rows entered that were found good, by somebody who has seen the report. Raises Stale, InvalidInput.

    Where rows were refused it must be said that the good ones alone are wanted.
    """
    policies.demand(by, given.agency)
    if given.state != "checked" or not given.good:
        raise InvalidInput("registers.bulk.not_checked")
    if given.refused and not good_alone:
        raise InvalidInput("registers.bulk.refused_left", refused=given.refused)
    with act(by, "registers.confirm", given, chain=given.agency.chain, rows=given.good, refused=given.refused):
        return given.change(seen, state="taking", whole=not given.refused, reached=0, confirmed_by=by.key)


def drop(given: Import, *, by: Actor, seen: int) -> Import:
    """Let a sheet be that was not taken; it can be brought again."""
    policies.demand(by, given.agency)
    if given.state not in ("pending", "checked", "unreadable"):
        raise InvalidInput("registers.bulk.not_open")
    with act(by, "registers.drop", given, chain=given.agency.chain):
        return given.change(seen, state="dropped", checked=None)


def undo(given: Import, *, reason: str, by: Actor, seen: int) -> Import:
    """Take an import back as one: from now on nobody sees its rows, and they are struck. Raises InvalidInput, Stale.

    That is possible while nobody has changed one of them.
    """
    policies.demand(by, given.agency)
    reason = said(reason)
    if given.state != "taken":
        raise InvalidInput("registers.bulk.not_taken")
    with act(by, "registers.undo", given, chain=given.agency.chain, rows=given.good, digest=given.digest):
        done = given.change(seen, state="undoing", undone_because=reason)
        # Asked after the flip: who changes a row from now on does not find it any more.
        changed = register_of(given).every.filter(brought=given).exclude(version=1).count()
        if changed:
            raise InvalidInput("registers.bulk.rows_changed", changed=changed)
        return done


def settle_look(given: Import, looked: Looked, now: datetime) -> None:
    """Write what looking through showed, and tell who brought the sheet."""
    error = looked.error
    if error is None and not looked.rows:
        error = InvalidInput("registers.bulk.no_rows")
    with act(
        SWEEP, "registers.look_through", given, chain=given.agency.chain, code=error.code if error else ""
    ) as done:
        values: dict[str, Any] = {
            "heads": list(looked.heads), "unused": list(looked.unused), "rows": looked.rows, "refused": looked.refused,
            "doubles": looked.doubles, "skipped": looked.skipped, "good": looked.rows - looked.refused,
        }  # fmt: skip
        if error is not None:
            values = {"state": "unreadable", "code": error.code, "message": sentence(error, "zh"), "ended_at": now}
        else:
            done.result |= {"rows": looked.rows, "refused": looked.refused}
            values |= {"state": "checked", "checked": files.record(looked.checked) if looked.checked else None}
        given.change(given.version, **values)
    _tell(given, given.by, "registers.bulk.told_unreadable" if error else "registers.bulk.told_checked")


def settle_take(given: Import, now: datetime) -> None:
    """Let the staged rows appear, all at once; where one of a whole sheet is a double by now, none does and it is looked through anew."""
    late = given.refusals.count() - given.refused
    if late and given.whole:
        given.change(given.version, state="clearing", checked=None)
        return
    staged = register_of(given).every.filter(brought=given)
    count = staged.count()
    with act(SWEEP, "registers.take", given, chain=given.agency.chain, digest=given.digest, rows=count) as done:
        done.result |= {"last": given.reached, "refused": given.refused + late, "by": given.confirmed_by}
        doubles = given.refusals.filter(double=True).count()
        given.change(
            given.version,
            state="taken",
            good=count,
            refused=given.refused + late,
            doubles=doubles,
            ended_at=now,
            checked=None,
        )
    transaction.on_commit(statistics.gather)
    _tell(given, given.confirmed_by, "registers.bulk.told_taken")


def give_up_taking(given: Import) -> None:
    """Take the staged rows of an import away that failed again and again."""
    error = InvalidInput("registers.bulk.gave_up")
    given.change(given.version, state="clearing", code=error.code, message=sentence(error, "zh"), checked=None)


def settle_clear(given: Import, now: datetime) -> None:
    """After the staged rows are gone: look through anew, or say that it cannot be."""
    if given.code:
        with act(SWEEP, "registers.give_up", given, chain=given.agency.chain, code=given.code):
            given.change(given.version, state="unreadable", ended_at=now)
        _tell(given, given.by, "registers.bulk.told_unreadable")
        return
    with act(SWEEP, "registers.look_again", given, chain=given.agency.chain):
        given.change(given.version, state="pending", round=given.round + 1)


def settle_undo(given: Import, now: datetime) -> None:
    """After its rows are struck: they are to be read in the office again, as struck."""
    kept = register_of(given).every.filter(brought=given, struck_at=None).count()
    with act(SWEEP, "registers.struck_all", given, chain=given.agency.chain, rows=given.good - kept):
        given.change(given.version, state="undone", ended_at=now)
    _tell(given, given.by, "registers.bulk.told_undone")


def _tell(given: Import, user: str, code: str) -> None:
    title = messages.text(code, "zh", good=given.good, refused=given.refused)
    cause, address = f"{code}:{given.key}.{given.round}", reverse("registers:import", args=[given.key])
    notify(user, title, cause=cause, address=address)
