"""A read report as JSON and back, whole: what the line of `gongkai read --json` leaves out is needed to check it again.

Only the classes named here come back, so that what stands in the database can make nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any

from gongkai.documents.model import Place
from gongkai.messages import Listing, Phrase
from gongkai.report import model

_CLASSES: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        *(model.Report, model.SheetCell, model.Mention, model.Heading, model.Prose, model.Fact),
        *(model.Finding, model.Cause, Place, Phrase, Listing),
    )
}
_KIND = "~"


def freeze(report: model.Report) -> str:
    """Return the report as JSON text in ASCII; fields that hold their default are left out."""
    return json.dumps(_frozen(report), separators=(",", ":"))


def thaw(text: str) -> model.Report:
    """Return the report that `freeze` wrote. Raises ValueError for any other text."""
    report = _thawed(json.loads(text))
    if not isinstance(report, model.Report):
        raise ValueError("not a report")
    return report


def thaw_cells(text: str, names: Collection[str]) -> dict[str, model.SheetCell]:
    """Return only some cells of a report that `freeze` wrote, those that it has: a tenth of the work of the whole."""
    cells = next(value for name, value in json.loads(text).items() if name == "cells")
    return {name: _thawed(cell) for name, cell in cells["of"] if name in names}


def _frozen(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return {_KIND: "Decimal", "is": str(value)}
    if type(value).__name__ in _CLASSES:
        held = {
            name: getattr(value, name) for name, default in _fields(type(value)) if getattr(value, name) != default
        }
        return {_KIND: type(value).__name__, **{name: _frozen(item) for name, item in held.items()}}
    if isinstance(value, frozenset):
        return {_KIND: "frozenset", "of": sorted(map(_frozen, value))}
    if isinstance(value, tuple):
        return {_KIND: "tuple", "of": list(map(_frozen, value))}
    if isinstance(value, dict):
        return {_KIND: "dict", "of": [[name, _frozen(item)] for name, item in value.items()]}
    raise TypeError(f"no way to keep {type(value).__name__}")


def _thawed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kind = value.get(_KIND)
    if kind == "Decimal":
        return Decimal(value["is"])
    if kind == "tuple":
        return tuple(map(_thawed, value["of"]))
    if kind == "frozenset":
        return frozenset(map(_thawed, value["of"]))
    if kind == "dict":
        return {name: _thawed(item) for name, item in value["of"]}
    if kind not in _CLASSES:
        raise ValueError(f"unknown kind {kind}")
    return _CLASSES[kind](**{name: _thawed(item) for name, item in value.items() if name != _KIND})


def _fields(kind: Any) -> list[tuple[str, Any]]:
    """The fields of a class, each with its default."""
    if is_dataclass(kind):
        return [
            (
                field.name,
                field.default_factory() if field.default_factory is not MISSING else field.default,
            )
            for field in fields(kind)
        ]
    return [(name, kind._field_defaults.get(name, MISSING)) for name in kind._fields]
