"""Where reconsideration is applied for: the authority derived from the body's place in the tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.law.parameters import InForce, Parameter
from gongkai.law.remedies.body import Body, fits, reach
from gongkai.law.remedies.data import data
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status


@dataclass(frozen=True, slots=True)
class Reviewers:
    """The reconsideration authority; several are a choice of the applicant. `itself`: it reviews its own act."""

    bodies: tuple[Body, ...]
    articles: tuple[str, ...]
    settings: tuple[Parameter, ...] = ()
    itself: bool = False
    status: Status = "stated"


@carries_out(
    "reconsideration_law.24", "reconsideration_law.25", "reconsideration_law.27", "reconsideration_law.28",
    name="remedies.authority", parameters=("remedies.zone_departments",),
)  # fmt: skip
def authority(body: Body, inforce: InForce) -> Reviewers:
    """Return who reconsiders the acts of a body.

    Raises InvalidInput where nobody does, and where the tree lacks the body that does.
    """
    route = next((given for given in data()["route"] if fits(given, body)), None)
    if route is None:
        raise InvalidInput("law.remedies.no_route", name=body.name, article=_general())
    setting = (inforce[route["setting"]],) if "setting" in route else ()
    paths = route["to_by_setting"][setting[0].value] if setting else route["to"]
    found = tuple(_reached(path, body, route) for path in paths)
    return Reviewers(found, (route["article"],), setting, found == (body,), status(route.get("status", "stated")))


def _reached(path: str, body: Body, route: Mapping[str, Any]) -> Body:
    found = reach(path, body)
    if found is None:
        raise InvalidInput("law.remedies.tree", name=body.name, article=route["article"])
    return found


def _general() -> str:
    """The article that names the governments as authorities, for bodies that no route fits."""
    return next(str(given["article"]) for given in data()["route"] if given["to"] == ["government"])
