"""The release gate over what is published here: a draft is held back, what a citizen wrote is masked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.publications import clean, gate

_MOST_NAMED = 3
_NAME = "正文.txt"


class Masked(NamedTuple):
    """A text with what is personal in it masked, and how many places were."""

    text: str
    places: int


def demand_clean_text(agency: Agency, values: Mapping[str, Any], body: str = "") -> str:
    """Look through title, particulars and body of what is about to be published, and return the digest of what was seen.

    Raises InvalidInput that says what was found.
    """
    _refuse(found.finding for found in clean.in_text(agency, values, body) if found.finding.severity == "error")
    return clean.fingerprint(values, body)


def demand_clean_file(agency: Agency, content: bytes, name: str) -> None:
    """Look through a file in a process of its own. Raises InvalidInput that says what was found."""
    _refuse(found.finding for found in clean.in_file(agency, content, name) if found.finding.severity == "error")


def masked(agency: Agency, text: str) -> Masked:
    """Return a citizen's text as everybody may read it. Raises InvalidInput where something in it cannot be masked."""
    today, words, given = timezone.localdate(), clean.words(agency), text.encode()
    found = gate.examine(given, _NAME, words=words, today=today).findings
    to_do = [one for one in found if one.redactable and one.severity != "notice"]
    if to_do:
        given = gate.redact(given, _NAME, to_do, words=words, today=today).content
    left = gate.examine(given, _NAME, words=words, today=today).findings
    if any(one.severity == "error" for one in left):
        raise InvalidInput("engagement.not_maskable")
    return Masked(given.decode(), len(to_do))


def _refuse(findings: Any) -> None:
    found = list(findings)
    if found:
        said = "；".join(one.say() for one in found[:_MOST_NAMED])
        raise InvalidInput("engagement.findings", count=len(found), said=said)
