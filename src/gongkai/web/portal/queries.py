"""What the public's pages read: the agency of the site, agencies by key and by name, and what each keeps of itself."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.web.agencies import finding, queries
from gongkai.web.agencies.models import Agency, Guide, Name
from gongkai.web.agencies.queries import Standing

today = queries.today
site = queries.site
_SAYS = ("classification", "arrangement", "ways", "office_name", "address", "telephone", "email", "internet")


def agencies() -> QuerySet[Name]:
    """Return the names of today of all agencies that have pages: those that use the platform."""
    return Name.objects.filter(queries.held(today()), agency__outside=False).select_related("agency")


def agency(key: str) -> Standing | None:
    """Return the agency with a key under its name of today, None where there is none with pages."""
    found = queries.current(key, today())
    return found if found is not None and not found.agency.outside else None


def root() -> Standing | None:
    """Return the agency whose site this is, None before one is set up."""
    return queries.root(today())


def children(of: Agency) -> QuerySet[Name]:
    """Return the names of the agencies right below one."""
    return queries.children(of, today()).filter(agency__outside=False)


def called(words: str) -> list[Standing]:
    """Return the agencies with these words in their name, or whose code begins with them; not all where there are many."""
    return finding.search(words, today(), Agency.objects.filter(outside=False), everywhere=True)


def guide(of: Agency) -> Guide | None:
    """Return the data of an agency's guide, None while nothing of it has been written."""
    found = queries.guide(of)
    return found if any(getattr(found, field) for field in _SAYS) else None
