"""The platform's addresses, and the page that its own are measured against: one query by key, a template of one line."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path

from gongkai.web.agencies.models import Agency

_LINE = engines["django"].from_string("<!doctype html><title>{{ agency.key }}</title><p>{{ agency.level }}</p>\n")


def peer(request: HttpRequest, key: str) -> HttpResponse:
    """Show an agency in one line."""
    return HttpResponse(_LINE.render({"agency": get_object_or_404(Agency, key=key)}, request))


urlpatterns = [path("peer/<slug:key>/", peer), path("", include("gongkai.web.urls"))]
