"""The addresses of reports: the office's below office/, the public's below reports/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.reports.views import changing, everybody, office

app_name = "reports"
urlpatterns = [
    path("office/reports/", office.listing, name="list"),
    path("office/reports/upload/", office.upload, name="upload"),
    path("office/reports/compare/", office.compare, name="compare"),
    path("office/reports/batches/<slug:key>/", office.batch, name="batch"),
    path("office/reports/<slug:key>/", office.one, name="one"),
    path("office/reports/<slug:key>/file/", office.original, name="original"),
    path("office/reports/<slug:key>/pages/<int:page>.png", office.picture, name="picture"),
    path("office/reports/<slug:key>/figures.<slug:ending>", office.export, name="export"),
    path("office/reports/<slug:key>/confirm/", changing.confirm, name="confirm"),
    path("office/reports/<slug:key>/correct/", changing.correct, name="correct"),
    path("office/reports/<slug:key>/waive/", changing.waive, name="waive"),
    path("office/reports/<slug:key>/withdraw/", changing.withdraw, name="withdraw"),
    path("office/reports/<slug:key>/read-again/", changing.read_again, name="read_again"),
    path("office/reports/<slug:key>/discard/", changing.discard, name="discard"),
    path("office/reports/<slug:key>/publish/", changing.publish, name="publish"),
    path("office/reports/<slug:key>/unpublish/", changing.unpublish, name="unpublish"),
    path("reports/", everybody.listing, name="public_list"),
    path("reports/compare/", everybody.compare, name="public_compare"),
    path("reports/<slug:key>/", everybody.one, name="public_one"),
    path("reports/<slug:key>/figures.<slug:ending>", everybody.export, name="public_export"),
]
