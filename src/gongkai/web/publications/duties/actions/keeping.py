"""Keeping an office's catalogue: taking over that of the law, adding items, changing, retiring and restoring them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.publications.actions.held import said
from gongkai.web.publications.duties import policies
from gongkai.web.publications.duties.given import FIELDS, adopted, completed, fields_of
from gongkai.web.publications.duties.words import STANDARD
from gongkai.web.publications.models import Duty


def adopt(agency: Agency, *, proactive: Sequence[str] = (), standard: Sequence[str] = (), by: Actor) -> list[Duty]:
    """Take over fields of the law's catalogue and of the standard one, all in one act; those that are there stay as they are.

    Raises InvalidInput for a field that a catalogue does not list at the agency's level, and where all are there.
    """
    policies.demand(by, policies.KEEP, agency)
    rows = [*_not_there(agency, "proactive", proactive), *_not_there(agency, STANDARD, standard)]
    if not rows:
        raise InvalidInput("publications.duties.all_there")
    with once(), act(by, "publications.adopt_duties", agency, chain=agency.chain, number=len(rows)):
        return Duty.objects.bulk_create(rows)


def add(*, agency: Agency, by: Actor, **values: Any) -> Duty:
    """Add an item to an agency's catalogue. Raises InvalidInput for values that do not go together, or one that is there."""
    policies.demand(by, policies.KEEP, agency)
    found = completed(agency, values)
    with once(), act(by, "publications.add_duty", None, chain=agency.chain, kind="publications.duty") as done:
        duty = Duty.objects.create(agency=agency, **found)
        done.result["key"] = duty.key
    return duty


def change(duty: Duty, *, by: Actor, seen: int, **values: Any) -> Duty:
    """Change what an item says. Raises InvalidInput, Stale."""
    policies.demand(by, policies.KEEP, duty.agency)
    in_use(duty)
    found = completed(duty.agency, values, duty)
    changed = sorted(name for name in FIELDS if getattr(duty, name) != found[name])
    if not changed:
        raise InvalidInput("publications.nothing_changed")
    if {"timing", "months"} & set(changed) and duty.periodic and duty.fulfilments.filter(ended_at=None).exists():
        raise InvalidInput("publications.duties.bound")
    with once(), act(by, "publications.change_duty", duty, chain=duty.agency.chain, fields=changed):
        return duty.change(seen, **{name: found[name] for name in FIELDS})


def retire(duty: Duty, *, reason: str, by: Actor, seen: int) -> Duty:
    """Take an item out of use; what was disclosed under it stays. Raises InvalidInput, Stale.

    The last item of what the law leaves no choice about cannot be.
    """
    policies.demand(by, policies.KEEP, duty.agency)
    in_use(duty)
    reason = said(reason)
    if _must_be_there(duty):
        raise InvalidInput("publications.duties.statutory", item=duty.first)
    with act(by, "publications.retire_duty", duty, chain=duty.agency.chain):
        return duty.change(seen, state="retired", retired_on=timezone.localdate(), retired_because=reason)


def restore(duty: Duty, *, by: Actor, seen: int) -> Duty:
    """Put a retired item to use again. Raises InvalidInput where the same is there by now, Stale."""
    policies.demand(by, policies.KEEP, duty.agency)
    if duty.state != "retired":
        raise InvalidInput("publications.duties.state", state=duty.get_state_display())
    with once(), act(by, "publications.restore_duty", duty, chain=duty.agency.chain):
        return duty.change(seen, state="active", retired_on=None, retired_because="")


def in_use(duty: Duty) -> None:
    """Go on only with an item in use. Raises InvalidInput."""
    if duty.state != "active":
        raise InvalidInput("publications.duties.state", state=duty.get_state_display())


@contextmanager
def once() -> Iterator[None]:
    """Say in a sentence that the same item is there already."""
    try:
        yield
    except IntegrityError as error:
        raise InvalidInput("publications.duties.there") from error


def _not_there(agency: Agency, catalogue: str, fields: Sequence[str]) -> list[Duty]:
    """The items for fields of a catalogue that the agency has not yet."""
    known = {item.id: item for item in fields_of(agency, catalogue)}
    if wrong := [field for field in fields if field not in known]:
        raise InvalidInput("publications.duties.field", given=", ".join(wrong)[:60])
    held = Duty.objects.filter(agency=agency, catalogue=catalogue, state="active")
    there = set(held.values_list("field", flat=True))
    wanted = [field for field in dict.fromkeys(fields) if field not in there]
    return [Duty(agency=agency, **adopted(agency, catalogue, known[field])) for field in wanted]


def _must_be_there(duty: Duty) -> bool:
    """Whether an item is the last one in use of what article 20 leaves no choice about."""
    if duty.catalogue != "proactive" or not load(duty.catalogue).item(duty.field).statutory:
        return False
    others = Duty.objects.filter(agency=duty.agency, catalogue=duty.catalogue, field=duty.field, state="active")
    return not others.exclude(pk=duty.pk).exists()
