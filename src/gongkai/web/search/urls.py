"""The address of the search."""

from django.urls import path

from gongkai.web.search import views

app_name = "search"
urlpatterns = [path("search/", views.page, name="page")]
