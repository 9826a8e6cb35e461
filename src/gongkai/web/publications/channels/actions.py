"""What an agency does with its channels: opens, renames and closes them, enters what was released there, strikes a wrong entry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.files.actions import Content
from gongkai.web.publications import policies
from gongkai.web.publications.actions.held import said
from gongkai.web.publications.channels import evidence
from gongkai.web.publications.channels.evidence import Line, Photo
from gongkai.web.publications.channels.models import KINDS, Channel, Showing
from gongkai.web.publications.models.document import Document
from gongkai.web.publications.models.words import codes

NO_LINE = Line()


def open_channel(agency: Agency, *, kind: str, name: str, address: str, since: date, by: Actor) -> Channel:
    """Say that an agency has a channel from a day on. Raises InvalidInput where it has one of this kind and name."""
    policies.demand(by, policies.PREPARE, agency)
    if kind not in codes(KINDS):
        raise InvalidInput("publications.channels.kind", given=kind[:40])
    values = {"kind": kind, "name": name.strip(), "address": address.strip(), "since": since}
    _fit(Channel(agency=agency, **values), ("name", "address"))
    with _once(), act(
        by, "publications.open_channel", None, chain=agency.chain, kind="publications.channel"
    ) as done:  # fmt: skip
        channel = Channel.objects.create(agency=agency, **values)
        done.result["key"] = channel.key
    return channel


def amend_channel(channel: Channel, *, name: str, address: str, since: date, by: Actor, seen: int) -> Channel:
    """Call a channel otherwise, or mend what is said of it. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, channel.agency)
    values = {"name": name.strip(), "address": address.strip(), "since": since}
    if all(getattr(channel, field) == value for field, value in values.items()):
        raise InvalidInput("publications.nothing_changed")
    _fit(Channel(agency=channel.agency, kind=channel.kind, **values), ("name", "address"))
    first = channel.showings.order_by("shown_on").values_list("shown_on", flat=True).first()
    if first is not None and since > first:
        raise InvalidInput("publications.channels.shown_before", first=first)
    if channel.until is not None and channel.until < since:
        raise InvalidInput("publications.channels.closed_before", since=since)
    with _once(), act(by, "publications.amend_channel", channel, chain=channel.agency.chain):
        return channel.change(seen, **values)


def close_channel(channel: Channel, *, until: date, by: Actor, seen: int) -> Channel:
    """Say that a channel is out of use from a day on; what was released there stays. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, channel.agency)
    if channel.until is not None:
        raise InvalidInput("publications.channels.closed")
    if until < channel.since:
        raise InvalidInput("publications.channels.closed_before", since=channel.since)
    with act(by, "publications.close_channel", channel, chain=channel.agency.chain, until=until.isoformat()):
        done = channel.change(seen, until=until)
        # Asked after the change: whoever enters something now finds the channel closed.
        if channel.showings.filter(struck_at__isnull=True, shown_on__gte=until).exists():
            raise InvalidInput("publications.channels.shown_since", until=until)
        return done


def reopen_channel(channel: Channel, *, by: Actor, seen: int) -> Channel:
    """Take back that a channel is closed. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, channel.agency)
    if channel.until is None:
        raise InvalidInput("publications.channels.open")
    with _once(), act(by, "publications.reopen_channel", channel, chain=channel.agency.chain):
        return channel.change(seen, until=None)


def show(
    document: Document,
    *,
    on: Mapping[Channel, str],
    shown_on: date,
    by: Actor,
    photo: Photo | None = None,
    line: Line = NO_LINE,
) -> list[Showing]:
    """Enter that a released document was shown on channels of its agency on a day; `on` has a link, or none, for each.

    Photo and line are evidence for all of them. Raises InvalidInput where one has none, or has this entry already.
    """
    policies.demand(by, policies.PREPARE, document.agency)
    if not document.public:
        raise InvalidInput("publications.channels.not_released")
    if not on:
        raise InvalidInput("publications.channels.none_chosen")
    if any(channel.agency_id != document.agency_id for channel in on):
        raise InvalidInput("publications.channels.other_agency")
    links = {channel: evidence.link(given) for channel, given in on.items()}
    kept, signed = _evidence(document.agency, shown_on, links.values(), photo, line)
    with _once(), act(
        by, "publications.show", document, chain=document.agency.chain, channels=sorted(one.key for one in links)
    ):  # fmt: skip
        _demand_open(links, shown_on)
        file = files.record(kept) if kept else None
        return [
            Showing.objects.create(
                channel=channel, document=document, shown_on=shown_on, link=address, photo=file, by=str(by), **signed
            )
            for channel, address in links.items()
        ]  # fmt: skip


def show_alone(
    channel: Channel,
    *,
    title: str,
    shown_on: date,
    by: Actor,
    link: str = "",
    photo: Photo | None = None,
    line: Line = NO_LINE,
) -> Showing:
    """Enter an item that was released on a channel alone and is no document of the platform. Raises InvalidInput."""
    policies.demand(by, policies.PREPARE, channel.agency)
    address = evidence.link(link)
    values = {"title": title.strip(), "link": address}
    _fit(Showing(channel=channel, **values), ("title", "link"))
    if not values["title"]:
        raise InvalidInput("publications.channels.no_title")
    kept, signed = _evidence(channel.agency, shown_on, [address], photo, line)
    with _once(), act(
        by, "publications.show_alone", None, chain=channel.agency.chain, kind="publications.showing"
    ) as done:  # fmt: skip
        _demand_open([channel], shown_on)
        made = Showing.objects.create(
            channel=channel, shown_on=shown_on, photo=files.record(kept) if kept else None, by=str(by),
            **values, **signed,
        )  # fmt: skip
        done.result["key"] = made.key
    return made


def strike_showing(showing: Showing, *, reason: str, by: Actor, seen: int) -> Showing:
    """Strike an entry that was made by mistake: it counts and shows nowhere any more. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, showing.agency)
    reason = said(reason)
    if showing.struck_at is not None:
        raise InvalidInput("publications.channels.struck")
    with act(by, "publications.strike_showing", showing, chain=showing.agency.chain):
        return showing.change(seen, struck_at=timezone.now(), struck_because=reason)


def _evidence(
    agency: Agency, shown_on: date, links: Any, photo: Photo | None, line: Line
) -> tuple[Content | None, dict[str, Any]]:
    """What is common to the entries, looked through before the database is held. Raises InvalidInput."""
    if shown_on > timezone.localdate():
        raise InvalidInput("publications.ahead", given=shown_on)
    signed = evidence.line(line)
    _fit(Showing(signer=signed.signer, place=signed.place), ("signer", "place"))
    if photo is None and not signed.given and not all(links):
        raise InvalidInput("publications.channels.no_evidence")
    kept = evidence.photo(agency, photo) if photo else None
    return kept, {"signer": signed.signer, "signed_on": signed.signed_on, "place": signed.place}


def _demand_open(channels: Any, on: date) -> None:
    """Go on only where every channel was open on a day; nobody closes one of them meanwhile."""
    keys: Sequence[int] = [one.pk for one in channels]
    for channel in Channel.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        if not channel.open_on(on):
            raise InvalidInput("publications.channels.not_open", name=channel.name, day=on)


def _fit(row: models.Model, names: Sequence[str]) -> None:
    """Ask fields of words whether they take their value. Raises InvalidInput that names the field."""
    for name in names:
        field: Any = row._meta.get_field(name)
        value = str(getattr(row, name))
        try:
            field.clean(value, row)
            if len(value) > field.max_length:
                raise ValidationError(f"最多{field.max_length}个字。")
        except ValidationError as error:
            raise InvalidInput(
                "publications.field", name=str(field.verbose_name), given=value[:60], why=" ".join(error.messages)
            ) from None


@contextmanager
def _once() -> Iterator[None]:
    """Say in a sentence that an entry is there already, also where somebody else was first."""
    try:
        yield
    except IntegrityError as error:
        raise InvalidInput("publications.channels.double") from error
