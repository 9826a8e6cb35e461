"""Asking the platform: one request in a transaction of its own that is rolled back, and what it wrote."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from gongkai.web import urls
from tests.web.people import browser
from tests.web.permissions.world import Who, World

WRITING = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+[\"`]?(\w+)", re.IGNORECASE)
PASSING = frozenset({"django_session", "accounts_tries", "pages_page"})
"""Tables that are no record: who is signed in, how often a door was tried, and pages kept as they were rendered."""
_CHANGING = re.compile(
    rb'name="csrfmiddlewaretoken" value="\w+"|csrftoken[=&;\w]*|nonce="?-?[\w+/=-]+"?|data-csrf="\w+"|\bn?once-[\w+/=-]+'
)


class Plain(Client):
    """A browser that goes right to the platform; what a test does not look at is not gathered."""

    def request(self, **request: Any) -> HttpResponse:
        """Answer a request."""
        return self.handler(self._base_environ(**request))


@dataclass
class Answer:
    """What came back: status, headers, content; the tables that were written to, and the error of a broken view."""

    status: int
    headers: dict[str, str]
    content: bytes
    wrote: frozenset[str] = frozenset()
    changed: bool = False
    raised: list[BaseException] = field(default_factory=list)

    def plain(self, *keys: str) -> tuple[int, dict[str, str], bytes]:
        """The answer without what differs from one to the next, and without the keys that were asked for."""
        content, headers = _CHANGING.sub(b"", self.content), dict(self.headers)
        for name in ("Set-Cookie", "Date", "Content-Security-Policy", "X-Request-ID"):
            headers.pop(name, None)
        for key in keys:
            content = content.replace(key.encode(), b"-")
            headers = {name: value.replace(key, "-") for name, value in headers.items()}
        return self.status, headers, content


class Visitor:
    """Somebody who asks, signed in before and with the same session at every request.

    `before` is the digest of the world as it is.
    """

    def __init__(self, who: Who, token: str = "") -> None:
        self.who, self.before, self.token = who, "", token
        self.client = Plain(REMOTE_ADDR="198.51.100.7")
        if token:
            self.client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
            # The first use of a day is noted.
            self.client.get("/api/v1/me")
        else:
            self.client.cookies = browser(who.user).cookies if who.user else SimpleCookie()
        self._cookies = self.client.cookies.output(header="", sep=";")

    def keep(self) -> None:
        """Let every later request begin with the session as it is now."""
        self._cookies = self.client.cookies.output(header="", sep=";")

    def tell(self, path: str, form: Any, *, query: Any = None) -> Answer:
        """Send a form; what it does stays."""
        self.client.cookies = SimpleCookie(self._cookies)
        response = self.client.post(path, form, query_params=query)
        return Answer(response.status_code, dict(response.headers), response.content)

    def ask(self, method: str, path: str, *, query: Any = None, form: Any = None, **headers: str) -> Answer:
        """Ask once; whatever it does is undone."""
        self.client.cookies = SimpleCookie(self._cookies)
        if form is not None:
            for value in form.values():
                for file in value if isinstance(value, list) else [value]:
                    if hasattr(file, "seek"):
                        file.seek(0)
        kept = files() if method == "POST" else None
        with undone(), _errors() as raised, _writes() as wrote:
            if method in ("GET", "HEAD"):
                response = getattr(self.client, method.lower())(path, query or {}, headers=headers)
            elif method == "POST":
                kind = "application/json" if self.token and "files" not in (form or {}) else MULTIPART_CONTENT
                response = self.client.post(path, form or {}, kind, query_params=query, headers=headers)
            else:
                response = self.client.generic(method, path, query_params=query, headers=headers)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            answer = Answer(response.status_code, dict(response.headers), content, raised=raised)
            answer.wrote = frozenset(wrote - PASSING)
            if answer.wrote:
                answer.changed = digest() != self.before
            if kept is not None:
                answer.changed |= files() != kept
            transaction.set_rollback(True)
        return answer


def visitors(world: World, labels: Any, *, token: bool = False) -> Iterator[Visitor]:
    """The people with these labels, signed in or with a token; accounts to be disabled are disabled after that."""
    found = [Visitor(world.people[label], world.tokens.get(label, "") if token else "") for label in labels]
    for visitor in found:
        if visitor.who.label.startswith("disabled"):
            type(visitor.who.user).objects.filter(pk=visitor.who.user.pk).update(is_active=False)
    before = digest()
    for visitor in found:
        visitor.before = before
        yield visitor


def digest() -> str:
    """A digest of every table but the passing ones."""
    total = sha256()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - PASSING):
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            total.update(f"{table}{[tuple(map(_text, row)) for row in cursor.fetchall()]}".encode())
    return total.hexdigest()


def files() -> frozenset[str]:
    """The paths of all files that are kept."""
    return frozenset(str(path) for path in Path(settings.FILES).rglob("*") if path.is_file())


def models() -> list[Any]:
    """Every model of the platform's own."""
    return [model for model in apps.get_models() if model.__module__.startswith("gongkai.")]


def _text(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def undone() -> Any:
    """A transaction inside the test's own, which the platform's outermost ones take for the test's."""
    made = transaction.atomic()
    made._from_testcase = True
    return made


@contextmanager
def _writes() -> Iterator[set[str]]:
    seen: set[str] = set()

    def note(execute, sql, params, many, context):
        if found := WRITING.match(sql):
            seen.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield seen


@contextmanager
def bare_refusals() -> Iterator[None]:
    """Let refusals answer without their pages, which take most of the time and say the same every time."""

    def bare(status: int) -> Any:
        return lambda *_, **__: HttpResponse(status=status, content_type="text/plain")

    for status in (403, 404):
        setattr(urls, f"handler{status}", bare(status))
    try:
        yield
    finally:
        for status in (403, 404):
            delattr(urls, f"handler{status}")


@contextmanager
def _errors() -> Iterator[list[BaseException]]:
    raised: list[BaseException] = []

    def note(**_):
        raised.append(sys.exc_info()[1])

    got_request_exception.connect(note)
    try:
        yield raised
    finally:
        got_request_exception.disconnect(note)
