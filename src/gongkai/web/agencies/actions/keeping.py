"""What an agency keeps of itself: guide, site, local choices, fee account. Each has a version of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from gongkai.errors import InvalidInput
from gongkai.law.parameters import jurisdiction
from gongkai.law.remedies import court
from gongkai.web.agencies import policies, queries, remedies
from gongkai.web.agencies.models import COLUMNS, Agency, FeeAccount, Guide, LocalChoice, Site
from gongkai.web.agencies.models.words import codes
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.audit.record import Record, Stale

PERMISSION = "keep"
Kept = TypeVar("Kept", Guide, Site, LocalChoice, FeeAccount)
_LABEL = 40


def keep_guide(agency: Agency, *, values: Mapping[str, str], updated_on: date | None, by: Actor, seen: int) -> Guide:
    """Write an agency's guide as brought up to date on a day (Art 12).

    Raises InvalidInput for an address of mail that is none and a day to come; Stale.
    """
    today = queries.today()
    if updated_on is not None and updated_on > today:
        raise InvalidInput("agencies.too_late", given=updated_on, last=today)
    email = values.get("email", "").strip()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise InvalidInput("agencies.email", given=email) from None
    return _keep(Guide, agency, "agencies.keep_guide", {**_texts(Guide, values), "updated_on": updated_on}, by, seen)


def keep_site(
    agency: Agency, *, values: Mapping[str, str], columns: Mapping[str, Mapping[str, Any]], by: Actor, seen: int
) -> Site:
    """Write what a site shows around its pages, and its columns: by code whether each is shown and its label.

    Raises InvalidInput for a column that there is none of and a label that is too long; Stale.
    """
    held: dict[str, dict[str, Any]] = {}
    for code, given in columns.items():
        label = str(given.get("label", "")).strip()
        if code not in codes(COLUMNS) or len(label) > _LABEL:
            raise InvalidInput("agencies.column", given=label or code, longest=_LABEL)
        held[code] = {"on": bool(given.get("on", True)), "label": label}
    return _keep(Site, agency, "agencies.keep_site", {**_texts(Site, values), "columns": held}, by, seen)


def keep_local_choice(
    agency: Agency,
    *,
    values: Mapping[str, str],
    court_concentrated: bool,
    settings: Mapping[str, int | str | bool],
    by: Actor,
    seen: int,
) -> LocalChoice:
    """Write what an agency's place has decided: court, where to apply for reconsideration, settings of the law.

    Raises InvalidInput for a setting that the law does not leave to the place, and for a court with concentrated
    jurisdiction that is not named; Stale.
    """
    today = queries.today()
    texts = _texts(LocalChoice, values)
    jurisdiction(queries.in_law(queries.region_of(agency, today)), settings)
    court(remedies.body(agency, today), str(texts.get("court_name", "")), concentrated=court_concentrated)
    written = {**texts, "court_concentrated": court_concentrated, "settings": dict(settings)}
    return _keep(LocalChoice, agency, "agencies.keep_local_choice", written, by, seen)


def keep_fee_account(agency: Agency, *, values: Mapping[str, str], by: Actor, seen: int) -> FeeAccount:
    """Write where fees are paid in. Raises InvalidInput for an account's number without its payee and bank; Stale."""
    texts = _texts(FeeAccount, values)
    if texts.get("number") and not (texts.get("payee") and texts.get("bank")):
        raise InvalidInput("agencies.account")
    return _keep(FeeAccount, agency, "agencies.keep_fee_account", texts, by, seen)


def _keep(model: type[Kept], agency: Agency, verb: str, values: Mapping[str, Any], by: Actor, seen: int) -> Kept:
    """Write a record that an agency has one of; of two who write the first one, the second is told of the first."""
    policies.demand(by, PERMISSION, agency, queries.today())
    with act(by, verb, agency, chain=agency.chain) as done:
        held = model._default_manager.filter(agency=agency).first()
        if held is None and seen == 0:
            try:
                with transaction.atomic():
                    kept: Kept = model._default_manager.create(agency=agency, **values)
            except IntegrityError:
                raise Stale("record.stale", kind=model._meta.label_lower, key=agency.key, seen=seen) from None
            changed = sorted(name for name, value in values.items() if value)
        else:
            kept = held if held is not None else model(agency=agency, version=0)
            changed = sorted(name for name, value in values.items() if getattr(kept, name) != value)
            kept.change(seen, **values)
        # What an office keeps of itself can name a person, so that the record says which fields changed, not to what.
        done.result["fields"] = changed
    return kept


def _texts(model: type[Record], values: Mapping[str, str]) -> dict[str, str]:
    """The texts that a record keeps, without spaces around them. Raises InvalidInput for one that is too long."""
    found = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        longest = getattr(field, "max_length", None)
        text = value.strip()
        if longest and len(text) > longest:
            raise InvalidInput("agencies.too_long", field=str(getattr(field, "verbose_name", name)), longest=longest)
        found[name] = text
    return found
