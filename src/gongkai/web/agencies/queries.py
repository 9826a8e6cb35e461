"""Reading the tree as of a date: names, the root, what stands below and above, what an agency keeps of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency, Edge, FeeAccount, Guide, LocalChoice, Name, Site, Succession, Tree

_TOWNSHIP, _TO_TWELVE = 9, "000"


@dataclass(frozen=True, slots=True)
class Standing:
    """An agency as it is called on a date, with its codes then. Of one that has ended the last name stands."""

    agency: Agency
    name: str
    short: str
    region_code: str
    unified_code: str
    since: date
    until: date | None = None

    @property
    def key(self) -> str:
        """The agency's key."""
        return self.agency.key

    def __str__(self) -> str:
        return self.name


def today() -> date:
    """Return the date in the zone in which dates of law are taken."""
    return timezone.localdate()


def held(on: date, prefix: str = "") -> Q:
    """What dated rows hold on a date: those that have begun and not ended."""
    since, until = f"{prefix}since__lte", f"{prefix}until"
    return Q(**{since: on}) & (Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": on}))


def standing(agency: Agency, on: date) -> Standing:
    """Return what an agency is called on a date; before its first name the first, after its last the last."""
    names = list(agency.names.all())
    fitting = [name for name in names if name.since <= on and (name.until is None or on < name.until)]
    past = [name for name in names if name.since <= on]
    return standing_as(agency, (fitting or past or names[:1])[-1])


def current(agency_key: str, on: date) -> Standing | None:
    """Return the agency with a key as it is called on a date, or nothing where there is none such or not then."""
    name = Name.objects.filter(held(on), agency__key=agency_key).select_related("agency").first()
    return standing_as(name.agency, name) if name else None


def root(on: date) -> Standing | None:
    """Return the agency at the top of the tree on a date, or nothing while there is none."""
    top = Agency.objects.filter(pk__in=Tree.objects.values("root")).first()
    if top is not None:
        name = top.names.filter(held(on)).first()
        return standing_as(top, name) if name else None
    return None


def ever_called(words: str) -> QuerySet[Agency]:
    """Return the agencies in whose name, of whatever date, these words stand."""
    fits = Q(name__icontains=words) | Q(short__icontains=words)
    return Agency.objects.filter(pk__in=Name.objects.filter(fits).values("agency"))


def named(agencies: QuerySet[Agency], on: date) -> QuerySet[Name]:
    """Return the names of agencies as of a date, each with its agency, in the order of their codes and names."""
    return (
        Name.objects.filter(held(on), agency__in=agencies)
        .select_related("agency")
        .order_by("region_code", "unified_code", "name", "agency_id")
    )


def subtree(agency: Agency, on: date, kinds: Sequence[str] = tree.BELONGING) -> QuerySet[Agency]:
    """Return an agency and all below it on a date that exist then, by the kinds of edge named."""
    below = Agency.objects.filter(pk__in=tree.below(agency.pk, on, kinds))
    return below.filter(Q(dissolved__isnull=True) | Q(dissolved__gt=on))


def ancestors(agency: Agency, on: date, kinds: Sequence[str] = tree.BELONGING) -> list[Agency]:
    """Return all above an agency on a date, the nearest first; itself is not among them."""
    depth = tree.depths(agency.pk, on, kinds)
    found = Agency.objects.filter(pk__in=depth.keys() - {agency.pk})
    return sorted(found, key=lambda above: (depth[above.pk], above.pk))


def way_up(agency: Agency, on: date) -> list[Standing]:
    """Return the one way from the top of the tree down to an agency, by the government and else by the department above."""
    found, at = [agency.pk], agency.pk
    edges: dict[int, list[tuple[int, int]]] = {child: [] for child in tree.depths(agency.pk, on)}
    order = {kind: place for place, kind in enumerate(tree.BELONGING)}
    for edge in Edge.objects.filter(held(on), child__in=edges, kind__in=tree.BELONGING, parent__outside=False):
        edges[edge.child_id].append((order[edge.kind], edge.parent_id))
    while edges.get(at) and len(found) <= tree.DEEPEST:
        at = min(edges[at])[1]
        found.append(at)
    by_id = {above.pk: above for above in Agency.objects.filter(pk__in=found).prefetch_related("names")}
    return [standing(by_id[pk], on) for pk in reversed(found)]


def children(agency: Agency, on: date, kinds: Sequence[str] = tree.BELONGING) -> QuerySet[Name]:
    """Return the names of the agencies right below one on a date, by the kinds of edge named."""
    edges = Edge.objects.filter(held(on), parent=agency, kind__in=kinds)
    return named(Agency.objects.filter(pk__in=edges.values("child")), on)


def parents(agency: Agency, on: date) -> list[tuple[Edge, Standing]]:
    """Return every edge by which an agency stands under another on a date, with what that one is called then."""
    edges = agency.parents.filter(held(on)).select_related("parent").prefetch_related("parent__names")
    return [(edge, standing(edge.parent, on)) for edge in edges]


def with_children(agencies: Sequence[int], on: date, kinds: Sequence[str] = tree.BELONGING) -> set[int]:
    """Return which of some agencies, by id, have others below them on a date."""
    edges = Edge.objects.filter(held(on), parent__in=agencies, kind__in=kinds, child__dissolved__isnull=True)
    return set(edges.values_list("parent_id", flat=True).distinct())


def supervising_office(agency: Agency, on: date) -> Standing | None:
    """Return the office in charge of disclosure for an agency on a date: that of the nearest government above that has one."""
    depth = tree.depths(agency.pk, on)
    offices = Edge.objects.filter(held(on), parent__in=depth, kind="region", child__supervises=True)
    known = offices.filter(Q(child__dissolved__isnull=True) | Q(child__dissolved__gt=on)).select_related("child")
    nearest = min(known, key=lambda edge: (depth[edge.parent_id], edge.pk), default=None)
    return standing(nearest.child, on) if nearest is not None else None


def region_of(agency: Agency, on: date) -> str:
    """Return the region's code of an agency on a date, or that of the nearest agency above it that has one."""
    depth = tree.depths(agency.pk, on)
    coded = Name.objects.filter(held(on), agency__in=depth).exclude(region_code="")
    nearest = min(coded, key=lambda name: (depth[name.agency_id], name.agency_id), default=None)
    return nearest.region_code if nearest else ""


def in_law(region_code: str) -> str:
    """Return a region's code in pairs of digits, as the law is asked by it: that of a township has nine digits, or twelve."""
    return f"{region_code}{_TO_TWELVE}" if len(region_code) == _TOWNSHIP else region_code


def succession(agency: Agency) -> tuple[list[Succession], list[Succession]]:
    """Return from whom an agency took over, and who took over from it, in the order of time."""
    related = Succession.objects.select_related("predecessor", "successor")
    return list(related.filter(successor=agency)), list(related.filter(predecessor=agency))


def guide(agency: Agency) -> Guide:
    """Return an agency's guide; one that was never kept is blank, with the version 0."""
    return Guide.objects.filter(agency=agency).first() or Guide(agency=agency, version=0)


def site(agency: Agency) -> Site:
    """Return an agency's site; one that was never kept has every column under its usual label, and the version 0."""
    return Site.objects.filter(agency=agency).first() or Site(agency=agency, version=0)


def local_choice(agency: Agency) -> LocalChoice:
    """Return what an agency's place has decided; blank with the version 0 where nothing was kept."""
    return LocalChoice.objects.filter(agency=agency).first() or LocalChoice(agency=agency, version=0)


def fee_account(agency: Agency) -> FeeAccount:
    """Return an agency's fee account; blank with the version 0 where none was kept."""
    return FeeAccount.objects.filter(agency=agency).first() or FeeAccount(agency=agency, version=0)


def standing_as(agency: Agency, name: Name) -> Standing:
    """Return an agency under one of its names."""
    return Standing(agency, name.name, name.short, name.region_code, name.unified_code, name.since, name.until)
