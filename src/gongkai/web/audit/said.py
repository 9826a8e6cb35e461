"""Entries as a page says them: chains, objects and results in words and names; what was written stays beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model

from gongkai import messages
from gongkai.report.form import form_ids, sheet
from gongkai.web.audit import wording
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.models import Entry

_AGENCY, _USER = "agencies.agency", "accounts.user"
_HELD = {
    **dict.fromkeys(("into", "from", "parent", "successor", "origin", "agency"), _AGENCY),
    **dict.fromkeys(("user", "to"), _USER),
}
"""The fields of a result that hold keys of records, and of which kind."""
_BODY = {"kind_of": "law.body.kind", "level": "law.body.level"}
"""The fields whose codes the law names."""
_CELLS = ("cell", "cells")
_CHAIN = "agency:"
Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Said:
    """An entry in words: chain, actor, act, object, and the parts of its result; `raw` is what was written."""

    entry: Entry
    chain: str
    actor: str
    verb: str
    kind: str
    name: str
    parts: tuple[tuple[str, str], ...]
    raw: str


def said(entries: Sequence[Entry]) -> list[Said]:
    """Return entries in words, in their order; names are those that records have now."""
    names = _names(entries)
    return [_said(entry, names) for entry in entries]


def chain_names(chains: Iterable[str]) -> dict[str, str]:
    """Return what pages call chains, by their names in the audit: the agency, or the word for a chain of its own."""
    listed = list(chains)
    keys = {chain.removeprefix(_CHAIN) for chain in listed}
    model = _model(_AGENCY)
    agencies = {row.key: str(row) for row in model._default_manager.filter(key__in=keys)} if model else {}
    return {chain: _word("chain", chain) or agencies.get(chain.removeprefix(_CHAIN), chain) for chain in listed}


def _said(entry: Entry, names: Names) -> Said:
    code, _, key = entry.actor.partition(":")
    return Said(
        entry,
        chain=_word("chain", entry.chain) or names.get((_AGENCY, entry.chain.removeprefix(_CHAIN)), entry.chain),
        actor=names.get((_USER, key), "") or _word("actor", code) or entry.actor,
        verb=wording.verb(entry.verb, "zh"),
        kind=_kind(entry.kind),
        name=names.get((entry.kind, entry.object_key), ""),
        parts=tuple(_part(field, value, names) for field, value in entry.result.items() if not _empty(value)),
        raw=json.dumps(entry.result, ensure_ascii=False, sort_keys=True),
    )


def _part(field: str, value: Any, names: Names) -> tuple[str, str]:
    given = value if isinstance(value, list) else [value]
    return _word("field", field) or field, "、".join(_value(field, one, names) for one in given)


def _value(field: str, value: Any, names: Names) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    held = names.get((_HELD.get(field, ""), str(value)))
    if field in _CELLS:
        return _cell(str(value))
    if field in _BODY:
        return messages.catalogue("zh").get(f"{_BODY[field]}.{value}", str(value))
    return held or _word(f"value.{field}", str(value)) or str(value)


def _cell(cell: str) -> str:
    """What the newest form that has a cell calls it."""
    for form in reversed(form_ids()):
        of = sheet(form, form, form)
        if cell in of.columns:
            return of.label(cell)
    return cell


def _empty(value: Any) -> bool:
    return value is None or value == "" or value == []


def _kind(kind: str) -> str:
    model = _model(kind)
    return str(model._meta.verbose_name) if model is not None else kind


def _names(entries: Iterable[Entry]) -> Names:
    """The names of all records that the entries speak of, by kind and key: those of kinds that have names."""
    wanted: dict[str, set[str]] = {_USER: set(), _AGENCY: set()}
    for entry in entries:
        wanted.setdefault(entry.kind, set()).add(entry.object_key)
        wanted[_USER].add(entry.actor.removeprefix(f"{Actor('user').kind}:"))
        wanted[_AGENCY].add(entry.chain.removeprefix(_CHAIN))
        for field, value in entry.result.items():
            if field in _HELD:
                wanted[_HELD[field]].update(map(str, value if isinstance(value, list) else [value]))
    found: dict[tuple[str, str], str] = {}
    for kind, keys in wanted.items():
        model = _model(kind)
        if model is not None and model.__str__ is not Model.__str__ and hasattr(model, "key"):
            found |= {(kind, row.key): str(row) for row in model._default_manager.filter(key__in=keys)}
    return found


def _model(kind: str) -> Any:
    """The model of a kind, None for one that this version does not know."""
    try:
        return apps.get_model(kind)
    except (LookupError, ValueError):
        return None


def _word(what: str, code: str) -> str:
    return messages.catalogue("zh").get(f"audit.{what}.{code}", "")
