"""A list: brought by an officer, looked through, confirmed, entered as one, dropped, undone as one."""

from __future__ import annotations

from datetime import datetime
from typing import IO

from django.db import IntegrityError
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.refusals import sentence
from gongkai.web.audit.actor import SWEEP, Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.notices.actions import notify
from gongkai.web.publications import policies
from gongkai.web.publications.actions.held import said
from gongkai.web.publications.channels.bulk.models import LIVE, RefusedShowing, ShowingImport
from gongkai.web.publications.channels.bulk.sheet import Line, Looked, mark_doubles
from gongkai.web.publications.channels.models import Channel, Showing


def bring(content: IO[bytes] | bytes, name: str, *, channel: Channel, by: Actor) -> tuple[ShowingImport, bool]:
    """Keep a list for a channel and let it wait to be looked through; nothing is entered.

    Return the import, and whether the same file was there before: then it is that one, and nothing happens.
    """
    policies.demand(by, policies.PREPARE, channel.agency)
    kept = files.put(content, name)
    same = ShowingImport.objects.filter(channel=channel, digest=kept.digest, state__in=LIVE)
    if (before := same.first()) is not None:
        return before, True
    try:
        with act(
            by, "publications.bring", None, chain=channel.agency.chain, kind="publications.showingimport",
            digest=kept.digest,
        ) as done:  # fmt: skip
            given = ShowingImport.objects.create(
                channel=channel, file=files.record(kept), digest=kept.digest, by=by.key
            )
            done.result["key"] = given.key
            return given, False
    except IntegrityError:
        # Two gave it at once: the other was first.
        if (before := same.first()) is None:
            raise
        return before, True


def confirm(given: ShowingImport, *, good_alone: bool, by: Actor, seen: int) -> ShowingImport:
    """Have the rows entered that were found good, by somebody who has seen the report. Raises InvalidInput, Stale.

    Where rows were refused it must be said that the good ones alone are wanted.
    """
    policies.demand(by, policies.PREPARE, given.agency)
    if given.state != "checked" or not given.good:
        raise InvalidInput("publications.channels.sheet.not_checked")
    if given.refused and not good_alone:
        raise InvalidInput("publications.channels.sheet.refused_left", refused=given.refused)
    with act(
        by, "publications.confirm_import", given, chain=given.agency.chain, rows=given.good, refused=given.refused
    ):
        return given.change(seen, state="taking", whole=not given.refused, confirmed_by=by.key)


def drop(given: ShowingImport, *, by: Actor, seen: int) -> ShowingImport:
    """Let a list be that was not entered; it can be brought again. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, given.agency)
    if given.state not in ("pending", "checked", "unreadable"):
        raise InvalidInput("publications.channels.sheet.not_open")
    with act(by, "publications.drop_import", given, chain=given.agency.chain):
        return given.change(seen, state="dropped")


def undo(given: ShowingImport, *, reason: str, by: Actor, seen: int) -> ShowingImport:
    """Strike all that came with a list, as one, while nobody has changed any of it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, given.agency)
    reason = said(reason)
    if given.state != "taken":
        raise InvalidInput("publications.channels.sheet.not_taken")
    brought = Showing.objects.filter(brought=given)
    with act(by, "publications.undo_import", given, chain=given.agency.chain, rows=given.good, digest=given.digest):
        done = given.change(seen, state="undone", undone_because=reason)
        struck = brought.filter(version=1, struck_at=None).update(
            struck_at=timezone.now(), struck_because=reason, version=F("version") + 1
        )
        if changed := brought.count() - struck:
            raise InvalidInput("publications.channels.sheet.rows_changed", changed=changed)
        return done


def settle_look(given: ShowingImport, looked: Looked, _now: datetime) -> None:
    """Write what looking through showed, with the rows that cannot be entered, and tell who brought the list."""
    mark_doubles(looked.lines, given.channel)
    wrong = [line for line in looked.lines if line.wrong]
    good = [line for line in looked.lines if not line.wrong]
    error = looked.error
    with act(
        SWEEP, "publications.look_through", given, chain=given.agency.chain, rows=len(looked.lines),
        refused=len(wrong), code=error.code if error else "",
    ):  # fmt: skip
        given.refusals.all().delete()
        _refuse(given, wrong)
        if error is not None:
            given.change(given.version, state="unreadable", code=error.code, message=sentence(error, "zh"))
        else:
            given.change(
                given.version, state="checked", heads=looked.heads, unused=looked.unused, rows=len(looked.lines),
                good=len(good), refused=len(wrong), doubles=sum(line.double for line in wrong),
                matched=sum(line.document is not None for line in good),
            )  # fmt: skip
    _tell(given, given.by, "told_unreadable" if error else "told_checked")


def settle_take(given: ShowingImport, looked: Looked, _now: datetime) -> None:
    """Enter the good rows, all at once; where one of a whole list is a double by now, none is and it is looked through anew."""
    mark_doubles(looked.lines, given.channel)
    wrong = [line for line in looked.lines if line.wrong]
    good = [line for line in looked.lines if not line.wrong]
    if looked.error is not None or not good or (given.whole and wrong):
        with act(SWEEP, "publications.look_again", given, chain=given.agency.chain):
            given.change(given.version, state="pending", round=given.round + 1)
        return
    with act(
        SWEEP, "publications.take", given, chain=given.agency.chain, digest=given.digest, rows=len(good),
        refused=len(wrong), last=good[-1].number,
    ) as done:  # fmt: skip
        done.result["by"] = given.confirmed_by
        given.refusals.all().delete()
        _refuse(given, wrong)
        Showing.objects.bulk_create([_entry(given, line) for line in good], batch_size=500)
        given.change(
            given.version, state="taken", good=len(good), refused=len(wrong),
            doubles=sum(line.double for line in wrong), matched=sum(line.document is not None for line in good),
        )  # fmt: skip
    _tell(given, given.confirmed_by, "told_taken")


def give_up(given: ShowingImport, _now: datetime) -> None:
    """Say of a list that failed again and again that it cannot be entered; nothing of it is."""
    error = InvalidInput("publications.channels.sheet.gave_up")
    with act(SWEEP, "publications.give_up", given, chain=given.agency.chain, code=error.code):
        given.change(given.version, state="unreadable", code=error.code, message=sentence(error, "zh"))
    _tell(given, given.by, "told_unreadable")


def _entry(given: ShowingImport, line: Line) -> Showing:
    return Showing(
        channel=given.channel, document_id=line.document, title="" if line.document else line.title,
        shown_on=line.shown_on, link=line.link, by=f"user:{given.confirmed_by}", brought=given,
    )  # fmt: skip


def _refuse(given: ShowingImport, wrong: list[Line]) -> None:
    RefusedShowing.objects.bulk_create(
        [
            RefusedShowing(
                given=given, number=line.number, cells=line.cells, why="\n".join(line.wrong), double=line.double,
                double_of=line.double_of,
            )
            for line in wrong
        ],
        batch_size=500,
    )  # fmt: skip


def _tell(given: ShowingImport, user: str, code: str) -> None:
    title = messages.text(f"publications.channels.sheet.{code}", "zh", good=given.good, refused=given.refused)
    address = reverse("channels:import", args=[given.key])
    notify(user, title, cause=f"channels.{code}:{given.key}.{given.round}", address=address)
