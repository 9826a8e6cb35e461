"""The office's addresses of agencies."""

from django.urls import path

from gongkai.web.agencies.views import changing, exchange, keeping, people, reading

app_name = "agencies"
urlpatterns = [
    path("", reading.tree, name="tree"),
    path("new/", changing.found, name="found"),
    path("cover/", people.cover, name="cover"),
    path("hand-over/", people.hand_over, name="hand_over"),
    path("import/", exchange.bring, name="import"),
    path("import/<slug:key>/", exchange.looked_through, name="looked_through"),
    path("export.xlsx", exchange.export, name="export"),
    path("template.xlsx", exchange.template, name="template"),
    path("<slug:key>/", reading.one, name="one"),
    path("<slug:key>/below/", reading.below, name="below"),
    path("<slug:key>/guide/", reading.guide, name="guide"),
    path("<slug:key>/site/", reading.site, name="site"),
    path("<slug:key>/people/", reading.people, name="people"),
    path("<slug:key>/history/", reading.done, name="history"),
    path("<slug:key>/rename/", changing.rename, name="rename"),
    path("<slug:key>/recode/", changing.recode, name="recode"),
    path("<slug:key>/names/<int:row>/correct/", changing.correct_name, name="correct_name"),
    path("<slug:key>/places/<int:row>/correct/", changing.correct_edge, name="correct_edge"),
    path("<slug:key>/move/", changing.move, name="move"),
    path("<slug:key>/merge/", changing.merge, name="merge"),
    path("<slug:key>/split/", changing.split, name="split"),
    path("<slug:key>/dissolve/", changing.dissolve, name="dissolve"),
    path("<slug:key>/in-charge/", changing.put_in_charge, name="put_in_charge"),
    path("<slug:key>/guide/edit/", keeping.guide, name="keep_guide"),
    path("<slug:key>/site/edit/", keeping.site, name="keep_site"),
    path("<slug:key>/local/edit/", keeping.local_choice, name="keep_local_choice"),
    path("<slug:key>/fees/edit/", keeping.fee_account, name="keep_fee_account"),
    path("<slug:key>/people/grant/", people.grant, name="grant"),
    path("<slug:key>/people/<slug:role>/revoke/", people.revoke, name="revoke"),
]
