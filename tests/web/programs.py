"""Programs for tests: clients that ask the interface with a token, and every answer held against its shape."""

from __future__ import annotations

import json
from decimal import Decimal

from django.test import Client
from pydantic import TypeAdapter

from gongkai.web.accounts import actions
from gongkai.web.api.interface import api
from gongkai.web.api.shapes import Refusal

ROOT = "/api/v1"


def token(user, scope="write", days=7):
    """Return what a program of the person gives with every request."""
    return actions.make_token(user, "测试程序", scope=scope, days=days).written


def program(user=None, scope="write", address="198.51.100.9", **more):
    """Return a client without a session, with a token where it is a person's."""
    if user is not None:
        more["HTTP_AUTHORIZATION"] = f"Bearer {token(user, scope)}"
    return Client(REMOTE_ADDR=address, enforce_csrf_checks=True, **more)


def shapes():
    """Return the shapes of the good answers of every operation, by its name."""
    return {
        operation.operation_id: operation.response_models
        for bound in api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    }


def value(answer):
    """Return the JSON of an answer, figures without loss."""
    return json.loads(answer.content, parse_float=Decimal)


def good(answer, status=200):
    """Return the JSON of an answer that must be good and of the shape that is promised."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    name = answer.wsgi_request.resolver_match.url_name
    found = operation_of(answer, name)
    TypeAdapter(shapes()[found][status]).validate_json(b'{"response": ' + answer.content + b"}", strict=False)
    return value(answer)


def operation_of(answer, name):
    """The operation that answered: several methods of one address share the name of the first."""
    from gongkai.web.api.doors import MARKS

    asked = answer.wsgi_request.method.replace("HEAD", "GET")
    if MARKS[name].method == asked:
        return name
    route = answer.wsgi_request.resolver_match.route
    from gongkai.web.api.interface import addresses

    (found,) = [
        pattern.name
        for pattern in addresses()
        if route.endswith(str(pattern.pattern)) and MARKS[pattern.name].method == asked
    ]
    return found


def refused(answer, status, code):
    """Return the error of an answer that must refuse so."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    found = json.loads(answer.content)
    Refusal.model_validate(found)
    assert found["error"]["code"] == code
    assert "{" not in found["error"]["message"]
    return found["error"]
