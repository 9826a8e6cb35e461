"""Taking a comment: from anybody by the form, or entered by the office as it came by other ways."""

from __future__ import annotations

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts import tries
from gongkai.web.audit.actor import VISITOR, Actor
from gongkai.web.audit.chain import act
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.actions.consultations.held import in_state
from gongkai.web.engagement.given import fit
from gongkai.web.engagement.models import Comment, Consultation
from gongkai.web.engagement.models.comment import LONGEST_CONTACT
from gongkai.web.engagement.models.words import CHANNELS, SHOWN, codes

DOOR = "comment"


def comment(
    consultation: Consultation, *, text: str, address: str, name: str = "", agreed: bool = False, contact: str = ""
) -> Comment:
    """Take a comment from anybody at an address of the net, of which nothing is kept. Raises InvalidInput.

    So many from one address for one consultation, and no more for a while: `accounts.blocked`.
    """
    if not periods.takes_comments(consultation, timezone.localdate()):
        raise InvalidInput("engagement.not_open")
    given = _given(consultation, text, name, agreed, contact, "web")
    tries.take(DOOR, consultation.key, address)
    return _keep(given, VISITOR)


def enter_comment(
    consultation: Consultation,
    *,
    text: str,
    channel: str,
    by: Actor,
    name: str = "",
    agreed: bool = False,
    contact: str = "",
) -> Comment:
    """Enter a comment that came by letter, mail, telephone or at a meeting, also after the last day, when it was sent before.

    Raises InvalidInput.
    """
    policies.demand(by, policies.PREPARE, consultation.agency)
    in_state(consultation, *SHOWN)
    if channel not in codes(CHANNELS) or channel == "web":
        raise InvalidInput("engagement.channel", given=channel[:20])
    if consultation.summary_state != "none":
        raise InvalidInput("engagement.summed_up")
    given = _given(consultation, text, name, agreed, contact, channel)
    given.by = str(by)
    return _keep(given, by)


def _given(consultation: Consultation, text: str, name: str, agreed: bool, contact: str, channel: str) -> Comment:
    made = Comment(
        consultation=consultation, number=1, text=text.replace("\r\n", "\n").strip(), name=name.strip(), agreed=agreed,
        contact=contact.strip(), channel=channel,
    )  # fmt: skip
    fit(made, ("text", "name"))
    if len(made.contact) > LONGEST_CONTACT:
        raise InvalidInput("engagement.field", name="联系方式", why=f"最多{LONGEST_CONTACT}个字。")
    return made


def _keep(given: Comment, by: Actor) -> Comment:
    """Give the comment its number and keep it. The consultation is held meanwhile: it may have been stopped just now."""
    chain = given.consultation.agency.chain
    with act(by, "engagement.comment", None, chain=chain, kind="engagement.comment") as done:
        held = Consultation.objects.select_for_update().get(pk=given.consultation_id)
        if given.channel == "web" and not periods.takes_comments(held, timezone.localdate()):
            raise InvalidInput("engagement.not_open")
        last = Comment.objects.filter(consultation=held).order_by("number").last()
        given.number = last.number + 1 if last else 1
        given.save(force_insert=True)
        done.result |= {"key": given.key, "comment": given.number, "how": given.channel}
    return given
