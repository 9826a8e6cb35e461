"""What the sweep does once a day: proving the audit and exporting its ends, and forgetting what has expired."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from gongkai import messages
from gongkai.web.accounts import invitations, tries
from gongkai.web.accounts.models import User
from gongkai.web.audit import heads, kept
from gongkai.web.audit.actor import SWEEP
from gongkai.web.audit.chain import Verdict, act, verify
from gongkai.web.audit.queries import chains
from gongkai.web.files.collection import collect_contents, collect_records
from gongkai.web.notices import actions
from gongkai.web.notices.effects import Effect
from gongkai.web.notices.models import Done
from gongkai.web.pages.stored import forget_all
from gongkai.web.settings import declared, statistics

logger = logging.getLogger("gongkai.daily")
CHAIN = "system"
EXPORTED = "audit.export_heads"
MOST_MAILED = 2000
"""Chains whose ends are written into a mail; of more the mail holds the digest of the export."""


class Proof(NamedTuple):
    """What proving all chains showed: how many there are, and those that do not hold."""

    chains: int
    broken: list[Verdict]


def daily(name: str) -> Callable[[datetime], Iterator[str]]:
    """Return what is due of an effect: today in Asia/Shanghai, until it is done today."""

    def due(now: datetime) -> Iterator[str]:
        today = timezone.localdate(now).isoformat()
        if not Done.objects.filter(key=f"{name}:{today}").exists():
            yield today

    return due


def prove(_key: str) -> Proof:
    """Prove every chain, also against the newest export."""
    known = kept.newest()
    names = sorted({*chains(), *known})
    # One that does not hold is proved again: an act may have been written while it was read.
    broken = [name for name in names if not verify(name, known.get(name)).whole]
    again = [verify(name, known.get(name)) for name in broken]
    return Proof(len(names), [verdict for verdict in again if not verdict.whole])


def export(day: str, now: datetime, proof: Proof) -> None:
    """Write the day's export, keep as many as are wanted, mail it where that is wanted, and raise the alarm."""
    del now
    lines = list(heads.export(without={one.chain for one in proof.broken}, instead=kept.newest()))
    kept.write(date.fromisoformat(day), lines)
    kept.forget(declared.number("GONGKAI_HEADS_KEPT"))
    with act(
        SWEEP,
        "audit.export_heads",
        None,
        chain=CHAIN,
        chains=proof.chains,
        broken=[one.chain for one in proof.broken],
    ):
        _mail(day, lines)
        if proof.broken:
            logger.error("audit.broken", extra={"number": len(proof.broken), "chain": proof.broken[0].chain})
            _alarm(day, proof)


def forget_tries(_key: str, _now: datetime, _prepared: Any) -> None:
    """Delete counters of tries that no longer count."""
    _recorded("accounts.forget_tries", tries.forget_expired)


def forget_sessions(_key: str, now: datetime, _prepared: Any) -> None:
    """Delete sessions whose time is over."""
    _recorded("accounts.forget_sessions", lambda: Session.objects.filter(expire_date__lt=now).delete()[0])


def forget_invitations(_key: str, now: datetime, _prepared: Any) -> None:
    """Delete links that nobody can use any more."""
    _recorded("accounts.forget_invitations", lambda: invitations.forget_expired(now))


def forget_pages(_key: str, _now: datetime, _prepared: Any) -> None:
    """Delete rendered pages: those of yesterday, and those of what is no longer public."""
    forget_all()


def gather_statistics(_key: str, _now: datetime, _prepared: Any) -> None:
    """Let the database see how its tables have grown."""
    statistics.gather()


def collect_records_of_files(_key: str, now: datetime, contents: Any) -> None:
    """Delete records of files that nothing uses."""
    if (records := collect_records(now)) or contents:
        with act(SWEEP, "files.collect", None, chain=CHAIN, records=records, contents=contents):
            pass


def _recorded(verb: str, forget: Callable[[], int]) -> None:
    """Forget something, and record how much it was where it was anything."""
    if number := forget():
        with act(SWEEP, verb, None, chain=CHAIN, number=number):
            pass


def _mail(day: str, lines: list[str]) -> None:
    recipient = declared.text("GONGKAI_HEADS_MAIL")
    if not recipient:
        return
    written = "".join(f"{line}\n" for line in lines)
    digest = hashlib.sha256(written.encode()).hexdigest()
    body = messages.text("notices.heads_body", "zh", day=day, number=len(lines), digest=digest)
    if len(lines) <= MOST_MAILED:
        body = f"{body}\n\n{written}"
    actions.mail(recipient, messages.text("notices.heads_subject", "zh", day=day), body, cause=f"{EXPORTED}:{day}")


def _alarm(day: str, proof: Proof) -> None:
    title = messages.text("notices.audit_broken", "zh", number=len(proof.broken), first=proof.broken[0].chain)
    for user in User.objects.filter(administrator="audit", is_active=True):
        actions.notify(user.key, title, cause=f"audit.broken:{day}", address=reverse("accounts:audit_verify"))


LONG = timedelta(minutes=30)
EFFECTS = (
    Effect(EXPORTED, daily(EXPORTED), export, prove, lease=LONG),
    Effect("accounts.forget_tries", daily("accounts.forget_tries"), forget_tries),
    Effect("accounts.forget_sessions", daily("accounts.forget_sessions"), forget_sessions),
    Effect("accounts.forget_invitations", daily("accounts.forget_invitations"), forget_invitations),
    Effect("pages.forget", daily("pages.forget"), forget_pages),
    Effect("database.statistics", daily("database.statistics"), gather_statistics),
    Effect(
        "files.collect",
        daily("files.collect"),
        collect_records_of_files,
        lambda _key: collect_contents(timezone.now()),
        lease=LONG,
    ),
)
