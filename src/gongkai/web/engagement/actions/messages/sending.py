"""Sending a message to an agency, finding one's own again, and passing one on to the agency that is in charge."""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import NamedTuple

from django.utils import timezone
from django.utils.crypto import constant_time_compare

from gongkai.errors import InvalidInput
from gongkai.web.accounts import tries
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import VISITOR, Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.actions.messages.held import in_state
from gongkai.web.engagement.given import fit
from gongkai.web.engagement.models import Message, Transfer
from gongkai.web.engagement.models.words import MESSAGE_KINDS, codes
from gongkai.web.publications.actions.held import said

DOOR, DOOR_OF_CODE = "message", "message_code"
LONGEST_PERSONAL = 100
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Letters and digits that nobody takes for one another on paper."""
_CODE, _PASSWORD = 10, 12


class Receipt(NamedTuple):
    """A message that was taken, with the password that is shown once and kept nowhere."""

    message: Message
    password: str


def send(
    agency: Agency, *, kind: str, title: str, text: str, address: str, name: str = "", contact: str = "", consent: bool = False
) -> Receipt:  # fmt: skip
    """Take a message from anybody at an address of the net, of which nothing is kept.

    Raises InvalidInput; `accounts.blocked` where too many came from the address just now.
    """
    if kind not in codes(MESSAGE_KINDS):
        raise InvalidInput("engagement.message_kind")
    if agency.outside or agency.dissolved is not None:
        raise InvalidInput("engagement.no_agency")
    today, password = timezone.localdate(), _random(_PASSWORD)
    made = Message(
        agency=agency, kind=kind, title=title.strip(), text=text.replace("\r\n", "\n").strip(), name=name.strip(),
        contact=contact.strip(), consent=consent, code=_random(_CODE), received_on=today,
        due=periods.message_due(agency, today).due, promised=periods.message_promised(agency, today).due,
    )  # fmt: skip
    made.digest = _digest(made.code, password)
    fit(made, ("title", "text"))
    for label, given in (("姓名", made.name), ("联系方式", made.contact)):
        if len(given) > LONGEST_PERSONAL:
            raise InvalidInput("engagement.field", name=label, why=f"最多{LONGEST_PERSONAL}个字。")
    tries.take(DOOR, agency.key, address)
    with act(VISITOR, "engagement.send_message", None, chain=agency.chain, kind="engagement.message") as done:
        made.save(force_insert=True)
        done.result |= {"key": made.key, "code": kind}
    return Receipt(made, password)


def find(code: str, password: str, address: str) -> Message:
    """Return the message that somebody proves to have written. Raises InvalidInput `engagement.no_message`, `accounts.blocked`.

    The refusal is the same for a code that never was and for a wrong password.
    """
    written = "".join(code.split()).lower()
    found = tries.evaluated(DOOR_OF_CODE, written, address, lambda: _proved(written, password))
    if found is None:
        raise InvalidInput("engagement.no_message")
    return found


def transfer(message: Message, *, to: Agency, reason: str, by: Actor, seen: int) -> Message:
    """Pass a message on to another agency of the platform, which is to answer it by the same days. Raises InvalidInput, Stale."""
    policies.demand(by, policies.PREPARE, message.agency)
    in_state(message, "waiting")
    if to.pk == message.agency_id or to.outside or to.dissolved is not None:
        raise InvalidInput("engagement.transfer_to")
    reason = said(reason)
    with act(by, "engagement.transfer_message", message, chain=message.agency.chain, agency=to.key):
        Transfer.objects.create(message=message, before=message.agency, after=to, reason=reason, by=str(by))
        return message.change(seen, agency=to, answer="", hands=[], returned_because="")


def _proved(code: str, password: str) -> Message | None:
    held = Message.objects.select_related("agency").filter(code=code).first() if code.isascii() else None
    given = _digest(code, "".join(password.split()).lower())
    # Compared also where there is no such code: the answer takes as long.
    good = constant_time_compare(given, held.digest if held else _digest("", ""))
    return held if held is not None and good else None


def _random(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def _digest(code: str, password: str) -> str:
    """A password has some 58 random bits and is tried a few times an hour: a digest under the code is enough."""
    return sha256(f"{code}:{password}".encode()).hexdigest()
