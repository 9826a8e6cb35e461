"""The shape of the tree: agencies founded, moved, merged, split and dissolved, and the office put in charge of a region.

Whoever changes the shape holds the tree until the transaction ends, so that two changes, each good alone, never make a
ring or a second root together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from gongkai.errors import InvalidInput
from gongkai.web.agencies import policies, queries, tree
from gongkai.web.agencies.actions.held import held_tree
from gongkai.web.agencies.actions.naming import between, reasoned
from gongkai.web.agencies.models import Agency, Edge, Name, Succession, Tree
from gongkai.web.agencies.models.words import SEVERAL
from gongkai.web.agencies.naming import Naming
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.audit.record import new_key

PERMISSION = "tree"


@dataclass(frozen=True, slots=True)
class Place:
    """A place under another agency, by the kind of edge."""

    kind: str
    parent: Agency


@dataclass(frozen=True, slots=True)
class Founding:
    """An agency to be founded: its name and codes, what it is, and its places in the tree."""

    naming: Naming
    kind: str
    level: str
    places: tuple[Place, ...] = ()
    line: str = ""
    outside: bool = False


def found(founding: Founding, *, since: date, by: Actor) -> Agency:
    """Found an agency from a day on.

    Raises InvalidInput for a wrong name or code, a second root, an agency of the tree without a place in it, and a place
    under an agency that does not exist on that day.
    """
    policies.demand(by, PERMISSION, None, queries.today())
    agency = _new(founding)
    with act(by, "agencies.found", agency, chain=agency.chain) as done, held_tree() as held:
        enter(held, agency, founding, since)
        done.result.update(since=since.isoformat(), kind_of=agency.kind, level=agency.level, **_named(agency))
    return agency


def move(
    agency: Agency, *, kind: str, parent: Agency | None, since: date, by: Actor, seen: int, leaves: Edge | None = None
) -> Agency:
    """Put an agency under another from a day on, in place of the one it stood under in the same way; or under none.

    Of the kind of which there may be several, `leaves` names the edge that ends. Raises InvalidInput for a ring, for an
    agency that would stand nowhere, for a day not after that of the last edge, and for a parent that does not exist
    then; Stale.
    """
    policies.demand(by, PERMISSION, agency, queries.today())
    with act(by, "agencies.move", agency, chain=agency.chain) as done, held_tree() as held:
        agency.change(seen)
        last = _leaving(agency, kind, leaves)
        if last is None and parent is None:
            raise InvalidInput("agencies.nothing_to_leave")
        if last is not None:
            if parent is not None and last.parent_id == parent.pk:
                raise InvalidInput("agencies.unchanged", agency=queries.standing(agency, since).name)
            _end(last, since)
        if parent is not None:
            place(agency, Place(kind, parent), since)
        _stands(held, agency)
        done.result.update(kind_of=kind, since=since.isoformat(), parent=parent.key if parent else None)
    return agency


def merge(agencies: Sequence[Agency], *, into: Agency, on: date, by: Actor, seen: Sequence[int]) -> Agency:
    """End agencies on a day; another takes over their duties and whatever stood below them.

    Raises InvalidInput where an agency is merged into itself or one of them has ended; Stale, and then none is merged.
    """
    policies.demand(by, PERMISSION, None, queries.today())
    if not agencies or any(agency.pk == into.pk for agency in agencies):
        raise InvalidInput("agencies.into_itself")
    with act(by, "agencies.take_over", into, chain=into.chain, since=on.isoformat()) as done, held_tree() as held:
        done.result["from"] = [agency.key for agency in agencies]
        for agency, version in zip(agencies, seen, strict=True):
            with act(by, "agencies.merge", agency, chain=agency.chain, since=on.isoformat(), into=into.key):
                agency.change(version)
                _hand_down(held, agency, into, on)
                _succeed(agency, into, "merged", on)
                _close(held, agency, on)
    return into


def split(
    agency: Agency, *, into: Sequence[Founding], on: date, goes_on: bool, by: Actor, seen: int
) -> tuple[Agency, ...]:
    """Found agencies on a day that take over duties of another, which goes on or ends.

    What stands below one that ends goes to the first of them. Raises InvalidInput as `found` does; Stale.
    """
    policies.demand(by, PERMISSION, agency, queries.today())
    if not into:
        raise InvalidInput("agencies.split_into_none")
    made = tuple(_new(founding) for founding in into)
    with act(by, "agencies.split", agency, chain=agency.chain, since=on.isoformat()) as done, held_tree() as held:
        agency.change(seen)
        for new, founding in zip(made, into, strict=True):
            with act(by, "agencies.found", new, chain=new.chain, since=on.isoformat(), origin=agency.key):
                enter(held, new, founding, on)
                _succeed(agency, new, "split", on)
        if not goes_on:
            _hand_down(held, agency, made[0], on)
            _close(held, agency, on)
        done.result.update(into=[new.key for new in made], goes_on=goes_on)
    return made


def dissolve(
    agency: Agency, *, on: date, reason: str, by: Actor, seen: int, successor: Agency | None = None
) -> Agency:
    """End an agency on a day, with the one that takes over its duties, if any does.

    Raises InvalidInput without a reason and while others stand below it; Stale.
    """
    policies.demand(by, PERMISSION, agency, queries.today())
    why = reasoned(reason)
    with act(by, "agencies.dissolve", agency, chain=agency.chain, reason=why) as done, held_tree() as held:
        agency.change(seen)
        below = _below(agency, on).count()
        if below:
            raise InvalidInput("agencies.has_children", agency=queries.standing(agency, on).name, number=below)
        if successor is not None and successor.pk == agency.pk:
            raise InvalidInput("agencies.into_itself")
        if successor is not None:
            _succeed(agency, successor, "taken_over", on)
        _close(held, agency, on)
        done.result.update(since=on.isoformat(), successor=successor.key if successor else None)
    return agency


def correct_edge(agency: Agency, *, edge: Edge, since: date, reason: str, by: Actor, seen: int) -> Agency:
    """Put right the first day of an edge that was mistyped; the one before it in the same way ends where it then begins.

    Raises InvalidInput without a reason, for a day outside the life of either agency or of the edge before; Stale.
    """
    policies.demand(by, PERMISSION, agency, queries.today())
    why = reasoned(reason)
    with act(by, "agencies.correct_edge", agency, chain=agency.chain, reason=why) as done, held_tree():
        agency.change(seen)
        edge = agency.parents.get(pk=edge.pk)
        before = agency.parents.filter(kind=edge.kind, until=edge.since).first()
        lowest = max(_begun(agency), _begun(edge.parent))
        if before:
            lowest = max(lowest, before.since + timedelta(days=1))
        between(since, lowest, edge.until - timedelta(days=1) if edge.until else date.max)
        if tree.closes_ring(agency.pk, edge.parent_id, since):
            raise _ring(agency, edge.parent, since)
        done.result.update(kind_of=edge.kind, was=edge.since.isoformat(), since=since.isoformat())
        if before:
            before.until = since
            before.save(update_fields=["until"])
        edge.since = since
        edge.save(update_fields=["since"])
    return agency


def put_in_charge(office: Agency, *, in_charge: bool, by: Actor, seen: int) -> Agency:
    """Put an office in charge of disclosure in the region of the government it belongs to, or take it out (Art 3).

    Raises InvalidInput where it belongs to no government or another office is in charge there; Stale.
    """
    today = queries.today()
    policies.demand(by, PERMISSION, office, today)
    with act(by, "agencies.put_in_charge", office, chain=office.chain, in_charge=in_charge), held_tree():
        office.change(seen, supervises=in_charge)
        if in_charge:
            above = office.parents.filter(kind="region", until__isnull=True).select_related("parent").first()
            if above is None:
                raise InvalidInput("agencies.no_government", agency=queries.standing(office, today).name)
            _alone_in_charge(office, above.parent)
    return office


def enter(held: Tree, agency: Agency, founding: Founding, since: date) -> None:
    """Write a new agency with its first name and its places. The tree must be held."""
    naming = founding.naming.checked()
    naming.free(None)
    agency.save(force_insert=True)
    Name.objects.create(agency=agency, since=since, **naming.values())
    for given in founding.places:
        place(agency, given, since)
    if not agency.outside and held.root_id is None:
        held.root = agency
        held.save(update_fields=["root"])
    _stands(held, agency)


def place(agency: Agency, given: Place, since: date) -> Edge:
    """Write an edge. Raises InvalidInput for a ring, a parent that does not exist then, and one of the wrong kind."""
    parent = given.parent
    if agency.outside and not parent.outside:
        raise InvalidInput("agencies.outside_below", agency=queries.standing(parent, since).name)
    between(since, max(_begun(agency), _begun(parent)), _ends(parent))
    if parent.pk == agency.pk or tree.closes_ring(agency.pk, parent.pk, since):
        raise _ring(agency, parent, since)
    standing = agency.parents.filter(Q(until__isnull=True) | Q(until__gt=since), kind=given.kind)
    if given.kind == SEVERAL:
        standing = standing.filter(parent=parent)
    if standing.exists():
        raise InvalidInput("agencies.place_taken", agency=queries.standing(agency, since).name)
    if agency.supervises and given.kind == "region":
        _alone_in_charge(agency, parent)
    return Edge.objects.create(child=agency, parent=parent, kind=given.kind, since=since)


def _new(founding: Founding) -> Agency:
    return Agency(
        key=new_key(), kind=founding.kind, level=founding.level, line=founding.line, outside=founding.outside
    )


def _ring(agency: Agency, parent: Agency, since: date) -> InvalidInput:
    names = (queries.standing(agency, since).name, queries.standing(parent, since).name)
    return InvalidInput("agencies.ring", agency=names[0], parent=names[1])


def _alone_in_charge(office: Agency, government: Agency) -> None:
    offices = Agency.objects.filter(
        supervises=True, dissolved__isnull=True, parents__parent=government,
        parents__kind="region", parents__until__isnull=True,
    )  # fmt: skip
    other = offices.exclude(pk=office.pk).first()
    if other is not None:
        raise InvalidInput("agencies.other_in_charge", agency=queries.standing(other, queries.today()).name)


def _stands(held: Tree, agency: Agency) -> None:
    """Refuse an agency of the tree that stands under none of it, unless it is the root; and a root that stands under one."""
    above = agency.parents.filter(until__isnull=True, parent__outside=False).exists()
    if agency.outside or above is (held.root_id != agency.pk):
        return
    if held.root_id == agency.pk:
        raise InvalidInput("agencies.root_below", agency=queries.standing(agency, queries.today()).name)
    top = held.root
    raise InvalidInput(
        "agencies.second_root", agency=queries.standing(top, queries.today()).name if top is not None else "—"
    )


def _leaving(agency: Agency, kind: str, leaves: Edge | None) -> Edge | None:
    open_edges = agency.parents.filter(kind=kind, until__isnull=True)
    if kind == SEVERAL:
        return open_edges.get(pk=leaves.pk) if leaves is not None else None
    return open_edges.first()


def _end(edge: Edge, on: date) -> None:
    between(on, edge.since + timedelta(days=1), date.max)
    edge.until = on
    edge.save(update_fields=["until"])


def _hand_down(held: Tree, agency: Agency, to: Agency, on: date) -> None:
    """Put what stands below an agency under another, in the same way."""
    for edge in _below(agency, on):
        _end(edge, on)
        child = edge.child
        taken = child.pk == to.pk or child.parents.filter(parent=to, kind=edge.kind, until__isnull=True).exists()
        if not taken:
            place(child, Place(edge.kind, to), on)
        _stands(held, child)
        Agency.objects.filter(pk=child.pk).update(version=F("version") + 1)


def _below(agency: Agency, on: date) -> QuerySet[Edge]:
    """The edges to what stands below an agency and has not ended, now or later."""
    exists = Q(child__dissolved__isnull=True) | Q(child__dissolved__gt=on)
    return agency.children.filter(exists, until__isnull=True).select_related("child")


def _succeed(agency: Agency, successor: Agency, way: str, on: date) -> None:
    between(on, _begun(successor), _ends(successor))
    Succession.objects.create(predecessor=agency, successor=successor, way=way, since=on)


def _close(held: Tree, agency: Agency, on: date) -> None:
    """End an agency: its name ends, its last place stays known, so that those above still find its records."""
    last = agency.names.filter(until__isnull=True).first()
    if last is None:
        raise InvalidInput("agencies.ended", agency=queries.standing(agency, on).name)
    between(on, last.since + timedelta(days=1), date.max)
    last.until = on
    last.save(update_fields=["until"])
    agency.dissolved = on
    agency.save(update_fields=["dissolved"])
    if held.root_id == agency.pk:
        held.root = None
        held.save(update_fields=["root"])


def _begun(agency: Agency) -> date:
    return min(agency.names.values_list("since", flat=True), default=date.min)


def _ends(agency: Agency) -> date:
    """The last day on which something can begin under an agency."""
    return agency.dissolved - timedelta(days=1) if agency.dissolved else date.max


def _named(agency: Agency) -> dict[str, str]:
    name = agency.names.get()
    return {"name": name.name, "region_code": name.region_code, "unified_code": name.unified_code}
