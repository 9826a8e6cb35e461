"""What `matrix.toml` expects of every person at every address, in every method."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tests.web.permissions.world import ABOVE, Who

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LISTED = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
Kind = Literal["good", "sign in", "no token", "forbidden", "gone", "no method", "options"]
_CODES = {
    "forbidden": (403,),
    "gone": (404,),
    "no method": (405,),
    "sign in": (302,),
    "no token": (401,),
    "options": (204,),
}
_KEYS = frozenset({"what", "door", "roles", "people", "administrators", "about"})


@dataclass(frozen=True)
class Expected:
    """What a cell must answer; `changes` says whether a record must change (None: either)."""

    kind: Kind
    codes: tuple[int, ...]
    changes: bool | None = False


@dataclass(frozen=True)
class Row:
    """An address: for whom it is, what it is about, and what its methods answer to those it is for."""

    name: str
    given: dict[str, Any]

    def methods(self) -> tuple[str, ...]:
        """The methods that the address has."""
        return tuple(method for method in METHODS if self._listed(method) is not None)

    def expects(self, who: Who, method: str, *, token: bool = False) -> Expected:
        """What the address answers to a person, who comes with a session or with a token."""
        cell, door = self._listed(method), self._value("door")
        if door == "token" and cell is None:
            kind: Kind = "options" if method == "OPTIONS" else "no method"
            return Expected(kind, _CODES[kind])
        if door == "machine" and cell is None:
            return Expected("no method", _CODES["no method"])
        passed = self._passes(who, token, (cell or {}).get("roles"))
        if passed != "good":
            return Expected(passed, _CODES[passed], None if passed == "no token" and token else False)
        if cell is None:
            return Expected("no method", _CODES["no method"])
        if self._for(who, cell):
            return Expected("good", tuple(cell["answers"]), cell.get("changes", method == "POST"))
        kind = "forbidden" if who.sees and self._value("about") != "person" else "gone"
        return Expected(kind, tuple(cell.get("others", _CODES[kind])))

    def blind(self, who: Who) -> bool:
        """Whether the address is about a record of which the person must not learn whether it is there."""
        return self._value("about") == "agency" and not self._for(who) and not who.sees

    def _passes(self, who: Who, token: bool, roles: list[str] | None) -> Kind:
        """Whether the mark of the address lets a person in at all."""
        door = self._value("door")
        shut = who.user is None or who.label.startswith("disabled")
        if door == "token":
            if shut or not token:
                return "no token"
            door = "role" if "roles" in self.given else "person"
        if door == "everybody":
            return "good"
        if door == "machine":
            return "forbidden"  # the one address from which the visitors come is not this machine's
        if shut:
            return "sign in"
        if door == "person":
            return "good"
        if who.administrator:
            return "good" if who.administrator in self.given.get("administrators", ()) else "forbidden"
        held = {role for role, _ in who.held}
        return "good" if held & set(roles or self.given.get("roles", ())) else "forbidden"

    def _for(self, who: Who, cell: dict[str, Any] | None = None) -> bool:
        """Whether the address is for a person who has been let in."""
        given = {**self.given, **(cell or {})}
        if "people" in given:
            return who.label in given["people"]
        if given.get("about", "nothing") == "nothing":
            return True
        if who.administrator:
            return self._value("door") not in ("role", "token") or who.administrator in given.get(
                "administrators", ()
            )
        roles = set(given.get("roles", ()))
        if not roles:
            return who.sees
        return any(
            role in roles and (place == "own" or (role == "supervisor" and place in ABOVE))
            for role, place in who.held
        )

    def _value(self, name: str) -> str:
        return self.given.get(name, {"door": "role", "about": "nothing"}[name])

    def _listed(self, method: str) -> dict[str, Any] | None:
        found = self.given.get("GET" if method == "HEAD" else method)
        if found is None:
            return None
        return {"answers": found} if isinstance(found, list) else found


def rows() -> dict[str, Row]:
    """Every row by the name of its address."""
    table = tomllib.loads((Path(__file__).parent / "matrix.toml").read_text(encoding="utf-8"))
    for name, given in table.items():
        assert set(given) <= _KEYS | set(LISTED), (name, set(given))
    return {name: Row(name, given) for name, given in table.items()}
