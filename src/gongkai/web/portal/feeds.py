"""The feeds of an agency: its annual reports, and the documents that it released."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.queries import Standing
from gongkai.web.portal import queries, reports
from gongkai.web.portal.columns import column, columns
from gongkai.web.publications.models import Document
from gongkai.web.publications.queries import published


class AnnualReports(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The annual reports of one agency, the newest first."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Standing:
        """Find the agency; one that does not show the column has no feed of it."""
        del request, args
        found = queries.agency(kwargs["key"])
        if found is None:
            raise Http404
        column(columns(found.agency), "annual_reports")
        return found

    def title(self, of: Standing) -> str:
        """The name of the feed."""
        return f"{of.name} {column(columns(of.agency), 'annual_reports').label}"

    def description(self, of: Standing) -> str:
        """One line about it."""
        return f"{of.name}发布的政府信息公开工作年度报告"

    def link(self, of: Standing) -> str:
        """The column itself."""
        return reverse("portal:annual_reports", args=[of.key])

    def items(self, of: Standing) -> Iterable[reports.Listed]:
        """The reports."""
        return reports.published(of.agency)

    def item_title(self, item: reports.Listed) -> str:
        """The title of one."""
        return item.title

    def item_description(self, item: reports.Listed) -> str:
        """One line about one: what it is and the day of its publication."""
        return f"{item.title}，{timezone.localtime(item.at):%Y-%m-%d}发布" if item.at else item.title

    def item_link(self, item: reports.Listed) -> str:
        """The address of one."""
        return item.address

    def item_pubdate(self, item: reports.Listed) -> datetime | None:
        """When it was published."""
        return item.at


class Documents(Feed):  # type: ignore[type-arg]  # not subscriptable at run time
    """The newest released documents of one agency."""

    MOST = 50

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Standing:
        """Find the agency; one that does not show the column has no feed of it."""
        del request, args
        found = queries.agency(kwargs["key"])
        if found is None:
            raise Http404
        column(columns(found.agency), "statutory")
        return found

    def title(self, of: Standing) -> str:
        """The name of the feed."""
        return f"{of.name} {column(columns(of.agency), 'statutory').label}"

    def description(self, of: Standing) -> str:
        """One line about it."""
        return f"{of.name}主动公开的文件"

    def link(self, of: Standing) -> str:
        """The column itself."""
        return reverse("portal:statutory", args=[of.key])

    def items(self, of: Standing) -> Iterable[Document]:
        """The documents."""
        return published(of.agency)[: self.MOST]

    def item_title(self, item: Document) -> str:
        """The title of one."""
        return item.title

    def item_description(self, item: Document) -> str:
        """What one is about; where nothing is said of that, its number or its title."""
        return item.abstract or item.number or item.title

    def item_link(self, item: Document) -> str:
        """The address of one."""
        return reverse("publications:public_one", args=[item.key])

    def item_pubdate(self, item: Document) -> datetime | None:
        """When it was released."""
        return item.released_at
