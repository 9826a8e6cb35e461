"""What is given for an item of the catalogue, checked and completed: the same for a form, a sheet and a program."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.articles import written
from gongkai.law.catalogues.catalogue import LEVELS as TIERS
from gongkai.law.catalogues.catalogue import Item, load
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.publications.duties.words import CHANNELS, STANDARD
from gongkai.web.publications.models import Duty
from gongkai.web.publications.models.words import codes

FIELDS = (
    "catalogue", "field", "first", "second", "content", "basis", "discloser", "channels", "audience", "group", "way",
    "level", "timing", "law", "days", "deadline", "months", "since",
)  # fmt: skip
"""What is given for an item."""
_COMMON_YEAR = "2001"
_STANDING = "standing_content"
_MOST_MONTHS = 120
_USED = {"event": ("law", "days"), "yearly": ("days", "deadline"), "standing": ("months",)}
"""What besides is asked of each way in which time works; periods ask for `days`."""


def fields_of(agency: Agency, catalogue: str) -> tuple[Item, ...]:
    """Return what a catalogue lists for an agency of its level; the agency's own lists nothing."""
    if catalogue not in ("proactive", STANDARD):
        return ()
    held, today = load(catalogue), timezone.localdate()
    return held.items_at(agency.level, today) if agency.level in TIERS else held.items


def field_label(catalogue: str, field: str) -> str:
    """Return what a field is called; of one that is not there any more its id."""
    try:
        return load(catalogue).item(field).label if field else ""
    except InvalidInput:
        return field


def adopted(agency: Agency, catalogue: str, item: Item) -> dict[str, Any]:
    """Return the values of the item that stands for a field of a catalogue of the law until the office says more."""
    today = timezone.localdate()
    stands = item.duty == _STANDING
    return completed(
        agency,
        {
            "catalogue": catalogue, "field": item.id, "first": item.label, "basis": written(item.article, "zh") if item.article else "",
            "discloser": standing(agency, today).name, "timing": "standing" if stands else "event",
            "law": "publication" if stands else item.duty, "since": today,
            "level": "township" if agency.level == "township" else "county" if agency.level == "county" else "",
        },
    )  # fmt: skip


def completed(agency: Agency, values: Mapping[str, Any], held: Duty | None = None) -> dict[str, Any]:
    """Return the values of an item, checked one by one and against each other.

    `held` is the item as it was, where not everything is given. Raises InvalidInput for what a field does not take.
    """
    if unknown := sorted(values.keys() - set(FIELDS)):
        raise InvalidInput("publications.unknown_field", given=Listing(tuple(unknown)))
    before = {name: getattr(held, name) for name in FIELDS} if held else {}
    found: dict[str, Any] = before | {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    _fielded(agency, found)
    _timed(found)
    if wrong := set(str(found.get("channels") or "").split()) - set(codes(CHANNELS)):
        raise InvalidInput("publications.duties.channel", given=Listing(tuple(sorted(wrong))))
    if found.get("audience", "everyone") == "everyone":
        found["group"] = ""
    _clean(agency, found)
    return found


def _fielded(agency: Agency, found: dict[str, Any]) -> None:
    if found.get("catalogue") == "own":
        found["field"] = ""
    elif found.get("field") not in {item.id for item in fields_of(agency, str(found.get("catalogue", "")))}:
        raise InvalidInput("publications.duties.field", given=str(found.get("field") or "")[:60])


def _timed(found: dict[str, Any]) -> None:
    """Keep of the times only those that go with the way in which time works, and hold them against their bounds."""
    used = _USED.get(str(found.get("timing")), ("days",))
    found |= {name: empty for name, empty in (("days", None), ("deadline", ""), ("months", None)) if name not in used}
    if "law" not in used:
        found["law"] = "publication"
    since = found.get("since")
    if isinstance(since, date) and since > timezone.localdate():
        raise InvalidInput("publications.ahead", given=since)
    if found.get("deadline"):
        try:
            date.fromisoformat(f"{_COMMON_YEAR}-{found['deadline']}")
        except ValueError:
            raise InvalidInput("publications.duties.deadline", given=str(found["deadline"])[:20]) from None
    if found.get("months") is not None and not 1 <= found["months"] <= _MOST_MONTHS:
        raise InvalidInput("publications.duties.months", most=_MOST_MONTHS)


def _clean(agency: Agency, found: Mapping[str, Any]) -> None:
    """Ask every field whether it takes its value."""
    row = Duty(agency=agency, **found)
    for name in FIELDS:
        field: Any = Duty._meta.get_field(name)
        try:
            field.clean(getattr(row, name), row)
            if field.max_length and len(str(found.get(name) or "")) > field.max_length:
                raise ValidationError(f"最多{field.max_length}个字。")
        except ValidationError as error:
            raise InvalidInput(
                "publications.field", name=str(field.verbose_name), given=str(found.get(name) or "")[:60],
                why=" ".join(error.messages),
            ) from None  # fmt: skip
