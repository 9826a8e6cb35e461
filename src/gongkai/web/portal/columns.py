"""The columns of an agency on the site: their addresses, icons and labels, as the agency shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.portal import queries

ICONS = {
    "guide": "compass",
    "rules": "journal-text",
    "statutory": "folder2-open",
    "annual_reports": "bar-chart-line",
    "requests": "envelope-open",
}
_SUBJECT = "政府信息"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an agency, with its address; `short` leaves the subject away that all columns share."""

    code: str
    label: str
    address: str

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return ICONS[self.code]

    @property
    def short(self) -> str:
        """The label for the navigation."""
        return self.label.removeprefix(_SUBJECT)


def columns(agency: Agency) -> tuple[Column, ...]:
    """Return the columns that an agency shows, in the order of the platform."""
    return tuple(
        Column(column.code, column.label, reverse(f"portal:{column.code}", args=[agency.key]))
        for column in queries.site(agency).shown()
    )


def column(agency: Agency, code: str) -> Column:
    """Return one column of an agency. Raises Http404 for one that the agency does not show."""
    for shown in columns(agency):
        if shown.code == code:
            return shown
    raise Http404
