"""The addresses of channels: all of them the office's. What everybody sees stands on the pages of documents and agencies."""

from __future__ import annotations

from django.urls import path

from gongkai.web.publications.channels.views import bulk, changing, figures, office

app_name = "channels"
urlpatterns = [
    path("office/channels/", office.listing, name="list"),
    path("office/channels/new/", changing.new, name="new"),
    path("office/channels/counts/", figures.counts, name="counts"),
    path("office/channels/counts.xlsx", figures.counts_workbook, name="counts_export"),
    path("office/channels/showings/", figures.showings, name="showings"),
    path("office/channels/showings.xlsx", figures.showings_workbook, name="showings_export"),
    path("office/channels/showings/<slug:key>/", office.showing, name="showing"),
    path("office/channels/showings/<slug:key>/photo/", office.photo, name="photo"),
    path("office/channels/showings/<slug:key>/strike/", changing.strike, name="strike"),
    path("office/channels/imports/<slug:key>/", bulk.one, name="import"),
    path("office/channels/imports/<slug:key>/refused.xlsx", bulk.refused, name="refused"),
    path("office/channels/imports/<slug:key>/<slug:act>/", bulk.decide, name="decide"),
    path("office/channels/<slug:key>/import/", bulk.bring, name="bring"),
    path("office/channels/<slug:key>/", office.one, name="one"),
    path("office/channels/<slug:key>/<slug:act>/", changing.change, name="change"),
    path("office/documents/<slug:key>/channels/", changing.show, name="document"),
]
