"""The versions of what pages about an agency show: the site around it, the agency with its names, what it keeps of itself.

A name, a code, a place in the tree and the end of an agency count its version up; so the versions and the day say
whether a page would look the same.
"""

from __future__ import annotations

from django.db import connection

Versions = tuple[int | None, ...]
OF_SITE = """
SELECT tree.version, root.version, site.version{columns}
FROM agencies_tree tree
LEFT JOIN agencies_agency root ON root.id = tree.root_id
LEFT JOIN agencies_site site ON site.agency_id = root.id
{joins}
"""
"""What stands around every page; pages of other things add their columns and joins."""
_OF_SITE = OF_SITE.format(columns="", joins="")
_OF_AGENCY = OF_SITE.format(
    columns=", agency.version, own.version, guide.version",
    joins="""JOIN agencies_agency agency ON agency.key = %s
LEFT JOIN agencies_site own ON own.agency_id = agency.id
LEFT JOIN agencies_guide guide ON guide.agency_id = agency.id""",
)


def of_site() -> Versions | None:
    """Return the versions of what stands around every page and of the tree, None before there is one."""
    return _versions(_OF_SITE)


def of_agency(key: str) -> Versions | None:
    """Return the versions of what a page about an agency shows of the site and of it, None where there is none."""
    return _versions(_OF_AGENCY, key)


def _versions(query: str, *given: str) -> Versions | None:
    # One statement written out: with the mapper it takes longer to compose than to answer.
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found = cursor.fetchone()
    return tuple(found) if found else None
