"""Taking a sheet of the tree over: looked through and kept first, then made to hold as a whole, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies import policies, queries
from gongkai.web.agencies.actions.held import held_tree
from gongkai.web.agencies.exchange.lines import Line
from gongkai.web.agencies.exchange.plan import Change, Plan, planned
from gongkai.web.agencies.exchange.sheet import read
from gongkai.web.agencies.models import Agency, Edge, Import, Name, Tree
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.audit.record import Stale, new_key
from gongkai.web.settings import statistics

PERMISSION = "tree"
_KEY = re.compile("[0-9a-hjkmnp-tv-z]{14}")
"""What a key looks like that the platform itself has given."""
CHAIN = "system"
_BATCH = 500


def look_through(content: bytes, file_name: str, *, by: Actor) -> tuple[Import, Plan]:
    """Keep a sheet and return what taking it over would do; nothing of the tree changes.

    Raises InvalidInput for a file that is no such sheet.
    """
    policies.demand(by, PERMISSION, None, queries.today())
    rows = read(content)
    with transaction.atomic():
        tree = Tree.objects.filter(pk=1).first()
        plan = planned(rows)
        given = Import.objects.create(
            by=str(by),
            file_name=file_name[-200:],
            content=content,
            digest=sha256(content).hexdigest(),
            tree=tree.version if tree else 0,
            rows=len(rows),
        )
    return given, plan


def bring_in(given: Import, *, by: Actor, seen: int) -> Plan:
    """Take a sheet over that was looked through: all of it in one transaction, with one entry in the audit.

    Raises InvalidInput where it has problems or was taken over before; Stale where the tree was changed since.
    """
    policies.demand(by, PERMISSION, None, queries.today())
    with act(by, "agencies.bring_in", given, chain=CHAIN) as done, held_tree() as held:
        given.change(seen)
        given.refresh_from_db()
        if given.applied_at is not None:
            raise InvalidInput("agencies.import.applied")
        if held.version != given.tree and not (given.tree == 0 and held.version == 1):
            raise Stale("agencies.import.changed_meanwhile")
        plan = planned(read(bytes(given.content)))
        if plan.problems:
            raise InvalidInput("agencies.import.problems", number=len(plan.problems))
        _write(plan, held, given)
        given.content, given.applied_at = b"", timezone.now()
        given.save(update_fields=["content", "applied_at"])
        transaction.on_commit(statistics.gather)
        done.result.update(
            digest=given.digest, rows=given.rows,
            added=len(plan.added), changed=len(plan.changed), unchanged=plan.unchanged,
        )  # fmt: skip
    return plan


def _write(plan: Plan, held: Tree, given: Import) -> None:
    made = Agency.objects.bulk_create([_agency(line) for line in plan.added], batch_size=_BATCH)
    for line, change in plan.changed:
        _end(line, change)
    by_ref = {agency.key: agency for agency in Agency.objects.iterator()}
    by_ref |= {line.ref: agency for line, agency in zip(plan.added, made, strict=True)}
    renamed = [line for line, change in plan.changed if change.naming]
    names = [
        Name(agency=by_ref[line.ref], since=line.since, **line.naming.values()) for line in [*plan.added, *renamed]
    ]
    Name.objects.bulk_create(names, batch_size=_BATCH)
    Edge.objects.bulk_create(_edges(plan, by_ref), batch_size=_BATCH)
    touched = [by_ref[line.ref] for line in plan.added] + [change.agency for _, change in plan.changed]
    through = Import.agencies.through
    through.objects.bulk_create(
        [through(import_id=given.pk, agency_id=agency.pk) for agency in touched], batch_size=_BATCH
    )
    if held.root_id is None:
        held.root = _top(plan, by_ref)
        held.save(update_fields=["root"])


def _end(line: Line, change: Change) -> None:
    """End what an agency that is there no longer is: its name, its places, its marks."""
    if change.naming:
        Name.objects.filter(agency=change.agency, until__isnull=True).update(until=line.since)
    begins = {place.kind: place.since for place in change.begins}
    for edge in change.ends:
        Edge.objects.filter(pk=edge.pk).update(until=begins[edge.kind])
    Agency.objects.filter(pk=change.agency.pk).update(version=F("version") + 1, **change.marks)


def _edges(plan: Plan, by_ref: Mapping[str, Agency]) -> list[Edge]:
    given = [(line.ref, place) for line in plan.added for place in line.places]
    given += [(line.ref, place) for line, change in plan.changed for place in change.begins]
    return [
        Edge(child=by_ref[ref], parent=by_ref[place.ref], kind=place.kind, since=place.since) for ref, place in given
    ]


def _top(plan: Plan, by_ref: Mapping[str, Agency]) -> Agency | None:
    """The one agency of the tree that stands under none of it."""
    inside = (line for line in plan.added if not line.outside)
    tops = (line for line in inside if all(by_ref[place.ref].outside for place in line.places))
    return next((by_ref[line.ref] for line in tops), None)


def _agency(line: Line) -> Agency:
    key = line.ref if _KEY.fullmatch(line.ref) else new_key()
    return Agency(
        key=key, kind=line.kind, level=line.level, line=line.line, outside=line.outside, supervises=line.supervises
    )
