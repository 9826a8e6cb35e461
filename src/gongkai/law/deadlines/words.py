"""What people's words for an event mean: its day, its kind, and what the day alone does not say.

Words are the codes and the messages of both languages: `law.event.<kind>` for what happened, `law.written.key.<key>` for what else is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache

from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import EVENT_KINDS, Event, EventKind
from gongkai.messages import LANGUAGES, Listing, Phrase, catalogue, phrase

KEYS = ("on", "kind", "party", "until", "days", "excused")
"""What an event is given by."""

_CONSULTATION: tuple[EventKind, ...] = (
    "third_party_asked",
    "third_party_reached",
    "third_party_answered",
    "joint_asked",
    "joint_reached",
    "joint_answered",
    "agency_asked",
    "agency_answered",
)
EXTRAS: Mapping[str, tuple[EventKind, ...]] = {
    "party": _CONSULTATION,
    "until": ("supplement_asked", "postponed"),
    "days": ("extended",),
    "excused": ("supplemented",),
}
"""The events to which each of the keys beyond day and kind belongs."""

_DIGIT = "[0-9０-９]"
DAY = re.compile(
    rf"(?P<year>{_DIGIT}{{4}})(?:(?P<mark>[-/.－／．])(?P<month>{_DIGIT}{{1,2}})(?P=mark)(?P<day>{_DIGIT}{{1,2}})"
    rf"|年(?P<month_zh>{_DIGIT}{{1,2}})月(?P<day_zh>{_DIGIT}{{1,2}})日)(?!{_DIGIT})"
)
"""2025-01-20, 2025/1/20, 2025.1.20, 2025年1月20日, in ASCII or full-width digits."""
_WHOLE = re.compile(rf"{_DIGIT}{{1,4}}")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def made(given: Mapping[str, str], place: Phrase) -> Event:
    """Return the event that texts by the codes of `KEYS` give; blank ones do not count.

    `place` is what an error calls the line. Raises InvalidInput for what cannot be read and for what does not belong to
    the event.
    """
    held = {key: value.strip() for key, value in given.items() if value.strip()}
    on = day_of(held.get("on", ""), place)
    kind = kind_of(held.get("kind", ""), place)
    excused = _yes(held.get("excused", ""), place)
    for key, kinds in EXTRAS.items():
        if kind not in kinds and (excused if key == "excused" else key in held):
            raise InvalidInput("law.written.foreign", place=place, given=key_name(key), event=kind)
    until = day_of(held["until"], place) if "until" in held else None
    return Event(kind, on, _party(held.get("party", ""), place), until, _days(held.get("days", ""), place), excused)


def day_of(text: str, place: Phrase) -> date:
    """Return the date that a text is. Raises InvalidInput for no date in the forms of `DAY`."""
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        month, day = match["month"] or match["month_zh"], match["day"] or match["day_zh"]
        return date(int(match["year"]), int(month), int(day))
    except ValueError:
        raise InvalidInput("law.written.date", place=place, given=text) from None


def kind_of(words: str, place: Phrase) -> EventKind:
    """Return the kind of event that words stand for. Raises InvalidInput, with what comes near."""
    if not words:
        raise InvalidInput("law.written.no_event", place=place)
    found = _kinds().get(folded(words))
    if found is None:
        near = dict.fromkeys(_kinds()[word] for word in get_close_matches(folded(words), _kinds()))
        listed = Listing(tuple(phrase(f"law.event.{kind}") for kind in near or EVENT_KINDS))
        raise InvalidInput(
            "law.written.event_near" if near else "law.written.event", place=place, given=words, known=listed
        )
    return found


def key_of(word: str) -> str | None:
    """Return the code of `KEYS` that a word stands for, None where it stands for none."""
    return _keys().get(folded(word))


def key_name(key: str) -> Phrase:
    """The word for a code of `KEYS`."""
    return phrase(f"law.written.key.{key}")


def folded(words: str) -> str:
    """Words without the differences of case and spaces."""
    return " ".join(words.casefold().split())


def unknown_key(word: str, place: Phrase) -> InvalidInput:
    """The refusal of a word that stands for nothing that can be given."""
    return InvalidInput("law.written.unknown", place=place, given=word, known=Listing(tuple(map(key_name, KEYS))))


@cache
def answers() -> Mapping[str, bool]:
    """Every word for yes and no, `folded`."""
    yes = ("1", "true", "excused", *_said("written.yes", "written.key.excused"))
    no = ("", "0", "false", *_said("written.no"))
    return {folded(word): True for word in yes} | {folded(word): False for word in no}


@cache
def _kinds() -> Mapping[str, EventKind]:
    """Every word for a kind of event, folded."""
    return {folded(word): kind for kind in EVENT_KINDS for word in (kind, *_said(f"event.{kind}"))}


@cache
def _keys() -> Mapping[str, str]:
    """Every word for a key, folded."""
    return {folded(word): key for key in KEYS for word in (key, *_said(f"written.key.{key}"))}


def _said(*codes: str) -> Iterator[str]:
    """The messages of the law with these codes, in every language that has them."""
    every = (catalogue(language).get(f"law.{code}") for language in LANGUAGES for code in codes)
    return (said for said in every if said is not None)


def _yes(text: str, place: Phrase) -> bool:
    try:
        return answers()[folded(text)]
    except KeyError:
        raise InvalidInput("law.written.excused", place=place, given=text) from None


def _days(text: str, place: Phrase) -> int:
    if text and _WHOLE.fullmatch(text) is None:
        raise InvalidInput("law.written.days", place=place, given=text)
    return int(text or 0)


def _party(text: str, place: Phrase) -> str:
    """A party's name; characters that nobody sees would make two parties of one."""
    if any(unicodedata.category(character) in _UNSEEN for character in text):
        raise InvalidInput("law.written.party", place=place, given=ascii(text))
    return text
