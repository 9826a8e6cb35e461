"""The addresses of notices."""

from __future__ import annotations

from django.urls import path

from gongkai.web.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:key>/", views.go, name="go"),
]
