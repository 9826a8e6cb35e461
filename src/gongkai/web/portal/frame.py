"""What stands around every page: whose site it is, its navigation, the marks of the footer, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.functional import SimpleLazyObject

from gongkai.web.agencies.models import Site
from gongkai.web.agencies.queries import Standing
from gongkai.web.portal import queries
from gongkai.web.portal.columns import Column, columns

UNNAMED = "政府信息公开平台"
_KEPT = "_gongkai_site"
_OFFICE = "/office/"


@dataclass(frozen=True, slots=True)
class Frame:
    """The site: its agency (None before one is set up), name in the header, columns, and what the footer says."""

    agency: Standing | None
    name: str
    domain: str
    columns: tuple[Column, ...]
    marks: Site | None

    @property
    def sponsor(self) -> str:
        """Who runs the site; the agency itself where nothing is set."""
        return (self.marks.sponsor if self.marks else "") or (self.agency.name if self.agency else "")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template `site`, `today` and `in_office`; the database is asked only by pages that show the site."""
    return {
        "site": SimpleLazyObject(lambda: site_of(request)),
        "today": Day(queries.today()),
        "in_office": lambda: _in_office(request),
    }


def site_of(request: HttpRequest) -> Frame:
    """Return the site that a request is about; it is looked up once, whatever the view and the page ask of it."""
    found: Frame | None = getattr(request, _KEPT, None)
    if found is None:
        found = _look_up(request)
        setattr(request, _KEPT, found)
    return found


def _in_office(request: HttpRequest) -> bool:
    """Whether somebody who has signed in is at an address of the office: what is refused there is said in its frame."""
    inside = request.path_info.startswith(_OFFICE)
    return inside and getattr(request, "user", None) is not None and request.user.is_authenticated


def _look_up(request: HttpRequest) -> Frame:
    found, (domain, _port) = queries.root(), split_domain_port(request.get_host())
    if found is None:
        return Frame(None, UNNAMED, domain, (), None)
    marks = queries.site(found.agency)
    return Frame(found, marks.header_name or found.name, domain, columns(found.agency, marks), marks)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as the top of a page says it."""

    date: date

    def __str__(self) -> str:
        weekday = "一二三四五六日"[self.date.weekday()]
        return f"{self.date.year}年{self.date.month}月{self.date.day}日 星期{weekday}"
