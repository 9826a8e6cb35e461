"""The columns of an agency on the site: their addresses, icons and labels, as the agency shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from gongkai.web.agencies.models import Agency, Site
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


def columns(agency: Agency, site: Site | None = None) -> tuple[Column, ...]:
    """Return the columns that an agency shows, in the order of the platform; `site` is what it keeps of them, if at hand."""
    return tuple(
        Column(column.code, column.label, reverse(f"portal:{column.code}", args=[agency.key]))
        for column in (site or queries.site(agency)).shown()
    )


def column(of: tuple[Column, ...], code: str) -> Column:
    """Return one of the columns that an agency shows. Raises Http404 for one that is not among them."""
    for shown in of:
        if shown.code == code:
            return shown
    raise Http404
