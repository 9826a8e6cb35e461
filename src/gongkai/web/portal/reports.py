"""The published annual reports as the portal lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongkai.web.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Listed:
    """A published annual report: its year, title, address, and when it was published."""

    year: int
    title: str
    address: str
    at: datetime


def published(agency: Agency) -> list[Listed]:
    """Return the published annual reports of an agency, the newest year first."""
    del agency
    return []
