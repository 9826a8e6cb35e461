"""The evidence that something was released: an address, a photo out of which its maker's traces were taken, a signed line of a log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils import timezone

from gongkai.documents.formats import recognise_format
from gongkai.documents.source import Source
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.agencies.models import Agency
from gongkai.web.files import actions as files
from gongkai.web.files.actions import Content
from gongkai.web.publications import clean, gate
from gongkai.web.publications.channels.models import WEB


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as somebody uploads it."""

    content: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the log: who saw to it, on which day they signed, and where."""

    signer: str = ""
    signed_on: date | None = None
    place: str = ""

    @property
    def given(self) -> bool:
        """Whether anything of it is filled in."""
        return bool(self.signer.strip() or self.signed_on or self.place.strip())


def line(given: Line) -> Line:
    """Return a whole line of the log, or an empty one. Raises InvalidInput where a part lacks or the day lies ahead."""
    if not given.given:
        return Line()
    found = Line(given.signer.strip(), given.signed_on, given.place.strip())
    if not (found.signer and found.signed_on and found.place):
        raise InvalidInput("publications.channels.line_incomplete")
    if found.signed_on > timezone.localdate():
        raise InvalidInput("publications.ahead", given=found.signed_on)
    return found


def link(given: str) -> str:
    """Return an address of the web as it is. Raises InvalidInput for anything else, a script above all."""
    address = given.strip()
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if not address.lower().startswith(WEB) or not parts.hostname or not address.isprintable() or " " in address:
        raise InvalidInput("publications.channels.link", given=address[:60])
    return address


def photo(agency: Agency, given: Photo) -> Content:
    """Put a photo into the store without what camera and telephone wrote into it: where, when, with what, by whom.

    What was uploaded is kept nowhere. Raises InvalidInput for what is no picture, and where something that the gate would
    hold back cannot be taken out.
    """
    try:
        picture = recognise_format(Source(given.content, given.name)) == "image"
    except UnreadableDocument:
        picture = False
    if not picture:
        raise InvalidInput("publications.channels.no_picture")
    today, words = timezone.localdate(), clean.words(agency)
    content, name = given.content, given.name
    found = gate.examine_in_child(content, name, words=words, today=today).findings
    if removable := [one for one in found if one.redactable]:
        redacted = gate.redact_in_child(content, name, removable, words=words, today=today)
        content, name = redacted.content, redacted.name
        found = gate.examine_in_child(content, name, words=words, today=today).findings
    if any(one.severity == "error" for one in found):
        raise InvalidInput("publications.channels.photo_held_back")
    return files.put(content, name)
