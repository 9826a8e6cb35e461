"""Every address of the platform."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("gongkai.web.accounts.urls")),
    path("", include("gongkai.web.reports.urls")),
    path("", include("gongkai.web.portal.urls")),
]
