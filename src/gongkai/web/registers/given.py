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
from gongkai.messages import Listing
from gongkai.web.agencies.models import Agency
from gongkai.web.publications import policies as publications
from gongkai.web.publications.models import Document
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.declared.declaration import SHOWN
from gongkai.web.registers.models import AmountField, Row
from gongkai.web.registers.models.amounts import FEN, WAN

FIELDS: Mapping[type[Row], tuple[str, ...]] = {model: one.fields for model, one in DECLARED.items()}
"""What is given for a row of each register, besides whether it is public."""


def yuan(given: str | Decimal | int) -> int:
    """Return whole 元 of an amount in 万元 with at most four decimals. Raises InvalidInput for anything else."""
    return _amount(given, WAN, "registers.amount")


def fen(given: str | Decimal | int) -> int:
    """Return whole 分 of an amount in 元 with at most two decimals. Raises InvalidInput for anything else."""
    return _amount(given, FEN, "registers.amount_yuan")


def amount(field: AmountField, given: str) -> int:
    """Return what a field of money holds of an amount in its unit. Raises InvalidInput."""
    return fen(given) if field.parts == FEN else yuan(given)


def _amount(given: str | Decimal | int, parts: int, code: str) -> int:
    try:
        amount = Decimal(str(given).strip().replace(",", "").replace("，", "")) * parts
        whole = int(amount)
    except (InvalidOperation, ValueError, OverflowError):
        raise InvalidInput(code, given=str(given)[:40]) from None
    if whole != amount or not 0 <= whole < 10**18:
        raise InvalidInput(code, given=str(given)[:40])
    return whole


def document(index_number: str) -> Document:
    """Return the released document with an index number. Raises InvalidInput where everybody sees none."""
    found = publications.public().filter(index_number=index_number.strip()).first()
    if found is None:
        raise InvalidInput("registers.no_document", given=index_number[:60])
    return found


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
    declared, today = DECLARED[register], timezone.localdate()
    for name in declared.happened:
        if isinstance(found.get(name), date) and found[name] > today:
            raise InvalidInput("registers.ahead", given=found[name])
    if "number_key" in declared.once:
        found["number_key"] = search_key(found.get("number", ""))
    _clean(register, agency, found)
    if declared.check is not None:
        declared.check(found, agency)
    if found.get("publicity") == "withheld" and not found.get("withheld_by"):
        raise InvalidInput("registers.no_basis")
    if found.get("publicity") != "withheld":
        found["withheld_by"] = ""
    if found.get("publicity") == "withdrawn":
        raise InvalidInput("registers.withdraw_by_act")
    return found


def _clean(register: type[Row], agency: Agency, found: Mapping[str, Any]) -> None:
    """Ask every field whether it takes its value; what the row as a whole demands, the database asks once more."""
    row = register(agency=agency, **found)
    for name in dict.fromkeys((*FIELDS[register], *found)):
        field = register._meta.get_field(name)
        if field.is_relation or not field.concrete:
            continue
        try:
            field.clean(getattr(row, field.attname), row)
        except ValidationError as error:
            raise InvalidInput(
                "registers.field",
                name=str(field.verbose_name),
                given=str(found.get(name, ""))[:60],
                why=" ".join(error.messages),
            ) from None
