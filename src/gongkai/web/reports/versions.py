"""The versions of what the page of a published report shows: the report, the reports to compare it with, the site around it.

Of the others it is enough to know how many are published, the sum of their versions and when the last one was: whoever
publishes does so at a later time than all before, and a version only grows, so that no other reports have the same three.
"""

from __future__ import annotations

from django.db import connection

from gongkai.web.agencies import versions as around

_OTHERS = """
(SELECT COUNT(*) FROM reports_report other WHERE {which}),
(SELECT SUM(other.version) FROM reports_report other WHERE {which}),
(SELECT MAX(other.published_at) FROM reports_report other WHERE {which})"""
_ITS_AGENCYS = _OTHERS.format(which="other.state = 'published' AND other.agency_id = record.agency_id")
_OUTSIDE = _OTHERS.format(which="record.agency_id IS NULL AND other.agency_id IS NULL AND other.state = 'published'")
_REPORT = around.OF_SITE.format(
    columns=f", record.id, record.version, agency.version, {_ITS_AGENCYS}, {_OUTSIDE}",
    joins="""JOIN reports_report record ON record.key = %s AND record.state = 'published'
LEFT JOIN agencies_agency agency ON agency.id = record.agency_id""",
)


_ALL = "SELECT COUNT(*), SUM(version), MAX(published_at) FROM reports_report WHERE state = 'published'"


def of_all() -> tuple[object, ...]:
    """Return what stands for all published reports together, and for the site around them."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        found = cursor.fetchone()
    return (around.of_site(), *found)


def of_report(key: str) -> tuple[object, ...] | None:
    """Return the versions of what the page of a published report shows, None where there is no such report."""
    with connection.cursor() as cursor:
        cursor.execute(_REPORT, [key])
        found = cursor.fetchone()
    return tuple(found) if found else None
