"""The addresses of the interface: its operations below their version, its description, and a page for people."""

from __future__ import annotations

from django.urls import include, path, re_path

from gongkai.web.api import description
from gongkai.web.api.interface import VERSION, addresses

app_name = "api"
versioned = [
    path("openapi.json", description.openapi, name="openapi"),
    *addresses(),
    re_path(r"^.*$", description.nothing, name="nothing"),
]
urlpatterns = [
    path("", description.about, name="about"),
    path(f"{VERSION}/", include(versioned)),
]
