"""Every address of the platform."""

from django.urls import include, path

urlpatterns = [
    path("office/", include("gongkai.web.accounts.urls")),
    path("office/agencies/", include("gongkai.web.agencies.urls")),
    path("office/notices/", include("gongkai.web.notices.urls")),
    path("api/", include("gongkai.web.api.urls")),
    path("", include("gongkai.web.publications.urls")),
    path("", include("gongkai.web.registers.urls")),
    path("", include("gongkai.web.reports.urls")),
    path("", include("gongkai.web.search.urls")),
    path("", include("gongkai.web.portal.urls")),
]
