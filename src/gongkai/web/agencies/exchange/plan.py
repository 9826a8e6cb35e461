"""What taking a sheet over would do: which agencies are new, which change and how, and every row's problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from graphlib import CycleError, TopologicalSorter

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.web.agencies.exchange.columns import BY_CODE
from gongkai.web.agencies.exchange.lines import GivenPlace, Line, Problem, parsed
from gongkai.web.agencies.exchange.sheet import Row
from gongkai.web.agencies.models import Agency, Edge, Name
from gongkai.web.agencies.models.words import EDGES, SEVERAL, codes
from gongkai.web.agencies.naming import Naming


@dataclass
class Change:
    """What happens to an agency that is there: another name, other places, other marks."""

    agency: Agency
    naming: Naming | None = None
    ends: list[Edge] = field(default_factory=list)
    begins: list[GivenPlace] = field(default_factory=list)
    marks: dict[str, object] = field(default_factory=dict)

    def any(self) -> bool:
        """Whether anything happens at all."""
        return bool(self.naming or self.ends or self.begins or self.marks)


@dataclass
class Plan:
    """What a sheet does, row by row; it can be taken over only without problems."""

    lines: list[Line] = field(default_factory=list)
    added: list[Line] = field(default_factory=list)
    changed: list[tuple[Line, Change]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Held:
    """The tree as it stands: agencies by key, their open names and edges."""

    agencies: dict[str, Agency]
    names: dict[int, Name]
    edges: dict[int, list[Edge]]
    begun: dict[int, date]

    @classmethod
    def now(cls) -> _Held:
        """Read the tree in three queries."""
        names: dict[int, Name] = {}
        begun: dict[int, date] = {}
        for name in Name.objects.order_by("-since").iterator():
            begun[name.agency_id] = name.since
            if name.until is None:
                names[name.agency_id] = name
        edges: dict[int, list[Edge]] = {}
        for edge in Edge.objects.filter(until__isnull=True).select_related("parent").iterator():
            edges.setdefault(edge.child_id, []).append(edge)
        return cls({agency.key: agency for agency in Agency.objects.iterator()}, names, edges, begun)


def planned(rows: Sequence[Row]) -> Plan:
    """Return what taking rows over would do to the tree as it stands, with all problems of all rows in their order."""
    plan, held = Plan(), _Held.now()
    if not rows:
        plan.problems.append(Problem(1, InvalidInput("agencies.import.empty")))
    for row in rows:
        line, problems = parsed(row)
        plan.problems += problems
        if line is not None:
            plan.lines.append(line)
    plan.problems += _twice(plan.lines)
    for line in plan.lines:
        _compare(plan, line, held)
    if not plan.problems:
        plan.problems += _shape(plan, held)
    plan.problems.sort(key=lambda problem: problem.row)
    return plan


def _compare(plan: Plan, line: Line, held: _Held) -> None:
    agency = held.agencies.get(line.ref)
    if agency is None:
        plan.added.append(line)
        return
    problems, change = list(_against(line, agency, held)), _change(line, agency, held)
    plan.problems += [Problem(line.row, error, BY_CODE[column].head) for column, error in problems]
    if change.any():
        plan.changed.append((line, change))
    else:
        plan.unchanged += 1


def _against(line: Line, agency: Agency, held: _Held) -> Iterator[tuple[str, GongkaiError]]:
    """What of a row does not go with the agency that is there."""
    name = held.names.get(agency.pk)
    if name is None:
        yield "ref", InvalidInput("agencies.import.ended", agency=line.naming.name)
        return
    same = _naming(name) == line.naming
    if same and line.since != name.since:
        yield "named_since", InvalidInput("agencies.import.date_alone", column=BY_CODE["name"].head, since=name.since)
    if not same and line.since <= name.since:
        yield "named_since", InvalidInput("agencies.import.date_before", agency=name.name, since=name.since)
    if agency.outside is not line.outside:
        yield "outside", InvalidInput("agencies.import.outside_fixed")
    for kind in codes(EDGES):
        given = {place.ref: place for place in line.places if place.kind == kind}
        for edge in (edge for edge in held.edges.get(agency.pk, ()) if edge.kind == kind):
            head, place = BY_CODE[kind].head, given.get(edge.parent.key)
            if place is not None and place.since != edge.since:
                yield kind, InvalidInput("agencies.import.date_alone", column=head, since=edge.since)
            if place is None and (kind == SEVERAL or not given):
                parent = held.names[edge.parent_id].name
                yield kind, InvalidInput("agencies.import.place_missing", column=head, parent=parent)
            for other in given.values() if place is None and kind != SEVERAL else ():
                if other.since <= edge.since:
                    yield kind, InvalidInput("agencies.too_early", given=other.since, first=edge.since)


def _change(line: Line, agency: Agency, held: _Held) -> Change:
    change, name = Change(agency), held.names.get(agency.pk)
    if name is None:
        return change
    if _naming(name) != line.naming:
        change.naming = line.naming
    mine = held.edges.get(agency.pk, [])
    standing = {(edge.kind, edge.parent.key) for edge in mine}
    change.begins = [place for place in line.places if (place.kind, place.ref) not in standing]
    replaced = {place.kind for place in change.begins if place.kind != SEVERAL}
    change.ends = [edge for edge in mine if edge.kind in replaced]
    for mark in ("kind", "level", "line", "supervises"):
        if getattr(agency, mark) != getattr(line, mark):
            change.marks[mark] = getattr(line, mark)
    return change


def _twice(lines: Iterable[Line]) -> Iterator[Problem]:
    """Numbers and unified codes that stand in two rows."""
    refs: dict[str, int] = {}
    found: dict[str, int] = {}
    for line in lines:
        first, code = refs.setdefault(line.ref, line.row), line.naming.unified_code
        if first != line.row:
            error = InvalidInput("agencies.import.twice", given=line.ref, row=first)
            yield Problem(line.row, error, BY_CODE["ref"].head)
        if code and found.setdefault(code, line.row) != line.row:
            error = InvalidInput("agencies.import.code_twice", given=code, row=found[code])
            yield Problem(line.row, error, BY_CODE["unified_code"].head)


def _shape(plan: Plan, held: _Held) -> Iterator[Problem]:
    """What is wrong with the tree as it would stand: unknown parents, rings, tops, offices in charge, codes, first days."""
    by_ref = {line.ref: line for line in plan.lines}
    outside = {key: agency.outside for key, agency in held.agencies.items()} | {
        line.ref: line.outside for line in plan.lines
    }
    above = _above(plan, held)
    yield from _codes(plan, held)
    for line in plan.lines:
        for place in line.places:
            head = BY_CODE[place.kind].head
            ended = place.ref in held.agencies and held.agencies[place.ref].pk not in held.names
            if place.ref not in outside or ended:
                error = InvalidInput("agencies.import.parent_unknown", column=head, given=place.ref)
                yield Problem(line.row, error, head)
            elif line.outside and not outside[place.ref]:
                error = InvalidInput("agencies.outside_below", agency=_called(place.ref, by_ref, held))
                yield Problem(line.row, error, head)
            else:
                first = max(_begun(place.ref, held), _begun(line.ref, held))
                if place.since < first:
                    error = InvalidInput("agencies.too_early", given=place.since, first=first)
                    yield Problem(line.row, error, head)
    try:
        tuple(TopologicalSorter(above).static_order())
    except CycleError as ring:
        inside = [line for line in plan.lines if line.ref in ring.args[1]]
        for line in inside or plan.lines[:1]:
            yield Problem(line.row, InvalidInput("agencies.import.ring", agency=line.naming.name))
    yield from _tops(above, outside, by_ref, held)
    yield from _charge(plan, held)


def _above(plan: Plan, held: _Held) -> dict[str, set[str]]:
    """Every agency that would exist, with those right above it."""
    keys = {agency.pk: key for key, agency in held.agencies.items()}
    ends = {edge.pk for _, change in plan.changed for edge in change.ends}
    above: dict[str, set[str]] = {keys[pk]: set() for pk in held.names}
    for pk, edges in held.edges.items():
        if keys[pk] in above:
            above[keys[pk]] |= {edge.parent.key for edge in edges if edge.pk not in ends}
    for line in plan.lines:
        above.setdefault(line.ref, set()).update(place.ref for place in line.places)
    return above


def _tops(
    above: Mapping[str, set[str]], outside: Mapping[str, bool], by_ref: Mapping[str, Line], held: _Held
) -> Iterator[Problem]:
    """Every agency of the tree without one above it, but the first, which is the top."""
    tops = [ref for ref, over in above.items() if not outside[ref] and all(outside.get(up, False) for up in over)]
    given = [by_ref[ref] for ref in tops if ref in by_ref]
    standing = [ref for ref in tops if ref in held.agencies]
    top = standing[0] if standing else (given[0].ref if given else "")
    for line in given:
        if line.ref != top:
            error = InvalidInput("agencies.second_root", agency=_called(top, by_ref, held))
            yield Problem(line.row, error, BY_CODE["region"].head)


def _codes(plan: Plan, held: _Held) -> Iterator[Problem]:
    """Unified codes that an agency outside the file has."""
    refs = {line.ref for line in plan.lines}
    keys = {agency.pk: key for key, agency in held.agencies.items()}
    taken = {name.unified_code: name.name for pk, name in held.names.items() if keys[pk] not in refs}
    for line in plan.lines:
        code = line.naming.unified_code
        if code and code in taken:
            error = InvalidInput("agencies.code_taken", given=code, agency=taken[code])
            yield Problem(line.row, error, BY_CODE["unified_code"].head)


def _charge(plan: Plan, held: _Held) -> Iterator[Problem]:
    """Two offices in charge under one government."""
    refs, found = {line.ref for line in plan.lines}, dict[str, str]()
    for key, agency in held.agencies.items():
        if agency.supervises and key not in refs and agency.pk in held.names:
            for edge in held.edges.get(agency.pk, ()):
                if edge.kind == "region":
                    found[edge.parent.key] = held.names[agency.pk].name
    for line in (line for line in plan.lines if line.supervises):
        government = next((place.ref for place in line.places if place.kind == "region"), "")
        head = BY_CODE["supervises"].head
        if not government:
            yield Problem(line.row, InvalidInput("agencies.no_government", agency=line.naming.name), head)
        elif found.setdefault(government, line.naming.name) != line.naming.name:
            yield Problem(line.row, InvalidInput("agencies.import.two_in_charge", agency=found[government]), head)


def _begun(ref: str, held: _Held) -> date:
    """The first day of an agency that is there. A sheet gives only the last name, so that a new one may be older than it."""
    agency = held.agencies.get(ref)
    return held.begun[agency.pk] if agency is not None else date.min


def _called(ref: str, by_ref: Mapping[str, Line], held: _Held) -> str:
    if ref in by_ref:
        return by_ref[ref].naming.name
    agency = held.agencies.get(ref)
    return held.names[agency.pk].name if agency is not None else ref


def _naming(name: Name) -> Naming:
    return Naming(name.name, name.short, name.region_code, name.unified_code)
