"""The feed of an agency's annual reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse

from gongkai.web.agencies.queries import Standing
from gongkai.web.portal import queries, reports
from gongkai.web.portal.columns import column, columns


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

    def item_link(self, item: reports.Listed) -> str:
        """The address of one."""
        return item.address

    def item_pubdate(self, item: reports.Listed) -> datetime | None:
        """When it was published."""
        return item.at
