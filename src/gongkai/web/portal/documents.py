"""The released documents as the portal lists them: by agency, by what the law has disclosed, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.law.catalogues.catalogue import LEVELS, Item, load
from gongkai.web.agencies.models import Agency
from gongkai.web.portal import queries
from gongkai.web.publications import queries as documents
from gongkai.web.publications.models import Document


@dataclass(frozen=True, slots=True)
class Disclosed:
    """An item of what the law has disclosed, and how many documents of it everybody sees."""

    item: Item
    count: int


def newest(agency: Agency | None, most: int) -> list[Document]:
    """Return the newest released documents of an agency, or of all."""
    return list(documents.published(agency)[:most])


def items(agency: Agency) -> list[Disclosed]:
    """Return what an agency of its level discloses by law, with how many documents of each there are."""
    if agency.level not in LEVELS:
        return []
    counted = documents.counted(agency)
    return [
        Disclosed(item, counted.get(item.id, 0)) for item in load("proactive").items_at(agency.level, queries.today())
    ]


def item(agency: Agency, id: str) -> Item | None:
    """Return one of them, None where the agency has none such."""
    return next((one.item for one in items(agency) if one.item.id == id), None)
