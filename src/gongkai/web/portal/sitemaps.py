"""The list of addresses for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from gongkai.web.agencies.models import Name
from gongkai.web.portal import queries
from gongkai.web.reports import queries as reports
from gongkai.web.reports.models import Report


class Pages(Sitemap):  # type: ignore[type-arg]  # not subscriptable at run time
    """The pages of the site itself."""

    def items(self) -> Iterable[str]:
        """Their names."""
        return ["home", "directory", "accessibility", "site_map"]

    def location(self, item: str) -> str:
        """The address of one."""
        return reverse(f"portal:{item}")


class Agencies(Sitemap):  # type: ignore[type-arg]
    """The page of every agency; its columns are linked from there."""

    limit = 1000

    def items(self) -> QuerySet[Name]:
        """The agencies of the site."""
        return queries.agencies().order_by("agency_id")

    def location(self, item: Name) -> str:
        """The address of one."""
        return reverse("portal:agency", args=[item.agency.key])


class AnnualReports(Sitemap):  # type: ignore[type-arg]
    """Every published annual report."""

    limit = 1000

    def items(self) -> QuerySet[Report]:
        """The reports."""
        return reports.published().order_by("pk")

    def location(self, item: Report) -> str:
        """The address of one."""
        return reverse("reports:public_one", args=[item.key])

    def lastmod(self, item: Report) -> datetime | None:
        """When it was published."""
        return item.published_at


SITEMAPS = {"pages": Pages, "agencies": Agencies, "reports": AnnualReports}
