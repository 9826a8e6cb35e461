"""The outcomes of a request: what each rests on and asks for, when it is possible, and where the annual report counts it."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law import fields
from gongkai.law.events import Event, check, events
from gongkai.law.parameters import InForce
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Language, Listing, Phrase, default_language, phrase


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome. `rows` is its row by form; where the law leaves that open, `row_setting` names the parameter.

    `requires`, `must_be`, `with_event` and `parts_in` say what is filled in before it may be decided; `after` are the
    events that must have happened; `whole` ones end the whole request and answer no part of it.
    """

    code: str
    titles: Mapping[str, str]
    articles: tuple[str, ...]
    letter: str
    requires: tuple[str, ...]
    remedies: str
    remedies_status: Status = "stated"
    rows: Mapping[str, str] = field(default_factory=dict)
    row_setting: str | None = None
    rows_by_setting: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    must_be: Mapping[str, bool] = field(default_factory=dict)
    with_event: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts_in: str | None = None
    after: tuple[str, ...] = ()
    releases: bool = False
    counts: bool = True
    whole: bool = False
    status: Status = "stated"

    @property
    def settable(self) -> bool:
        """Whether its row is left to the office."""
        return self.row_setting is not None

    @property
    def name(self) -> Phrase:
        """What people call it, for a message."""
        return phrase("law.titled", **self.titles)

    def label(self, language: Language | None = None) -> str:
        """The name of the outcome in a language."""
        return self.titles[language or default_language()]


@dataclass(frozen=True, slots=True)
class Counted:
    """How an answer counts: as which one outcome; what was withheld decides the remedies, each kind once."""

    outcome: str
    withheld: tuple[str, ...]
    remedies: tuple[str, ...]


@cache
def outcomes() -> Mapping[str, Outcome]:
    """Every outcome by its code, in the order of the table."""
    data = tomllib.loads(resources.files(__package__).joinpath("outcomes.toml").read_text(encoding="utf-8"))
    return {given["code"]: _outcome(given) for given in data["outcome"]}


@carries_out("regulation.36", "report_form_2021", name="outcomes.outcome")
def outcome(code: str) -> Outcome:
    """Return one outcome. Raises InvalidInput for a code that the table does not hold."""
    try:
        return outcomes()[code]
    except KeyError:
        raise InvalidInput("law.outcome.unknown", given=code, known=Listing(tuple(outcomes()))) from None


@carries_out(
    "report_form_2021", "report_form_2019", name="outcomes.row",
    parameters=("row.archived", "row.not_government_information"),
)  # fmt: skip
def row(code: str, form: str, inforce: InForce) -> str:
    """Return the row of a form (`2021`, `2019`) that counts an outcome, as `unavailable.not_held`.

    Raises InvalidInput for a form that the table does not know and for what is no request of Table 3.
    """
    found = outcome(code)
    if not found.counts:
        raise InvalidInput("law.outcome.not_counted", given=found.name, article=found.articles[0])
    rows = found.rows_by_setting[inforce.choice(found.row_setting)] if found.row_setting else found.rows
    if form not in rows:
        raise InvalidInput("law.outcome.form", given=form, known=Listing(tuple(rows)))
    return rows[form]


@carries_out("regulation.16.2", "regulation.36", "regulation.37", name="outcomes.missing_fields")
def missing_fields(code: str, given: Mapping[str, object], happened: Collection[str] = ()) -> tuple[str, ...]:
    """Return the fields that are still to be filled in before an outcome may be decided; `a|b` is one or the other.

    Raises InvalidInput for what cannot have happened, for a test answered by neither true nor false, and where an answer
    speaks against the outcome: information that another law opens is not withheld as deliberative or as a case file. Of
    a partial answer the withheld parts ask for their own fields as well.
    """
    fields.only(_known_fields(), given)
    check(happened)
    found = outcome(code)
    required = [*found.requires, *(name for event in happened for name in found.with_event.get(event, ()))]
    for part in (found, *_parts(found, given)):
        required += part.requires
        for name, answer in part.must_be.items():
            if fields.is_given(given.get(name)) and given[name] is not answer:
                label, article = phrase(f"law.field.label.{name}"), part.articles[0]
                if not isinstance(given[name], bool):
                    raise InvalidInput(
                        "law.outcome.neither_yes_nor_no", given=part.name, field=label, article=article
                    )
                raise InvalidInput("law.outcome.speaks_against", given=part.name, field=label, article=article)
    return fields.missing(required, given)


@carries_out("regulation.37", "report_form_2021", name="outcomes.counted_as")
def counted_as(parts: Sequence[str]) -> Counted:
    """Return how an answer of several parts counts: released in part and withheld in part, it is partly granted only.

    Raises InvalidInput where several different parts are all withheld, so that one outcome must be named, and for
    an outcome that ends the whole request.
    """
    found = [outcome(code) for code in dict.fromkeys(parts)]
    for part in found:
        if part.whole and (len(found) > 1 or part.parts_in):
            raise InvalidInput("law.outcome.not_a_part", given=part.name, article=_partly().articles[0])
    withheld = [part for part in found if not part.releases]
    kinds = tuple(dict.fromkeys(part.remedies for part in withheld or found))
    return Counted(_as_one(found, withheld).code, tuple(part.code for part in withheld), kinds)


@carries_out("regulation.30", "regulation.35", "regulation.41", "fee_measure", name="outcomes.choices")
def choices(happened: Collection[str]) -> tuple[str, ...]:
    """Return the outcomes that are possible after what has happened, in the order of the table.

    Raises InvalidInput for an unknown event, and for one that cannot have happened yet.
    """
    check(happened)
    return tuple(code for code, found in outcomes().items() if _barrier(found, happened) is None)


@carries_out("regulation.30", "regulation.35", "regulation.41", "fee_measure", name="outcomes.possible")
def possible(code: str, happened: Collection[str]) -> Outcome:
    """Return an outcome that is possible after what has happened. Raises InvalidInput, with the article, for any other."""
    check(happened)
    found = outcome(code)
    barrier = _barrier(found, happened)
    if barrier is None:
        return found
    event = barrier.name
    if barrier.id in happened:
        raise InvalidInput("law.outcome.closed", given=found.name, event=event, article=barrier.article)
    raise InvalidInput("law.outcome.not_yet", given=found.name, event=event, article=barrier.article)


def _as_one(found: Sequence[Outcome], withheld: Sequence[Outcome]) -> Outcome:
    """The one outcome that parts count as; of several ways of release the first of the table."""
    if not found or (len(withheld) > 1 and len(withheld) == len(found)):
        raise InvalidInput("law.outcome.nothing_released", article=_partly().articles[0])
    if withheld and len(found) > 1:
        return _partly()
    return next(one for one in outcomes().values() if one in found)


def _barrier(found: Outcome, happened: Collection[str]) -> Event | None:
    """The event that stands against an outcome: one that leaves only others, or one that has not happened yet."""
    closing = (event for event in events().values() if event.id in happened and event.leaves)
    pending = (events()[name] for name in found.after if name not in happened)
    return next((event for event in closing if found.code not in event.leaves), next(pending, None))


def _parts(found: Outcome, given: Mapping[str, object]) -> list[Outcome]:
    """The outcomes of the withheld parts that a partial answer names. Raises InvalidInput for what withholds no part."""
    named = given.get(found.parts_in) if found.parts_in else None
    codes = (named,) if isinstance(named, str) else named if isinstance(named, list | tuple) else ()
    parts = [outcome(str(code)) for code in codes if fields.is_given(code)]
    for part in parts:
        if part.whole or part.releases:
            raise InvalidInput("law.outcome.not_a_part", given=part.name, article=found.articles[0])
    return parts


@cache
def _partly() -> Outcome:
    return next(found for found in outcomes().values() if found.parts_in)


@cache
def _known_fields() -> frozenset[str]:
    asked = (name for found in outcomes().values() for name in found.requires)
    also = (name for found in outcomes().values() for more in found.with_event.values() for name in more)
    return frozenset(fields.names((*asked, *also)))


def _outcome(given: Mapping[str, Any]) -> Outcome:
    try:
        return Outcome(
            code=given["code"],
            titles={"zh": given["zh"], "en": given["en"]},
            articles=tuple(given["article"]),
            letter=given["letter"],
            requires=tuple(given["requires"]),
            remedies=given["remedies"],
            remedies_status=status(given.get("remedies_status", "stated")),
            rows=given.get("row", {}),
            row_setting=given.get("row_setting"),
            rows_by_setting=given.get("rows_by_setting", {}),
            must_be=given.get("must_be", {}),
            with_event={event: tuple(names) for event, names in given.get("with_event", {}).items()},
            parts_in=given.get("parts_in"),
            after=tuple(given.get("after", ())),
            releases=given.get("releases", False),
            counts=given.get("counts", True),
            whole=given.get("whole", False),
            status=status(given.get("status", "stated")),
        )
    except KeyError as missing:
        raise InvalidData(
            "law.data.missing", file="outcomes.toml", entry=given.get("code", ""), key=str(missing.args[0])
        ) from missing
