"""Whether a document is in force on a day: computed from its dates and what other documents did to it, never typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from gongkai.law.catalogues.catalogue import load
from gongkai.web.publications.models import Document, Relation
from gongkai.web.publications.models.words import SHOWN

Validity = Literal["in_force", "amended", "lapsed", "repealed", "not_yet"]
NOT_YET = "尚未施行"


def validity(document: Document, on: date) -> Validity:
    """Return how a document stands on a day. What a document does to another counts while everybody sees it."""
    return validities([document], on)[document.pk]


def validities(documents: Sequence[Document], on: date) -> dict[int, Validity]:
    """Return how each of many documents stands on a day, by primary key; asks the database once."""
    done: dict[int, set[str]] = {}
    acts = Relation.objects.filter(
        target__in=[one.pk for one in documents], kind__in=("repeals", "amends"), since__lte=on,
        document__state__in=SHOWN,
    )  # fmt: skip
    for target, kind in acts.values_list("target", "kind"):
        done.setdefault(target, set()).add(kind)
    return {one.pk: _stands(one, on, done.get(one.pk, set())) for one in documents}


def _stands(document: Document, on: date, done: set[str]) -> Validity:
    if "repeals" in done:
        return "repealed"
    if document.expires_on is not None and document.expires_on < on:
        return "lapsed"
    if document.effective_on is not None and document.effective_on > on:
        return "not_yet"
    return "amended" if "amends" in done else "in_force"


def word(code: Validity) -> str:
    """Return the word for it."""
    return NOT_YET if code == "not_yet" else load("validity").item(code).label
