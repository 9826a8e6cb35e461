"""What is given for a consultation, checked and completed: the same for a form and a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency
from gongkai.web.engagement import periods
from gongkai.web.engagement.models import Consultation
from gongkai.web.publications import text
from gongkai.web.publications.models import Document

FIELDS = ("title", "why", "asked", "ways", "document", "body", "opens_on", "closes_on", "shorter_because")
"""What is given for a consultation."""


def completed(agency: Agency, values: Mapping[str, Any], held: Consultation | None = None) -> dict[str, Any]:
    """Return the values of a consultation, checked one by one and against each other.

    `held` is the consultation as it was, where not everything is given. Raises InvalidInput.
    """
    if unknown := sorted(values.keys() - set(FIELDS)):
        raise InvalidInput("engagement.unknown_field", given=Listing(tuple(unknown)))
    before = {name: getattr(held, name) for name in FIELDS} if held else {"document": None}
    found: dict[str, Any] = before | {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    found["body"] = text.clean(found.get("body") or "")
    fit(
        Consultation(agency=agency, **found),
        ("title", "why", "asked", "ways", "opens_on", "closes_on", "shorter_because"),
    )
    demand_period(agency, found)
    demand_document(agency, found["document"])
    return found


def demand_period(agency: Agency, values: Mapping[str, Any]) -> None:
    """Ask whether the days are in order, and explained where they are fewer than the law wants. Raises InvalidInput."""
    opens, closes = values["opens_on"], values["closes_on"]
    if opens < timezone.localdate():
        raise InvalidInput("engagement.begun", given=opens)
    if closes < opens:
        raise InvalidInput("engagement.closes_before", opens=opens, closes=closes)
    due = periods.least(agency, opens)
    if closes < due.due and not values.get("shorter_because"):
        raise InvalidInput("engagement.too_short", due=due.due)


def demand_document(agency: Agency, document: Document | None) -> None:
    """Ask whether a document may be what is consulted on: one of the agency's own that everybody sees. Raises InvalidInput."""
    if document is not None and (document.agency_id != agency.pk or not document.public):
        raise InvalidInput("engagement.document")


def fit(row: Model, names: tuple[str, ...]) -> None:
    """Ask every field whether it takes its value. Raises InvalidInput that names the field."""
    for name in names:
        field: Any = row._meta.get_field(name)
        value = getattr(row, name)
        try:
            field.clean(value, row)
            if field.max_length and isinstance(value, str) and len(value) > field.max_length:
                raise ValidationError(f"最多{field.max_length}个字。")
        except ValidationError as error:
            raise InvalidInput(
                "engagement.field", name=str(field.verbose_name), why=" ".join(error.messages)
            ) from None


def looked_at(consultation_or_values: Consultation | Mapping[str, Any]) -> dict[str, Any]:
    """Return what the gate looks through besides the body, under the names by which it knows it."""
    given = consultation_or_values
    held = given if isinstance(given, Mapping) else {name: getattr(given, name) for name in FIELDS}
    return {
        "title": held["title"], "abstract": held["why"], "source": held["asked"],
        "keywords": held["ways"], "joint": held["shorter_because"],
    }  # fmt: skip
