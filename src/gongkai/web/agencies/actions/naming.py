"""Names and codes: given another from a day on, or corrected where they were mistyped. What was, stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from gongkai.errors import InvalidInput
from gongkai.web.agencies import policies, queries
from gongkai.web.agencies.actions.held import held_tree
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.agencies.naming import Naming
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act

PERMISSION = "tree"
_REASON = 500


def rename(agency: Agency, *, name: str, short: str = "", since: date, by: Actor, seen: int) -> Agency:
    """Give an agency another name from a day on; its codes stay.

    Raises InvalidInput for a day not after that of the last name and for a name that is the same; Stale.
    """
    given = replace(_last(agency), name=name, short=short)
    return _supersede(agency, given, "agencies.rename", since=since, by=by, seen=seen)


def recode(agency: Agency, *, region_code: str, unified_code: str, since: date, by: Actor, seen: int) -> Agency:
    """Give an agency other codes from a day on; its name stays.

    Raises InvalidInput as `rename` does, and for a code whose check character is wrong or that another agency has; Stale.
    """
    given = replace(_last(agency), region_code=region_code, unified_code=unified_code)
    return _supersede(agency, given, "agencies.recode", since=since, by=by, seen=seen)


def correct_name(
    agency: Agency, *, row: Name, naming: Naming, since: date, reason: str, by: Actor, seen: int
) -> Agency:
    """Put right a name, a code or its first day that was mistyped; the row before it ends where it then begins.

    Raises InvalidInput without a reason, and for a day that does not lie between the rows before and after; Stale.
    """
    policies.demand(by, PERMISSION, agency, queries.today())
    given, why = naming.checked(), reasoned(reason)
    with act(by, "agencies.correct_name", agency, chain=agency.chain) as done, held_tree():
        agency.change(seen)
        row = agency.names.get(pk=row.pk)
        if row.until is None:
            given.free(agency)
        before = agency.names.filter(until=row.since).first()
        lowest = before.since + timedelta(days=1) if before else date.min
        highest = row.until - timedelta(days=1) if row.until else date.max
        first = None if before else _first_use(agency)
        between(since, lowest, min(highest, first) if first else highest)
        done.result.update(reason=why, was=_written(row), since=since.isoformat(), **given.values())
        if before:
            # One end moves before the other, so that the two never have the same first day.
            before.until = since
            before.save(update_fields=["until"])
        for field, value in given.values().items():
            setattr(row, field, value)
        row.since = since
        row.save()
    return agency


def reasoned(reason: str) -> str:
    """Return a reason without spaces around it. Raises InvalidInput where there is none, or a whole story."""
    given = reason.strip()
    if not given:
        raise InvalidInput("agencies.reason")
    if len(given) > _REASON:
        raise InvalidInput("agencies.too_long", field="理由", longest=_REASON)
    return given


def between(on: date, first: date, last: date) -> None:
    """Go on only with a day that lies between two others, both counted in. Raises InvalidInput."""
    if on < first:
        raise InvalidInput("agencies.too_early", given=on, first=first)
    if on > last:
        raise InvalidInput("agencies.too_late", given=on, last=last)


def _supersede(agency: Agency, naming: Naming, verb: str, *, since: date, by: Actor, seen: int) -> Agency:
    policies.demand(by, PERMISSION, agency, queries.today())
    given = naming.checked()
    with act(by, verb, agency, chain=agency.chain, since=since.isoformat(), **given.values()), held_tree():
        agency.change(seen)
        last = agency.names.filter(until__isnull=True).first()
        if last is None:
            raise InvalidInput("agencies.ended", agency=queries.standing(agency, since).name)
        between(since, last.since + timedelta(days=1), date.max)
        before = Naming(last.name, last.short, last.region_code, last.unified_code)
        if before == given or (verb == "agencies.rename" and last.name == given.name):
            raise InvalidInput("agencies.unchanged", agency=last.name)
        given.free(agency)
        last.until = since
        last.save(update_fields=["until"])
        Name.objects.create(agency=agency, since=since, **given.values())
    return agency


def _last(agency: Agency) -> Naming:
    last = agency.names.order_by("-since").first()
    return Naming(last.name, last.short, last.region_code, last.unified_code) if last else Naming("")


def _first_use(agency: Agency) -> date | None:
    """The first day on which the agency stands somewhere in the tree: it cannot begin later."""
    days = [*agency.parents.values_list("since", flat=True), *agency.children.values_list("since", flat=True)]
    return min(days, default=None)


def _written(row: Name) -> dict[str, str]:
    return {
        "name": row.name,
        "short": row.short,
        "region_code": row.region_code,
        "unified_code": row.unified_code,
        "since": row.since.isoformat(),
    }
