"""Compressing: the public's pages, and none that could give a secret away."""

import gzip

import pytest
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from gongkai.web.accounts.compressed import CompressPublicPages
from tests.web.people import browser, person

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.django_db
def test_a_page_for_everybody_is_compressed_and_says_the_same():
    client = Client(headers=GZIP)
    packed, plain = client.get(reverse("portal:home")), Client().get(reverse("portal:home"))
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in plain
    assert b"<!doctype html>" in gzip.decompress(packed.content).lower()
    assert len(packed.content) < len(plain.content)


@pytest.mark.django_db
def test_pages_with_a_forms_token_and_pages_of_people_are_not_compressed():
    client = Client(headers=GZIP)
    page = client.get(reverse("accounts:sign_in"))
    assert b"csrfmiddlewaretoken" in page.content
    assert "Content-Encoding" not in page
    # A browser that has the cookie is told from one for which a token was made.
    again = client.get(reverse("accounts:sign_in"))
    assert b"csrfmiddlewaretoken" in again.content
    assert "Content-Encoding" not in again
    user = person()
    signed_in = browser(user)
    for name in ("accounts:mine", "accounts:office", "portal:home"):
        assert "Content-Encoding" not in signed_in.get(reverse(name), headers=GZIP)


@pytest.mark.django_db
def test_what_is_no_page_is_left_as_it_is():
    client = Client(headers=GZIP)
    for name in ("portal:health", "portal:robots"):
        assert "Content-Encoding" not in client.get(reverse(name))


@pytest.mark.django_db
def test_a_token_made_under_way_keeps_a_page_uncompressed():
    def with_token(request):
        return HttpResponse(get_token(request) + "x" * 1000)

    from django.contrib.sessions.backends.db import SessionStore

    for view, expected in ((with_token, False), (lambda _request: HttpResponse("x" * 1000), True)):
        request = RequestFactory(headers=GZIP).get("/")
        request.session = SessionStore()
        assert ("Content-Encoding" in CompressPublicPages(view)(request)) is expected
