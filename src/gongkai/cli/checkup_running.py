"""Looking over what an installation keeps: database, clock, audit, sweep, mails, storage, administrators."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from gongkai.cli.checkup import Check, State, check
from gongkai.cli.installation import behind, set_up

ASIDE, WRONG = timedelta(minutes=1), timedelta(minutes=10)
"""How far the clock may be from the database's before it is said, and before it must not be."""
_NOW = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400",
}
LATE = timedelta(days=2)
"""After which the daily proof of the audit counts as left out."""
SILENT = 60
"""Seconds after which a sweep that ticks every two seconds counts as stopped."""


def running() -> Iterator[Check]:
    """Look at the database first; what stands in it is left out where it does not answer or is behind."""
    set_up()
    from django.db import Error, connection

    try:
        with connection.cursor():
            version = ".".join(str(part) for part in connection.get_database_version())
        pending = behind()
    except Error as error:
        yield check("database", "error", "silent", kind=type(error).__name__)
        yield _storage()
        return
    if pending:
        yield check("database", "warning", "behind", engine=connection.display_name, version=version, number=pending)
        yield _storage()
        return
    yield check("database", "good", "good", engine=connection.display_name, version=version)
    yield from _statistics()
    yield from (_clock(), _audit(), _sweep(), _search(), _storage(), _mail(), _administrators())


def _statistics() -> Iterator[Check]:
    """Whether the server keeps up with what it knows of its tables; said only where it does not."""
    from gongkai.web.settings.statistics import gathers_by_itself

    if not gathers_by_itself():
        yield check("statistics", "notice", "by_day")


def _clock() -> Check:
    """Against the database's clock, and against the newest act: one of them shows a clock that was set wrong."""
    from django.db import connection
    from django.db.models import Max
    from django.utils import timezone

    from gongkai.web.audit.models import Entry

    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        there = datetime.fromtimestamp(float(cursor.fetchone()[0]), UTC)
    apart = abs(timezone.now() - there)
    newest = Entry.objects.aggregate(at=Max("at"))["at"]
    if newest is not None and newest - timezone.now() > ASIDE:
        apart = max(apart, newest - timezone.now())
    if apart <= ASIDE:
        return check("clock", "good", "good")
    state: State = "error" if apart > WRONG else "warning"
    return check("clock", state, "apart", seconds=int(apart.total_seconds()))


def _audit() -> Check:
    from django.utils import timezone

    from gongkai.web.audit.heads import broken_ends
    from gongkai.web.audit.models import Chain, Entry

    broken = broken_ends()
    if broken:
        return check("audit", "error", "broken", chains=len(broken), first=broken[0])
    newest = Entry.objects.filter(chain="system", verb="audit.export_heads").order_by("-number").first()
    if newest is None:
        return check("audit", "notice", "never", chains=Chain.objects.count())
    day = timezone.localtime(newest.at).date()
    if newest.result["broken"]:
        return check("audit", "error", "failed", day=day, first=newest.result["broken"][0])
    state: State = "warning" if timezone.now() - newest.at > LATE else "good"
    return check("audit", state, "late" if state == "warning" else "good", chains=Chain.objects.count(), day=day)


def _sweep() -> Check:
    from gongkai.web.notices.beat import last

    beat = last()
    if beat is None:
        return check("sweep", "warning", "never")
    silent = int(time.time() - beat)
    return (
        check("sweep", "warning", "silent", minutes=silent // 60)
        if silent > SILENT
        else check("sweep", "good", "good")
    )


def _search() -> Check:
    from gongkai.web.search import index
    from gongkai.web.search.sources import SOURCES

    if not index.folder().is_dir():
        return check("search", "notice", "absent")
    try:
        number = -1 if index.is_damaged() else index.Index().number()
    except index.Unusable:
        number = -1
    if number < 0:
        return check("search", "warning", "damaged")
    public = sum(source.public().count() for source in SOURCES)
    if public != number:
        return check("search", "notice", "behind", number=number, public=public)
    return check("search", "good", "good", number=number)


def _storage() -> Check:
    from gongkai.errors import GongkaiError
    from gongkai.web.files.store import store

    try:
        store().check()
    except GongkaiError as error:
        return check("storage", "error", "closed", reason=error.facts.get("why", error.code))
    except OSError as error:
        return check("storage", "error", "closed", reason=type(error).__name__)
    return check("storage", "good", "good")


def _mail() -> Check:
    from gongkai.web.notices.queries import outgoing

    standing = outgoing("mail")
    if standing.failed:
        return check("mail", "warning", "failed", failed=standing.failed)
    if not standing.can_send:
        return check("mail", "notice", "none", queued=standing.queued)
    return check("mail", "good", "good", queued=standing.queued)


def _administrators() -> Check:
    from gongkai.web.accounts.models import ADMINISTRATORS, User

    there = User.objects.filter(is_active=True, password_changed_at__isnull=False).exclude(administrator="")
    missing = len(ADMINISTRATORS) - there.values("administrator").distinct().count()
    if missing:
        return check("administrators", "warning", "missing", number=missing)
    return check("administrators", "good", "good")
