"""The public's addresses."""

from django.urls import path
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public
from gongkai.web.portal import machines, sitemaps, views
from gongkai.web.portal.feeds import AnnualReports, Documents

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("agencies/", views.directory, name="directory"),
    path("agencies/<slug:key>/", views.agency, name="agency"),
    path("agencies/<slug:key>/guide/", views.guide, name="guide"),
    path("agencies/<slug:key>/rules/", views.rules, name="rules"),
    path("agencies/<slug:key>/statutory/", views.statutory, name="statutory"),
    path("agencies/<slug:key>/statutory/feed.xml", public(require_safe(Documents())), name="documents_feed"),
    path("agencies/<slug:key>/statutory/<slug:item>/", views.disclosed, name="disclosed"),
    path("agencies/<slug:key>/annual-reports/", views.annual_reports, name="annual_reports"),
    path("agencies/<slug:key>/annual-reports/feed.xml", public(require_safe(AnnualReports())), name="feed"),
    path("agencies/<slug:key>/requests/", views.requests, name="requests"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("sitemap/", views.site_map, name="site_map"),
    path("sitemap.xml", public(require_safe(sitemaps.index)), name="sitemap"),
    path("sitemap-<slug:section>.xml", public(require_safe(sitemaps.part)), name="sitemap_section"),
    path("robots.txt", machines.robots, name="robots"),
    path("health", machines.health, name="health"),
    path("metrics", machines.metrics, name="metrics"),
]
