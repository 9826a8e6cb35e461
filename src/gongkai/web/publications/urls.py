"""The addresses of documents: the office's below office/, the public's below documents/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.publications.views import changing, everybody, office

app_name = "publications"
urlpatterns = [
    path("office/documents/", office.listing, name="list"),
    path("office/documents/new/", office.new, name="new"),
    path("office/documents/procedure/<slug:key>/", office.procedure, name="procedure"),
    path("office/documents/<slug:key>/", office.one, name="one"),
    path("office/documents/<slug:key>/edit/", office.edit, name="edit"),
    path("office/documents/<slug:key>/sheet/", office.sheet, name="sheet"),
    path("office/documents/<slug:key>/files/<slug:file>/", office.attachment, name="attachment"),
    path("office/documents/<slug:key>/prepare/<slug:act>/", changing.prepare, name="prepare"),
    path("office/documents/<slug:key>/review/<slug:act>/", changing.review, name="review"),
    path("office/documents/<slug:key>/secrecy/<slug:act>/", changing.secrecy, name="secrecy"),
    path("office/documents/<slug:key>/approve/<slug:act>/", changing.approve, name="approve"),
    path("documents/", everybody.listing, name="public_list"),
    path("documents/<slug:key>/", everybody.one, name="public_one"),
    path("documents/<slug:key>/files/<slug:file>/", everybody.attachment, name="public_attachment"),
]
