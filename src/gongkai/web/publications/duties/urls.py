"""The addresses of what offices must publish: the office's below office/duties/, the public's catalogue below documents/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.publications.duties.views import changing, everybody, office

urlpatterns = [
    path("office/duties/", office.listing, name="duties"),
    path("office/duties/export/<slug:ending>/", office.export, name="duties_export"),
    path("office/duties/adopt/", office.adopt, name="duties_adopt"),
    path("office/duties/new/", office.new, name="duty_new"),
    path("office/duties/<slug:key>/", office.one, name="duty"),
    path("office/duties/<slug:key>/edit/", office.edit, name="duty_edit"),
    path("office/duties/<slug:key>/keep/<slug:act>/", changing.keep, name="duty_keep"),
    path("office/duties/<slug:key>/fulfil/<slug:act>/", changing.fulfil, name="duty_fulfil"),
    path("documents/catalogue/<slug:key>/", everybody.catalogue, name="public_catalogue"),
    path("documents/catalogue/<slug:key>/<slug:ending>/", everybody.catalogue_file, name="public_catalogue_file"),
]
