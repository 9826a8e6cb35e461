"""Which court a suit goes to: the level by law, the name as the agency has set it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.errors import InvalidInput
from gongkai.law.remedies.body import Body, fits
from gongkai.law.remedies.data import data
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Phrase, phrase

CONCENTRATED = "concentrated"


@dataclass(frozen=True, slots=True)
class Court:
    """A court by its level (`basic`, `intermediate`); `name` is empty while the agency has set none."""

    level: str
    articles: tuple[str, ...]
    name: str = ""
    concentrated: bool = False
    status: Status = "stated"

    def said(self) -> str | Phrase:
        """The name of the court, or what kind of court it is."""
        return self.name or phrase(f"law.remedies.court.{self.level}")


@carries_out("litigation_law.14", "litigation_law.15", "litigation_law.18", name="remedies.court")
def court(body: Body, name: str = "", *, concentrated: bool = False) -> Court:
    """Return the court for suits against a body, by the name that its office has set.

    After a reconsideration that upheld the act the level stays that of the body that acted first; one that changed it is
    sued by itself, before its own court. A court with concentrated jurisdiction is a setting of the agency; raises
    InvalidInput where it is set without its name.
    """
    given = next(entry for entry in data()["court"] if fits(entry, body))
    articles: tuple[str, ...] = (given["article"],)
    if concentrated:
        articles = (*articles, data()[CONCENTRATED]["article"])
        if not name.strip():
            raise InvalidInput("law.remedies.court_unnamed", name=body.name, article=articles[-1])
    return Court(given["level_of_court"], articles, name.strip(), concentrated, status(given.get("status", "stated")))
