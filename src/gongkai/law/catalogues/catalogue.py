"""A catalogue: its items by level, its columns, and how an office extends it by a file of its own.

An office adds items, renames them and retires them on a date; it never takes the id of an official item, and never retires
one that the law leaves it no choice about. Its file:

    catalogue = "proactive"   # may be left out; the file of another catalogue is refused
    items = [{ id = "night_markets", label = "夜市", levels = ["township"] }]
    rename = [{ id = "public_welfare", label = "社会公益事业" }]
    retire = [{ id = "fund_raising_and_labour", on = 2026-01-01, reason = "…" }]

An added item may also have article, spellings, mark and reason_required; without levels it holds at those of the catalogue.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal, get_args

from gongkai.errors import InvalidData, InvalidInput
from gongkai.law.articles import instruments
from gongkai.law.catalogues.entry import Entry
from gongkai.law.citation import citation
from gongkai.law.status import Status, status
from gongkai.messages import Listing

Level = Literal["province", "city", "county", "township"]
LEVELS: tuple[Level, ...] = get_args(Level)
_OFFICE_KEYS = ("id", "label", "article", "levels", "spellings", "mark", "reason_required")
_ITEM_KEYS = (*_OFFICE_KEYS, "number", "status", "follows_source", "statutory")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its stable id, its label, the levels it holds at, the provision it rests on ("" where there is none).

    `number` is that of the law, `spellings` are other wordings met. `mark` is printed under the date of a document with
    this attribute; one that is `reason_required` goes with a reason, one that `follows_source` takes its source's. An item
    that is not `official` is the office's own; `renamed_from` is the label of one before the office renamed it.
    """

    id: str
    label: str
    levels: tuple[Level, ...]
    article: str = ""
    status: Status = "stated"
    number: int | None = None
    spellings: tuple[str, ...] = ()
    mark: str = ""
    reason_required: bool = False
    follows_source: bool = False
    statutory: bool = False
    official: bool = True
    renamed_from: str = ""
    retired_on: date | None = None
    retired_because: str = ""

    def in_use(self, on: date | None = None) -> bool:
        """Whether the item is in use on a date, the day of retiring not included; without one, whether it is never retired."""
        return self.retired_on is None or (on is not None and on < self.retired_on)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that may be ticked in a column, and other wordings of it met."""

    id: str
    label: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a catalogue's sheet: its `parts` stand side by side, its `values` are what may be ticked in it."""

    id: str
    label: str
    parts: tuple[str, ...] = ()
    values: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Items in the order of the data. `levels`, `article` and `status` are those of the official items that name none."""

    id: str
    label: str
    levels: tuple[Level, ...]
    article: str
    status: Status
    items: tuple[Item, ...] = ()
    columns: tuple[Column, ...] = ()

    def item(self, id: str) -> Item:
        """Return an item by its id, a retired one too. Raises InvalidInput for an id that the catalogue does not hold."""
        for item in self.items:
            if item.id == id:
                return item
        raise InvalidInput("law.catalogue.item_unknown", given=id, catalogue=self.label)

    def items_at(self, level: str, on: date | None = None) -> tuple[Item, ...]:
        """Return the items of a level that are in use on a date; without a date, those that are never retired.

        Raises InvalidInput for a word that is no level.
        """
        if level not in LEVELS:
            raise InvalidInput("law.catalogue.level_unknown", given=level, known=Listing(LEVELS))
        return tuple(item for item in self.items if level in item.levels and item.in_use(on))

    def extended(self, by: str | Path | Mapping[str, Any]) -> Catalogue:
        """Return the catalogue with what an office's file, or its content as a mapping, adds, renames and retires.

        Raises InvalidData that names the entry where the file cannot be read, breaks its form, takes the id of an item
        that is there, renames or retires one that is not, or retires a statutory one.
        """
        return _extended(self, Entry(self.id, by) if isinstance(by, Mapping) else _read(Path(by)))


def load(name: str) -> Catalogue:
    """Return an official catalogue by its id. Raises InvalidInput for one that there is not."""
    held = catalogues()
    if name not in held:
        raise InvalidInput("law.catalogue.unknown", given=name, known=Listing(tuple(held)))
    return held[name]


@cache
def catalogues() -> Mapping[str, Catalogue]:
    """Every official catalogue by its id. Raises InvalidData where a file breaks its own rules."""
    found: dict[str, Catalogue] = {}
    for file in sorted(resources.files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            given = tomllib.loads(file.read_text(encoding="utf-8"))
            found |= {name: _catalogue(name, Entry(f"{file.name} {name}", table)) for name, table in given.items()}
    return found


def _catalogue(name: str, given: Entry) -> Catalogue:
    given.only("label", "article", "levels", "status", "items", "columns")
    bare = Catalogue(
        id=name,
        label=given.text("label"),
        levels=_levels(given, LEVELS),
        article=_article(given, ""),
        status=status(given.text_or("status", "stated")),
    )
    return replace(
        bare,
        items=tuple(_item(entry, bare, _ITEM_KEYS) for entry in given.entries("items")),
        columns=tuple(_column(entry) for entry in given.entries("columns")),
    )


def _read(path: Path) -> Entry:
    try:
        return Entry(str(path), tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidData("law.catalogue.unreadable", path=str(path), reason=str(error)) from error


def _extended(of: Catalogue, given: Entry) -> Catalogue:
    given.only("catalogue", "items", "rename", "retire")
    meant = given.text_or("catalogue", of.id)
    if meant != of.id:
        raise InvalidData("law.catalogue.other", place=given.place, given=meant, expected=of.id)
    items = {item.id: item for item in of.items}
    _add(items, given, of)
    for entry in given.entries("rename"):
        entry.only("id", "label")
        item = _held(entry, items, of)
        items[item.id] = replace(item, label=entry.text("label"), renamed_from=item.renamed_from or item.label)
    for entry in given.entries("retire"):
        entry.only("id", "on", "reason")
        item = _held(entry, items, of)
        if item.statutory:
            raise InvalidData("law.catalogue.statutory", place=entry.place, label=item.label, article=item.article)
        items[item.id] = replace(item, retired_on=entry.day("on"), retired_because=entry.text("reason"))
    return replace(of, items=tuple(items.values()))


def _add(items: dict[str, Item], given: Entry, of: Catalogue) -> None:
    """Add an office's items: what the official ones rest on says nothing of them."""
    own = replace(of, article="", status="stated")
    for entry in given.entries("items"):
        item = replace(_item(entry, own, _OFFICE_KEYS), official=False)
        if item.id in items:
            raise InvalidData("law.catalogue.taken", place=entry.place, id=item.id, label=items[item.id].label)
        items[item.id] = item


def _held(entry: Entry, items: Mapping[str, Item], of: Catalogue) -> Item:
    name = entry.text("id")
    if name not in items:
        raise InvalidData("law.catalogue.not_held", place=entry.place, id=name, catalogue=of.label)
    return items[name]


def _item(entry: Entry, of: Catalogue, keys: tuple[str, ...]) -> Item:
    entry.only(*keys)
    return Item(
        id=entry.text("id"),
        label=entry.text("label"),
        levels=_levels(entry, of.levels),
        article=_article(entry, of.article),
        status=status(entry.text_or("status", of.status)),
        number=entry.number("number"),
        spellings=entry.texts("spellings"),
        mark=entry.text_or("mark", ""),
        reason_required=entry.flag("reason_required"),
        follows_source=entry.flag("follows_source"),
        statutory=entry.flag("statutory"),
    )


def _column(entry: Entry) -> Column:
    entry.only("id", "label", "parts", "values")
    values = tuple(_choice(value) for value in entry.entries("values"))
    return Column(entry.text("id"), entry.text("label"), entry.texts("parts"), values)


def _choice(entry: Entry) -> Choice:
    entry.only("id", "label", "spellings")
    return Choice(entry.text("id"), entry.text("label"), entry.texts("spellings"))


def _levels(entry: Entry, default: tuple[Level, ...]) -> tuple[Level, ...]:
    given = entry.texts("levels")
    for word in given:
        if word not in LEVELS:
            raise InvalidData("law.catalogue.level", place=entry.place, given=word, known=Listing(LEVELS))
    return tuple(level for level in LEVELS if level in given) or default


def _article(entry: Entry, default: str) -> str:
    """The provision as it is cited; its instrument must be one that the data holds."""
    given = entry.text_or("article", default)
    try:
        known = not given or citation(given).instrument in instruments()
    except InvalidData as error:
        raise InvalidData("law.catalogue.article", place=entry.place, given=given) from error
    if not known:
        raise InvalidData(
            "law.catalogue.instrument", place=entry.place, given=given, known=Listing(tuple(instruments()))
        )
    return given
