"""A body that acts: what of it decides who reviews its acts, and how the data ask about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from gongkai.errors import InvalidInput
from gongkai.law.remedies.data import data
from gongkai.messages import Listing

Level = Literal["state", "province", "city", "county", "township"]
Kind = Literal[
    "government",
    "ministry",
    "department",
    "justice_department",
    "subdistrict",
    "administrative_office",
    "field_office",
    "inner_body",
    "authorised_organisation",
    "development_zone",
]
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its name, kind and level, and its place in the tree as far as remedies ask for it.

    `government` is the government it belongs to, of a government the one above it. `above` is the department above it in
    its line; `parent` the department that set it up or manages it; `seat` the government of the place where a field
    office sits that was set up by district, which counts where it is itself under the government of the `parent`. `line`
    is its vertical line, if it is in one. `justice_department` is the one that handles reconsideration; a ministry is any
    department of the State Council. Raises InvalidInput for a kind, level or line that the law does not know.
    """

    name: str
    kind: Kind
    level: Level
    address: str = ""
    line: str | None = None
    government: Body | None = None
    above: Body | None = None
    parent: Body | None = None
    seat: Body | None = None

    def __post_init__(self) -> None:
        lines = tuple(data()["line"]["names"])
        known: tuple[tuple[object, tuple[str, ...]], ...] = ((self.kind, KINDS), (self.level, LEVELS))
        for given, allowed in (*known, *(((self.line, lines),) if self.line else ())):
            if given not in allowed:
                raise InvalidInput("law.remedies.body", name=self.name, given=given, known=Listing(allowed))

    @property
    def in_line(self) -> str | None:
        """The vertical line that it is in, by itself or through the department that set it up."""
        return self.line or (self.parent.in_line if self.parent else None)


def fits(given: Mapping[str, Any], body: Body) -> bool:
    """Whether a body meets all conditions of an entry of the data; an entry without conditions fits every body."""
    above = body.parent.government if body.parent else None
    asked = {
        "kind": body.kind,
        "level": body.level,
        "in_line": body.in_line,
        "government_kind": body.government.kind if body.government else None,
        "parent_kind": body.parent.kind if body.parent else None,
        "parent_government_kind": above.kind if above else None,
        "seat_level": body.seat.level if body.seat and body.seat.government == above else None,
    }
    if any(key in given and value not in given[key] for key, value in asked.items()):
        return False
    return given.get("line", body.in_line is not None) is (body.in_line is not None)


def reach(path: str, body: Body) -> Body | None:
    """Follow a path of the data from a body: `parent.government`, `itself`; of `a|b` the first there is."""
    for way in path.split("|"):
        at: Body | None = body
        for step in way.split("."):
            at = at if at is None or step == "itself" else getattr(at, step)
        if at is not None:
            return at
    return None
