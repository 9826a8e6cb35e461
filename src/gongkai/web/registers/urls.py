"""The addresses of the registers: the office's below office/registers/, the public's below registers/."""

from __future__ import annotations

from django.urls import path

from gongkai.web.registers.views import bulk, changing, everybody, office

app_name = "registers"
urlpatterns = [
    path("office/registers/", office.home, name="home"),
    path("office/registers/enforcement/", office.enforcement_figures, name="enforcement"),
    path("office/registers/enforcement.<slug:ending>", office.enforcement_figures, name="enforcement_export"),
    path("office/registers/imports/<slug:key>/", bulk.one, name="import"),
    path("office/registers/imports/<slug:key>/refused.xlsx", bulk.refused, name="refused"),
    path("office/registers/imports/<slug:key>/<slug:act>/", bulk.decide, name="decide"),
    path("office/registers/<slug:register>/import/", bulk.bring, name="bring"),
    path("office/registers/<slug:register>/template.xlsx", bulk.template, name="template"),
    path("office/registers/<slug:register>/", office.listing, name="list"),
    path("office/registers/<slug:register>/rows.<slug:ending>", office.export, name="export"),
    path("office/registers/<slug:register>/new/", changing.new, name="new"),
    path("office/registers/<slug:register>/<slug:key>/", office.one, name="one"),
    path("office/registers/<slug:register>/<slug:key>/<slug:act>/", changing.change, name="change"),
    path("registers/", everybody.home, name="public_home"),
    path("registers/<slug:register>/", everybody.listing, name="public_list"),
    path("registers/<slug:register>/rows.<slug:ending>", everybody.export, name="public_export"),
    path("registers/<slug:register>/<slug:key>/", everybody.one, name="public_one"),
]
