"""Who reviews an agency's acts and which court hears suits, by its place in the tree on a date and what its place decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from gongkai.law.parameters import InForce, Jurisdiction, Value, in_force, jurisdiction
from gongkai.law.remedies import Body, Court, Reviewers
from gongkai.law.remedies import authority as authority_by_law
from gongkai.law.remedies import court as court_by_law
from gongkai.law.remedies.body import Kind, Level
from gongkai.web.agencies import queries, tree
from gongkai.web.agencies.models import Agency, Edge, Guide, LocalChoice

_SET_UP = ("field_office", "inner_body")


@dataclass
class _Places:
    """The agencies above one on a date, with their edges; bodies are made once each."""

    on: date
    agencies: Mapping[int, Agency]
    edges: Mapping[tuple[int, str], int]
    addresses: Mapping[int, str]
    bodies: dict[int, Body] = field(default_factory=dict)

    def body(self, pk: int | None) -> Body | None:
        """The body of an agency, or nothing."""
        if pk is None:
            return None
        if pk not in self.bodies:
            self.bodies[pk] = self._made(self.agencies[pk])
        return self.bodies[pk]

    def _made(self, agency: Agency) -> Body:
        region = self.edges.get((agency.pk, "region"))
        parent = self.body(self.edges.get((agency.pk, "led_by")))
        government, seat = self.body(region), None
        if agency.kind in _SET_UP and parent is not None:
            # A field office belongs to the department that set it up; the government over its place is that of its seat.
            seat = government if government != parent.government else None
            government = None
        return Body(
            queries.standing(agency, self.on).name,
            cast(Kind, agency.kind),
            cast(Level, agency.level),
            self.addresses.get(agency.pk, ""),
            agency.line or None,
            government,
            self.body(self.edges.get((agency.pk, "vertical"))),
            parent,
            seat,
        )


def body(agency: Agency, on: date) -> Body:
    """Return an agency as the law of remedies sees it on a date: what it is and its place in the tree.

    An agency led by several departments is taken for one of that which has led it longest.
    """
    depths = tree.depths(agency.pk, on, tree.ALL)
    held = Agency.objects.filter(pk__in=depths).prefetch_related("names")
    edges: dict[tuple[int, str], int] = {}
    for edge in Edge.objects.filter(queries.held(on), child__in=depths).order_by("since", "pk"):
        edges.setdefault((edge.child_id, edge.kind), edge.parent_id)
    addresses = dict(Guide.objects.filter(agency__in=depths).exclude(address="").values_list("agency", "address"))
    chosen = LocalChoice.objects.filter(agency__in=depths).exclude(reconsideration_address="")
    addresses.update(chosen.values_list("agency", "reconsideration_address"))
    found = _Places(on, {above.pk: above for above in held}, edges, addresses).body(agency.pk)
    return cast(Body, found)


def authority(agency: Agency, on: date) -> Reviewers:
    """Return who reconsiders the acts of an agency. Raises InvalidInput where the tree lacks the body that does."""
    return authority_by_law(body(agency, on), law_of(agency, on))


def court(agency: Agency, on: date) -> Court:
    """Return the court for suits against an agency, by the name that its place has set."""
    choice = queries.local_choice(agency)
    return court_by_law(body(agency, on), choice.court_name, concentrated=choice.court_concentrated)


def law_of(agency: Agency, on: date) -> InForce:
    """Return the parameters in force for an agency on a date."""
    return in_force(on, jurisdiction_of(agency, on))


def jurisdiction_of(agency: Agency, on: date) -> Jurisdiction:
    """Return an agency's region and settings; what it has not set itself holds as set by the nearest agency above it."""
    above = tree.depths(agency.pk, on)
    given = dict(LocalChoice.objects.filter(agency__in=above).values_list("agency", "settings"))
    own: dict[str, Value] = {}
    for pk in sorted(given, key=lambda pk: above[pk], reverse=True):
        own.update(given[pk])
    return jurisdiction(queries.in_law(queries.region_of(agency, on)), own)
