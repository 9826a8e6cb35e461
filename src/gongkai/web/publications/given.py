"""What is given for a document, checked and completed: the same for a form and a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.catalogues.catalogue import LEVELS, Item, load
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency
from gongkai.web.publications.models import Document

FIELDS = (
    "title", "number", "topic", "column", "joint", "source", "abstract", "keywords", "formed_on", "effective_on",
    "expires_on", "timing", "attribute", "origin", "attribute_reason", "publisher",
)  # fmt: skip
"""What is given for a document besides its text."""


def columns(agency: Agency) -> tuple[Item, ...]:
    """Return what an agency of its level discloses by law, which are the columns of its documents."""
    held = load("proactive")
    return held.items_at(agency.level, timezone.localdate()) if agency.level in LEVELS else held.items


def topics() -> tuple[Item, ...]:
    """Return the topics by which documents are sorted."""
    return tuple(item for item in load("topics").items if item.in_use(timezone.localdate()))


def label(catalogue: str, id: str) -> str:
    """Return the label of an item of a catalogue; of one that is not there any more its id."""
    try:
        return load(catalogue).item(id).label
    except InvalidInput:
        return id


def completed(agency: Agency, values: Mapping[str, Any], held: Document | None = None) -> dict[str, Any]:
    """Return the values of a document, checked one by one and against each other, with what follows from them.

    `held` is the document as it was, where not everything is given. Raises InvalidInput for what a field does not take.
    """
    if unknown := sorted(values.keys() - set(FIELDS)):
        raise InvalidInput("publications.unknown_field", given=Listing(tuple(unknown)))
    before = {name: getattr(held, name) for name in FIELDS} if held else {"publisher": agency}
    found: dict[str, Any] = before | {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    found["publisher"] = found.get("publisher") or agency
    _catalogued(agency, found)
    if isinstance(found.get("formed_on"), date) and found["formed_on"] > timezone.localdate():
        raise InvalidInput("publications.ahead", given=found["formed_on"])
    expires, effective = found.get("expires_on"), found.get("effective_on")
    if expires is not None and effective is not None and expires < effective:
        raise InvalidInput("publications.expires_before", given=expires, effective=effective)
    if found.get("attribute") != "withheld":
        found["attribute_reason"] = ""
    elif not found.get("attribute_reason"):
        raise InvalidInput("publications.no_basis")
    _clean(agency, found)
    return found


def _catalogued(agency: Agency, found: Mapping[str, Any]) -> None:
    if found.get("column") not in {item.id for item in columns(agency)}:
        raise InvalidInput("publications.column", given=str(found.get("column", ""))[:60])
    if found.get("topic") not in {item.id for item in topics()}:
        raise InvalidInput("publications.topic", given=str(found.get("topic", ""))[:60])


def _clean(agency: Agency, found: Mapping[str, Any]) -> None:
    """Ask every field whether it takes its value; what the row as a whole demands, the database asks once more."""
    row = Document(agency=agency, **found)
    for name in FIELDS:
        field: Any = Document._meta.get_field(name)
        if field.is_relation:
            continue
        try:
            field.clean(getattr(row, field.attname), row)
            if field.max_length and len(str(found.get(name) or "")) > field.max_length:
                raise ValidationError(f"最多{field.max_length}个字。")
        except ValidationError as error:
            raise InvalidInput(
                "publications.field",
                name=str(field.verbose_name),
                given=str(found.get(name) or "")[:60],
                why=" ".join(error.messages),
            ) from None
