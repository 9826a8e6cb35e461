"""The list of addresses for search engines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.contrib.sitemaps import Sitemap, views
from django.contrib.sitemaps.views import x_robots_tag
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from gongkai.web.agencies.models import Name
from gongkai.web.pages.stored import XML, stored
from gongkai.web.portal import queries
from gongkai.web.publications import versions as released
from gongkai.web.publications.models import Document
from gongkai.web.publications.queries import published
from gongkai.web.reports import queries as reports
from gongkai.web.reports import versions
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


class Documents(Sitemap):  # type: ignore[type-arg]
    """Every released document."""

    limit = 1000

    def items(self) -> QuerySet[Document]:
        """The documents."""
        return published().select_related("shown").order_by("pk")

    def location(self, item: Document) -> str:
        """The address of one."""
        return reverse("publications:public_one", args=[item.key])

    def lastmod(self, item: Document) -> datetime | None:
        """When it was released, or corrected last."""
        return item.shown.published_at if item.shown else item.released_at


def _versions() -> tuple[object, ...]:
    return (versions.of_all(), released.of_all())


SITEMAPS: dict[str, type[Sitemap] | Sitemap] = {  # type: ignore[type-arg]
    "pages": Pages, "agencies": Agencies, "reports": AnnualReports, "documents": Documents,
}  # fmt: skip
_kept = partial(stored, content_type=XML, absolute=True)


@x_robots_tag
@_kept("sitemap-index", _versions)
def index(request: HttpRequest) -> HttpResponseBase:
    """The parts of the list."""
    answer: HttpResponseBase = views.index(request, SITEMAPS, sitemap_url_name="portal:sitemap_section")
    return answer


@x_robots_tag
@_kept("sitemap", lambda section: _versions(), asks=("p",))  # noqa: ARG005 - what an address gives to its view
def part(request: HttpRequest, section: str) -> HttpResponseBase:
    """A part of the list, a thousand addresses at a time."""
    answer: HttpResponseBase = views.sitemap(request, SITEMAPS, section)
    return answer
