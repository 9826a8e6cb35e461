"""The interface as a whole: its operations, and its addresses with their doors."""

from __future__ import annotations

from django.urls import URLPattern, path
from ninja import NinjaAPI

from gongkai.web.api import agencies, documents, doors, law, office, own, refusals, registers, reports, uploads

VERSION = "v1"
api = NinjaAPI(title="Gongkai", version="1", openapi_url=None, docs_url=None, urls_namespace="gongkai-api")
refusals.register(api)
for room in (agencies, documents, registers, reports, law, own, office, uploads):
    api.add_router("", room.router)


def addresses() -> list[URLPattern]:
    """Return the address of every operation, behind its door; several methods of one address share the door."""
    by_route: dict[str, dict[str, doors.Mark]] = {}
    found = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name in doors.MARKS]
    for pattern in found:
        mark = doors.MARKS[str(pattern.name)]
        by_route.setdefault(str(pattern.pattern), {})[mark.method] = mark
    return [
        path(route, doors.guarded(pattern.callback, by_route[route]), name=pattern.name)
        for pattern in found
        for route in [str(pattern.pattern)]
    ]
