"""Histories as tables with a line of headings (commas or tabs), and as lists of JSON objects."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence

from gongkai.errors import InvalidInput
from gongkai.law.deadlines.history import Event
from gongkai.law.deadlines.words import key_name, key_of, made, unknown_key
from gongkai.messages import Phrase, phrase

Numbered = Sequence[tuple[int, str]]


def is_heading(line: str) -> bool:
    """Whether a line is the headings of a table: the day and the event are among them."""
    return {"on", "kind"} <= {key_of(cell) for cell in line.split(_separator(line))}


def from_table(numbered: Numbered) -> tuple[Event, ...]:
    """Return the events of numbered lines, of which the first is the headings. Raises InvalidInput."""
    (first, heading), *rows = numbered
    separator = _separator(heading)
    keys = _cells(heading, separator, _line(first))
    _known(keys, _line(first))
    return tuple(
        _row(keys, _cells(line, separator, _line(number)), _line(number))
        for number, line in rows
        if line.replace(separator, "").strip()
    )


def from_json(text: str) -> tuple[Event, ...]:
    """Return the events of a list of objects. Raises InvalidInput."""
    try:
        found = json.loads(text, object_pairs_hook=tuple)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("law.written.json", reason=str(error)) from None
    if not isinstance(found, list):
        raise InvalidInput("law.written.json_list")
    return tuple(_object(given, _entry(number)) for number, given in enumerate(found, 1))


def _row(headings: Sequence[str], cells: Sequence[str], place: Phrase) -> Event:
    if len(cells) > len(headings):
        raise InvalidInput("law.written.cells", place=place, given=len(cells), expected=len(headings))
    return made(dict(zip(map(_key, headings), cells, strict=False)), place)


def _object(given: object, place: Phrase) -> Event:
    """The event of an object, which the reader gives as its pairs; texts, whole numbers, yes, no and nothing are values."""
    if not isinstance(given, tuple):
        raise InvalidInput("law.written.object", place=place, given=json.dumps(given, ensure_ascii=False))
    _known([name for name, _ in given], place)
    texts = {}
    for name, value in given:
        if value is not None and not isinstance(value, str | int):
            raise InvalidInput(
                "law.written.value",
                place=place,
                key=key_name(_key(name)),
                given=json.dumps(value, ensure_ascii=False),
            )
        texts[_key(name)] = "" if value is None else str(value)
    return made(texts, place)


def _known(words: Iterable[str], place: Phrase) -> None:
    """Refuse words that stand for no key, and two words for one."""
    seen: set[str] = set()
    for word in words:
        key = _key(word)
        if not key:
            raise unknown_key(word, place)
        if key in seen:
            raise InvalidInput("law.written.twice", place=place, given=key_name(key))
        seen.add(key)


def _key(word: str) -> str:
    return key_of(word) or ""


def _cells(line: str, separator: str, place: Phrase) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        raise InvalidInput("law.written.piece", place=place, given=line.strip()) from None


def _separator(heading: str) -> str:
    return "\t" if "\t" in heading else ","


def _line(number: int) -> Phrase:
    return phrase("law.written.place.line", number=number)


def _entry(number: int) -> Phrase:
    return phrase("law.written.place.entry", number=number)
