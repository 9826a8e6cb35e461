"""The public's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.web.accounts.access import public


@public
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the site."""
    return render(request, "portal/home.html")
