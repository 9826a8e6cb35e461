"""The published annual reports as the portal lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.reports import queries
from gongkai.web.reports.models import Report

_LONG = ("assembled",)
"""What a list does not show and would take long to fetch."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A published annual report: its year, title, address, and when it was published."""

    year: int | None
    title: str
    address: str
    at: datetime | None


def published(agency: Agency | None, most: int | None = None) -> list[Listed]:
    """Return the published annual reports of an agency, or of all, at most so many, the newest year first."""
    return [_listed(record) for record in queries.published(agency=agency).defer(*_LONG)[:most]]


def newest(of: Agency, most: int) -> list[Listed]:
    """Return the newest published annual reports of the agencies of the platform, that of the site's own agency first."""
    own = published(of, 1)
    inside = queries.published().filter(outside=False).defer(*_LONG)
    others = [_listed(record) for record in inside[:most]]
    return [*own, *(other for other in others if other not in own)][:most]


def outside(most: int) -> list[Listed]:
    """Return published annual reports of agencies outside the platform, at most so many, the newest year first."""
    return [_listed(record) for record in queries.published().filter(outside=True).defer(*_LONG)[:most]]


def _listed(record: Report) -> Listed:
    address = reverse("reports:public_one", args=[record.key])
    return Listed(record.year, queries.title(record), address, record.published_at)
