"""The letters of a case: what calls for each, what it must contain, which dates it may state."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law import fields
from gongkai.law.events import events
from gongkai.law.outcomes import outcomes
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Language, Listing, Phrase, default_language, phrase

Addressee = Literal["applicant", "third_party", "joint_agency", "assisting_agency", "reading_place", "file"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter: its parts in their order, the dates it states or may state, what calls for it, whom it goes to.

    `remedies` is the kind of its paragraph on remedies; `numbered` ones have a document number.
    """

    code: str
    titles: Mapping[str, str]
    kind: str
    stage: str
    articles: tuple[str, ...]
    parts: tuple[str, ...]
    dates: tuple[str, ...]
    addressee: Addressee
    remedies: str
    numbered: bool
    after: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    status: Status = "stated"

    @property
    def name(self) -> Phrase:
        """What people call it, for a message."""
        return phrase("law.titled", **self.titles)

    def title(self, language: Language | None = None) -> str:
        """The title of the letter in a language."""
        return self.titles[language or default_language()]


@cache
def letters() -> Mapping[str, Letter]:
    """Every letter by its code, in the order of the data."""
    return {given["code"]: _letter(given) for given in _data()["letter"]}


def letter(code: str) -> Letter:
    """Return one letter. Raises InvalidInput for a code that the table does not hold."""
    try:
        return letters()[code]
    except KeyError:
        raise InvalidInput("law.letter.unknown", given=code, known=Listing(tuple(letters()))) from None


@carries_out(
    "regulation.30", "regulation.32", "regulation.33", "regulation.34", "regulation.35", "regulation.36", "fee_measure",
    name="letters.after",
)  # fmt: skip
def letters_after(what: str) -> tuple[Letter, ...]:
    """Return the letters that an event or an outcome calls for; none is an answer. Raises InvalidInput for neither."""
    if what not in events() and what not in outcomes():
        raise InvalidInput("law.letter.no_cause", given=what)
    return tuple(found for found in letters().values() if what in found.after or what in found.outcomes)


@carries_out("regulation.30", "regulation.36", "regulation.37", "fee_measure", name="letters.missing_parts")
def missing_parts(code: str, given: Mapping[str, object]) -> tuple[str, ...]:
    """Return the mandatory parts of a letter that are not filled in; `a|b` is one or the other.

    Raises InvalidInput for a letter or a part that no letter has.
    """
    found = letter(code)
    fields.only(_known_parts(), given)
    return fields.missing(found.parts, given)


@carries_out("regulation.45", name="letters.dates_of")
def dates_of(code: str) -> tuple[str, ...]:
    """Return the dates that a letter states or may state, by the names they have in the case."""
    return letter(code).dates


@carries_out("regulation.45", name="letters.check_dates")
def check_dates(code: str, stated: Mapping[str, date], held: Mapping[str, date]) -> tuple[str, ...]:
    """Return the names of the dates that a letter states, each as the case holds it.

    Raises InvalidInput for a date that no letter has, that is none of this letter's, that the case does not hold, or that
    it holds otherwise.
    """
    found = letter(code)
    for name, day in stated.items():
        fields.only(_known_parts(), (name,))
        label = phrase(f"law.field.label.{name}")
        if name not in found.dates:
            raise InvalidInput("law.letter.not_its_date", date=label, letter=found.name, article=found.articles[0])
        if name not in held:
            raise InvalidInput("law.letter.date_not_held", date=label, stated=day, article=found.articles[0])
        if held[name] != day:
            raise InvalidInput(
                "law.letter.date_differs", date=label, stated=day, held=held[name], article=found.articles[0]
            )
    return tuple(stated)


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("letters.toml").read_text(encoding="utf-8"))


@cache
def _known_parts() -> frozenset[str]:
    """Every part that some letter has, and every date one may state."""
    return frozenset(name for found in letters().values() for name in (*fields.names(found.parts), *found.dates))


def _letter(given: Mapping[str, Any]) -> Letter:
    try:
        kind = _data()["kind"][given["kind"]]
        tells = tuple(given.get("outcomes", ()))
        parts = tuple(dict.fromkeys((*kind["parts"], *given["parts"])))
        stated = (*fields.names(parts), *kind["may_state"], *given.get("may_state", ()))
        return Letter(
            code=given["code"],
            titles={"zh": given["zh"], "en": given["en"]},
            kind=given["kind"],
            stage=given["stage"],
            articles=tuple(given["article"]) if not tells else _articles(tells),
            parts=parts,
            dates=tuple(dict.fromkeys(name for name in stated if name in _data()["dates"])),
            addressee=given["addressee"],
            remedies=given.get("remedies", "none") if not tells else _remedies(given["code"], tells),
            numbered=kind["numbered"],
            after=tuple(given.get("after", ())),
            outcomes=tells,
            status=status(given.get("status", "stated")),
        )
    except KeyError as missing:
        raise InvalidData(
            "law.data.missing", file="letters.toml", entry=given.get("code", ""), key=str(missing.args[0])
        ) from missing


def _articles(tells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(article for code in tells for article in outcomes()[code].articles))


def _remedies(code: str, tells: tuple[str, ...]) -> str:
    """The one kind of remedies that the outcomes of a letter share. Raises InvalidData where they have several."""
    kinds = {outcomes()[told].remedies for told in tells}
    if len(kinds) > 1:
        raise InvalidData("law.letter.remedies", letter=code, kinds=Listing(tuple(sorted(kinds))))
    return kinds.pop()
