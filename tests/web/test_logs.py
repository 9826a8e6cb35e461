"""Logs: what stands in them, and that nothing personal ever does."""

import ast
import io
import json
import logging
import logging.config
import re

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from gongkai.errors import InvalidInput
from gongkai.web.accounts.requests_logged import HEADER, RequestLog
from gongkai.web.settings import logs
from tests.guards.source import modules
from tests.web.people import PASSWORD, browser, person

CANARY = "canary-4711"


@pytest.fixture(params=["json", "text"])
def said(request):
    """Everything that is logged from now on at any level, as it would stand on the standard error."""
    stream = io.StringIO()
    made = logs.configuration(request.param, "DEBUG")
    formatter = logs.Json() if made["formatters"]["line"]["()"].endswith("Json") else logs.Text()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root, own = logging.getLogger(), logging.getLogger(logs.OWN)
    before = own.level
    root.addHandler(handler)
    own.setLevel("DEBUG")
    yield stream
    root.removeHandler(handler)
    own.setLevel(before)


def lines(stream):
    return [json.loads(line) for line in stream.getvalue().splitlines() if line.startswith("{")]


def requests(stream):
    return [line for line in lines(stream) if line["event"] == "request"]


@pytest.mark.django_db
def test_a_request_is_logged_by_the_name_of_its_route_and_found_again_by_its_id(said):
    user = person()
    client = browser(user)
    said.truncate(0)
    answer = client.get(reverse("accounts:mine"))
    assert re.fullmatch("[0-9a-f]{16}", answer[HEADER])
    assert answer[HEADER] in said.getvalue()
    for line in requests(said):
        assert line["event"] == "request"
        assert (line["method"], line["route"], line["status"]) == ("GET", "accounts:mine", 200)
        assert (line["actor"], line["request"]) == (f"user:{user.key}", answer[HEADER])
        assert isinstance(line["ms"], int)


@pytest.mark.django_db
def test_an_id_that_comes_with_a_request_is_not_taken_over(said):
    answer = Client().get("/", headers={"X-Request-ID": CANARY})
    assert CANARY not in answer[HEADER]
    assert CANARY not in said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "address", "data"),
    [
        ("get", f"/office/invitation/{CANARY}/", {}),
        ("post", f"/office/invitation/{CANARY}/", {"name": CANARY, "password1": CANARY}),
        ("get", f"/nowhere/{CANARY}", {}),
        ("get", f"/?q={CANARY}", {}),
        ("get", f"/static/{CANARY}.css", {}),
        ("post", "/office/sign-in/", {"login": CANARY, "password": CANARY}),
        ("get", f"/office/sign-in/?next=/{CANARY}", {}),
        ("post", "/", {CANARY: CANARY}),
        ("get", "/health", {}),
    ],
)  # fmt: skip
def test_no_address_query_form_header_or_login_is_in_any_log(said, method, address, data):
    headers = dict.fromkeys(("User-Agent", "Referer", "X-Forwarded-For", "Authorization", "Cookie"), CANARY)
    client = Client(REMOTE_ADDR="198.51.100.7", headers=headers)
    getattr(client, method)(address, data)
    written = said.getvalue()
    assert "request" in written
    assert CANARY not in written
    assert "198.51.100.7" not in written


@pytest.mark.django_db
def test_a_host_name_that_is_not_ours_is_told_without_the_name(said):
    Client().get("/", headers={"Host": f"{CANARY}.example"})
    assert "request.refused_host" in said.getvalue()
    assert CANARY not in said.getvalue()


@pytest.mark.django_db
def test_coming_in_leaves_neither_login_nor_name_nor_password(said):
    user = person(f"{CANARY}-login", name=f"{CANARY}-name")
    client = browser(user)
    client.get(reverse("accounts:mine"))
    assert user.key in said.getvalue()
    for secret in (CANARY, PASSWORD, user.totp_secret):
        assert secret not in said.getvalue()


@pytest.mark.django_db
def test_an_error_is_logged_with_its_places_and_without_messages_or_values(said, monkeypatch):
    def broken():
        password = f"{CANARY}-local"
        try:
            raise InvalidInput("accounts.blocked", minutes=CANARY)
        except InvalidInput as error:
            raise ValueError(f"{CANARY} {password}") from error

    from gongkai.web.portal import machines

    monkeypatch.setattr(machines, "_database_answers", broken)
    answer = Client(raise_request_exception=False).get(reverse("portal:health"), {"q": CANARY})
    assert answer.status_code == 500
    written = said.getvalue()
    assert "request.failed" in written
    assert "ValueError < InvalidInput" in written
    assert "gongkai.web.portal.machines" in written
    assert answer[HEADER] in written
    assert CANARY not in written
    assert CANARY not in answer.content.decode()


def test_what_is_handed_over_beside_the_known_facts_is_left_out(said):
    logging.getLogger("gongkai.made").warning("made.up", extra={"login": CANARY, "query": CANARY, "status": [CANARY]})
    logging.getLogger("gongkai.made").warning(f"not a name {CANARY}")
    logging.getLogger("gongkai.made").warning("made.up %s", CANARY)
    logging.getLogger("library").error(f"made {CANARY}", extra={"status": CANARY})
    logging.getLogger("library").error("Error handling request %s", CANARY)
    written = said.getvalue()
    assert CANARY not in written
    assert written.count("unnamed") == 2
    assert "server.request_failed" in written


def test_a_fact_cannot_begin_another_line(said):
    logging.getLogger("gongkai.made").warning("made.up", extra={"effect": "a\n2026 ERROR forged b"})
    assert len(said.getvalue().splitlines()) == 1
    assert "a?2026?ERROR" in said.getvalue()


def test_an_address_is_logged_only_where_the_operator_says_so(said, monkeypatch):
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.7")
    answer = RequestLog(lambda _request: HttpResponse())
    answer(request)
    assert "198.51.100.7" not in said.getvalue()
    monkeypatch.setenv("GONGKAI_LOG_ADDRESSES", "yes")
    answer(request)
    assert "198.51.100.7" in said.getvalue()


def test_a_made_up_method_is_not_repeated(said):
    RequestLog(lambda _request: HttpResponse())(RequestFactory().generic(CANARY, "/"))
    assert CANARY not in said.getvalue()


def test_errors_of_the_libraries_that_speak_of_requests_name_none(said):
    logging.getLogger("django.security.SuspiciousOperation").error(str(SuspiciousOperation(CANARY)))
    assert CANARY not in said.getvalue()


def test_every_event_is_a_fixed_name_and_every_fact_a_known_one():
    """Each call of a logger in the source: a constant name, no arguments, only facts that a line may hold."""
    calls, wrong = 0, []
    for path, tree in modules().items():
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            if not (isinstance(of, ast.Name) and of.id == "logger"):
                continue
            calls += 1
            words = node.args[1:] if node.func.attr == "log" else node.args
            named = len(words) == 1 and isinstance(words[0], ast.Constant) and logs._EVENT.fullmatch(words[0].value)
            extra = next((given.value for given in node.keywords if given.arg == "extra"), None)
            keys = [key.value for key in extra.keys] if isinstance(extra, ast.Dict) else []
            if not named or set(keys) - set(logs.FACTS):
                wrong.append(f"{path.name}:{node.lineno}")
    assert calls >= 8
    assert wrong == []


def test_the_server_logs_as_the_platform_does():
    made = logs.configuration("json", "INFO")
    assert made["loggers"]["gunicorn.error"]["handlers"] == []
    assert list(made["handlers"]) == ["stderr"]
    logging.config.DictConfigurator({**made, "incremental": False})
