"""Histories as people write them: an event a line, a table (CSV), or a list of objects (JSON).

    2025-01-20 收到申请
    2025-02-20 extended days=20
    2025-03-03 third_party_asked party="A and B"

A line has the day, the event, then `party=`, `until=`, `days=` or the bare word `excused`, as far as they belong to the
event. A value with spaces stands in double quotes, a quote in it is doubled. Blank lines and lines that begin with #
do not count. A table begins with a line of headings, the keys of `words.KEYS`; a JSON object has the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import Event
from gongkai.law.deadlines.tables import from_json, from_table, is_heading
from gongkai.law.deadlines.words import DAY, key_name, key_of, made, unknown_key
from gongkai.messages import Language, Phrase, catalogue, default_language, phrase

_PIECE = re.compile(r'\s*(?:(?P<key>[^\s=＝"]+)[=＝](?P<value>"(?:[^"]|"")*"|[^\s"]*)|(?P<word>[^\s=＝"]+))(?!\S)')
_OPENING = ("[", "{")


def events(text: str, *, by_day: bool = False) -> tuple[Event, ...]:
    """Return the events of a text in its order, or by day (those of one day in its order) where the caller says so.

    Raises InvalidInput that names the line, or the object of a list, and says what is expected there.
    """
    found = _read(text.removeprefix("\ufeff"))
    return tuple(sorted(found, key=lambda event: event.on)) if by_day else found


def event(line: str, place: Phrase) -> Event:
    """Return the event of a line; `place` is what an error calls it. Raises InvalidInput."""
    line = line.strip()
    day = DAY.match(line)
    if day is None:
        raise InvalidInput("law.written.no_date", place=place, given=line)
    given = {"on": day[0]}
    words = []
    for word, key, value in _pieces(line[day.end() :], place):
        if key is None and word is not None:
            words.append(word)
        elif key in given:
            raise InvalidInput("law.written.twice", place=place, given=key_name(key))
        elif key is not None:
            given[key] = value
    return made({**given, "kind": " ".join(words)}, place)


def written(of: Event, language: Language | None = None) -> str:
    """Return the line that reads back as an event, in the words of a language."""
    said = catalogue(language or default_language())
    values = {"party": _quoted(of.party), "until": of.until, "days": of.days}
    extras = [f"{said[f'law.written.key.{key}']}={value}" for key, value in values.items() if value]
    excused = [said["law.written.key.excused"]] if of.excused else []
    return " ".join([of.on.isoformat(), said[f"law.event.{of.kind}"], *extras, *excused])


def _read(text: str) -> tuple[Event, ...]:
    if text.lstrip().startswith(_OPENING):
        return from_json(text)
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if _counts(line)]
    if numbered and is_heading(numbered[0][1]):
        return from_table(numbered)
    return tuple(event(line, phrase("law.written.place.line", number=number)) for number, line in numbered)


def _counts(line: str) -> bool:
    """Whether a line holds something: it is neither blank nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _pieces(rest: str, place: Phrase) -> Iterator[tuple[str | None, str | None, str]]:
    """What follows the day: a word of the event, or a key with its value."""
    at = 0
    while at < len(rest):
        piece = _PIECE.match(rest, at)
        if piece is None:
            raise InvalidInput("law.written.piece", place=place, given=rest[at:].strip())
        at = piece.end()
        if piece["word"] is None:
            key = key_of(piece["key"])
            if key is None:
                raise unknown_key(piece["key"], place)
            yield None, key, _unquoted(piece["value"])
        elif key_of(piece["word"]) == "excused":
            yield None, "excused", piece["word"]
        else:
            yield piece["word"], None, ""


def _quoted(value: str) -> str:
    """A value, in quotes where it would not be one piece without them."""
    if not re.search(r'[\s"]', value):
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def _unquoted(value: str) -> str:
    return value[1:-1].replace('""', '"') if value.startswith('"') else value
