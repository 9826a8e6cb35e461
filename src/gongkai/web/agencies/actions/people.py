"""Roles: granted, revoked, covered during leave and handed over; by the security administrator only.

Never to oneself, and never to one of the three administrators: whoever says who may act does not act.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.agencies import policies, queries
from gongkai.web.agencies.actions.naming import between, reasoned
from gongkai.web.agencies.models import ROLES, Agency, Member
from gongkai.web.agencies.models.words import codes
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act


@dataclass(frozen=True, slots=True)
class Period:
    """From a day and until another, on which it no longer holds; without one, for good."""

    since: date
    until: date | None = None


def grant(agency: Agency, *, user: User, role: str, since: date, until: date | None = None, by: Actor) -> Member:
    """Give a person a role in an agency, from a day and, if it is known, until another.

    Raises PermissionDenied unless the security administrator gives it; InvalidInput for a role that there is none of, a
    person who is an administrator or has no account in use, oneself, an agency outside the platform, and a role that
    the person already has at that time.
    """
    admin = policies.security_administrator(by)
    with act(by, "agencies.grant", agency, chain=agency.chain) as done:
        member = _give(admin, agency, user, role, Period(since, until))
        done.result.update(member=member.key, user=user.key, role=role, since=since.isoformat(), until=_iso(until))
    return member


def revoke(member: Member, *, until: date, reason: str, by: Actor, seen: int) -> Member:
    """End a role on a day; one that has not begun then ends at once and stays in the record.

    Raises PermissionDenied as `grant` does; InvalidInput without a reason and where it has ended before; Stale.
    """
    policies.security_administrator(by)
    why = reasoned(reason)
    agency = member.agency
    with act(by, "agencies.revoke", agency, chain=agency.chain, member=member.key) as done:
        _end_covered(member, until, seen, why)
        done.result.update(role=member.role, until=until.isoformat())
    return member


def cover(
    user: User, *, during: Period, by_colleague: User, agencies: Iterable[Agency] = (), by: Actor
) -> list[Member]:
    """Let a colleague stand in for somebody on leave, in all roles or in those of some agencies, until the leave ends.

    Raises as `grant` does, and InvalidInput for a leave without an end and a person without a role then.
    """
    admin = policies.security_administrator(by)
    if during.until is None or during.until <= during.since:
        raise InvalidInput("agencies.leave", since=during.since)
    wanted = [agency.pk for agency in agencies]
    made: list[Member] = []
    with transaction.atomic():
        for held in _open(user, during.since):
            if wanted and held.agency_id not in wanted:
                continue
            # Nobody stands in longer than there is something to stand in for.
            while_held = Period(max(during.since, held.since), min(during.until, held.until or date.max))
            if while_held.since >= (while_held.until or date.max):
                continue
            if _overlapping(by_colleague, held.agency, held.role, while_held).exists():
                continue
            with act(by, "agencies.cover", held.agency, chain=held.agency.chain, member=held.key) as done:
                made.append(_give(admin, held.agency, by_colleague, held.role, while_held, covers=held))
                done.result.update(
                    by=made[-1].key, user=by_colleague.key, role=held.role,
                    since=while_held.since.isoformat(), until=_iso(while_held.until),
                )  # fmt: skip
        if not made:
            raise InvalidInput("agencies.nothing_to_hand", user=user.name)
    return made


def hand_over(user: User, *, to: User, on: date, reason: str, by: Actor) -> list[Member]:
    """End all roles of somebody who leaves on a day, and give each to a colleague from then on, all or none.

    Raises as `grant` does, and InvalidInput for a person without a role on that day.
    """
    admin = policies.security_administrator(by)
    why = reasoned(reason)
    taken: list[Member] = []
    with transaction.atomic():
        held = _open(user, on)
        if not held:
            raise InvalidInput("agencies.nothing_to_hand", user=user.name)
        for member in held:
            with act(by, "agencies.hand_over", member.agency, chain=member.agency.chain) as done:
                until = member.until
                _end_covered(member, on, member.version, why)
                done.result.update(member=member.key, role=member.role, since=on.isoformat(), to=to.key)
                if not _overlapping(to, member.agency, member.role, Period(on, until)).exists():
                    taken.append(_give(admin, member.agency, to, member.role, Period(on, until), member.covers))
    return taken


def _give(admin: User, agency: Agency, user: User, role: str, during: Period, covers: Member | None = None) -> Member:
    if role not in codes(ROLES):
        raise InvalidInput("agencies.role", given=role)
    if user.pk == admin.pk:
        raise InvalidInput("agencies.oneself")
    # The account is held, so that it is not made an administrator's meanwhile.
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.administrator:
        raise InvalidInput("agencies.administrator", user=user.name)
    if not user.is_active:
        raise InvalidInput("agencies.inactive", user=user.name)
    if agency.outside:
        raise InvalidInput("agencies.outside_people", agency=queries.standing(agency, during.since).name)
    if during.until is not None:
        between(during.until, during.since + date.resolution, date.max)
    if _overlapping(user, agency, role, during).exists():
        raise InvalidInput("agencies.role_held", user=user.name)
    return Member.objects.create(
        user=user, agency=agency, role=role, since=during.since, until=during.until, covers=covers
    )


def _end(member: Member, on: date, seen: int, why: str) -> None:
    """End a role; one that would begin on that day or later never holds, and its row stays."""
    if member.until is not None and member.until <= on:
        raise InvalidInput("agencies.role_ended", until=member.until)
    member.change(seen, until=max(on, member.since), ended_because=why)


def _end_covered(member: Member, on: date, seen: int, why: str) -> None:
    """End a role together with what colleagues hold only because they stand in for it."""
    _end(member, on, seen, why)
    for cover_for in member.covered_by.filter(Q(until__isnull=True) | Q(until__gt=on)):
        _end(cover_for, on, cover_for.version, why)


def _open(user: User, on: date) -> list[Member]:
    """The roles that a person holds on a day or later."""
    found = Member.objects.filter(Q(until__isnull=True) | Q(until__gt=on), user=user)
    return list(found.select_related("agency"))


def _overlapping(user: User, agency: Agency, role: str, during: Period) -> QuerySet[Member]:
    found = Member.objects.filter(
        Q(until__isnull=True) | Q(until__gt=during.since), user=user, agency=agency, role=role
    )
    return found.filter(since__lt=during.until) if during.until is not None else found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
