"""What was done to an agency, when and by whom, from the audit; and who was first of two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai import messages
from gongkai.web.accounts.models import User
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.models.words import ROLES
from gongkai.web.audit.models import Entry

_VERBS = "agencies."
_PARTS = {
    "name": "名称",
    "region_code": "行政区划代码",
    "unified_code": "统一社会信用代码",
    "since": "自",
    "until": "至",
    "role": "角色",
    "reason": "理由",
    "digest": "文件摘要",
    "rows": "行数",
}


@dataclass(frozen=True, slots=True)
class Done:
    """An act as people read it: when, what, by whom, and the main facts of its result."""

    at: datetime
    what: str
    who: str
    facts: tuple[tuple[str, str], ...]


def entries(agency: Agency) -> QuerySet[Entry]:
    """Return the entries about an agency itself, the newest first, with those of the files that made or changed it."""
    files = list(agency.imports.filter(applied_at__isnull=False).values_list("key", flat=True))
    about = Q(chain=agency.chain, verb__startswith=_VERBS)
    if files:
        about |= Q(object_key__in=files, verb__startswith=_VERBS)
    return Entry.objects.filter(about).order_by("-at", "-number")


def told(found: Iterable[Entry]) -> list[Done]:
    """Return entries as people read them."""
    listed = list(found)
    names = _names(listed)
    return [Done(entry.at, what(entry.verb), names[entry.actor], _facts(entry)) for entry in listed]


def first(agency: Agency, verbs: Sequence[str] = ()) -> str:
    """Return the sentence for whoever came second: who was first, when, and with what; by the last act of these verbs."""
    found = entries(agency)
    if verbs:
        found = found.filter(verb__in=[f"{_VERBS}{verb}" for verb in verbs])
    last = found.first()
    if last is None:
        return messages.text("agencies.first.unknown", "zh")
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M:%S")
    who = _names([last])[last.actor]
    return messages.text("agencies.first.someone", "zh", at=at, who=who, what=what(last.verb))


def what(verb: str) -> str:
    """Return the words for a verb."""
    return messages.text(f"agencies.verb.{verb.removeprefix(_VERBS)}", "zh")


def _names(found: Sequence[Entry]) -> dict[str, str]:
    """The people behind the actors of some entries."""
    keys = {entry.actor: entry.actor.partition(":")[2] for entry in found}
    names = dict(User.objects.filter(key__in=keys.values()).values_list("key", "name"))
    other = messages.text("agencies.first.console", "zh")
    return {actor: names.get(key, other) for actor, key in keys.items()}


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    return tuple((said, _value(part, entry.result[part])) for part, said in _PARTS.items() if entry.result.get(part))


def _value(part: str, value: object) -> str:
    """Return a value as people read it: a role by its name."""
    return str(dict(ROLES).get(str(value), value)) if part == "role" else str(value)
