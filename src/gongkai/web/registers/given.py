"""What is given for a row, checked and completed: the same for a form, a program and a line of a file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.numbers.spelling import search_key
from gongkai.law.rule_makers import basis
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency
from gongkai.web.registers.models import Charge, Decision, Procurement, Row, Rule
from gongkai.web.registers.models.row import WAN

FIELDS: Mapping[type[Row], tuple[str, ...]] = {
    Rule: (
        "kind", "title", "number", "issued_on", "effective_on", "expires_on", "term", "review_number", "filing_number",
    ),
    Decision: ("kind", "number", "decided_on", "matter", "power", "in_name_of", "subject_kind", "subject"),
    Charge: ("item", "basis", "month", "yuan"),
    Procurement: ("title", "number", "concluded_on", "supplier", "yuan"),
}  # fmt: skip
"""What is given for a row of each register, besides whether it is public."""
SHOWN = ("publicity", "withheld_by")
HAPPENED = ("issued_on", "decided_on", "month", "concluded_on")
"""Dates on which something happened, which do not lie ahead."""


def yuan(given: str | Decimal | int) -> int:
    """Return whole 元 of an amount in 万元 with at most four decimals. Raises InvalidInput for anything else."""
    try:
        amount = Decimal(str(given).strip().replace(",", "").replace("，", "")) * WAN
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidInput("registers.amount", given=str(given)[:40]) from None
    if whole != amount or not 0 <= whole < 10**18:
        raise InvalidInput("registers.amount", given=str(given)[:40])
    return whole


def completed(register: type[Row], agency: Agency, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row, checked one by one and against each other, with what follows from them.

    Raises InvalidInput for a value of a kind, date or length that the register does not take.
    """
    allowed = {*FIELDS[register], *SHOWN}
    if unknown := sorted(values.keys() - allowed):
        raise InvalidInput("registers.unknown_field", given=Listing(tuple(unknown)))
    found: dict[str, Any] = {
        name: value.strip() if isinstance(value, str) else value for name, value in values.items()
    }
    today = timezone.localdate()
    for name in HAPPENED:
        if isinstance(found.get(name), date) and found[name] > today:
            raise InvalidInput("registers.ahead", given=found[name])
    if register is Rule:
        _rule(found, agency)
    if register is Decision:
        found["in_name_of"] = _whose(found, agency)
    if register is Charge and isinstance(found.get("month"), date):
        found["month"] = found["month"].replace(day=1)
    if "number" in found and register is not Procurement:
        found["number_key"] = search_key(found["number"])
    if found.get("publicity") == "withheld" and not found.get("withheld_by"):
        raise InvalidInput("registers.no_basis")
    if found.get("publicity") != "withheld":
        found["withheld_by"] = ""
    if found.get("publicity") == "withdrawn":
        raise InvalidInput("registers.withdraw_by_act")
    _clean(register, agency, found)
    return found


def _rule(found: Mapping[str, Any], agency: Agency) -> None:
    if found.get("kind") == "administrative_rule":
        basis(agency.kind, agency.level)
    expires, effective = found.get("expires_on"), found.get("effective_on")
    if expires is not None and effective is not None and expires < effective:
        raise InvalidInput("registers.expires_before", given=expires, effective=effective)


def _whose(found: Mapping[str, Any], agency: Agency) -> Agency:
    """In whose name: the agency that entrusted its power, else the agency itself."""
    entrusting = found.get("in_name_of")
    if found.get("power") != "entrusted":
        return agency
    if not isinstance(entrusting, Agency) or entrusting.pk == agency.pk:
        raise InvalidInput("registers.no_entrusting")
    return entrusting


def _clean(register: type[Row], agency: Agency, found: Mapping[str, Any]) -> None:
    """Ask every field whether it takes its value; what the row as a whole demands, the database asks once more."""
    row = register(agency=agency, **found)
    for name in found:
        field = register._meta.get_field(name)
        if field.is_relation or not field.concrete:
            continue
        try:
            field.clean(getattr(row, field.attname), row)
        except ValidationError as error:
            raise InvalidInput(
                "registers.field",
                name=str(field.verbose_name),
                given=str(found[name])[:60],
                why=" ".join(error.messages),
            ) from None
