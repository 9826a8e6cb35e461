"""How the interface describes itself: for programs in OpenAPI, for people as a page; and what is nowhere."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import Access, public
from gongkai.web.api import doors, examples, schema
from gongkai.web.api.answers import answer
from gongkai.web.api.interface import VERSION
from gongkai.web.api.language import asked
from gongkai.web.api.refusals import refusal

_PUBLIC = Access("public")


def _openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of every operation, in OpenAPI."""
    said = schema.openapi(asked(request))
    return answer(
        request, {**said, "servers": [{"url": request.build_absolute_uri(request.path.rpartition("/")[0])}]}
    )


openapi = doors.guarded(_openapi, {"GET": doors.Mark("GET", _PUBLIC, frozenset())})


@public
def nothing(request: HttpRequest) -> HttpResponseBase:
    """What is no address of the interface."""
    found = refusal(request, 404, "api.not_found")
    found["Access-Control-Allow-Origin"] = "*"
    return found


nothing.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is done there, whatever is sent


@public
@require_safe
def about(request: HttpRequest) -> HttpResponseBase:
    """The interface for people: what it gives, with examples to copy."""
    said = schema.openapi("zh")
    root = request.build_absolute_uri(f"{request.path}{VERSION}")
    rooms = [
        {"tag": tag["name"], "says": tag["description"], "operations": list(_operations(said, tag["name"], root))}
        for tag in said["tags"]
    ]
    context = {"root": root, "said": said, "rooms": rooms, "crumbs": [("数据接口", "")]}
    return render(request, "api/about.html", context)


def _operations(said: dict[str, Any], tag: str, root: str) -> list[dict[str, Any]]:
    return [
        {
            "name": one["operationId"],
            "method": method.upper(),
            "path": path,
            "summary": one["summary"],
            "door": one["description"],
            "parameters": examples.parameters(one),
            "fields": examples.fields(said, one),
            "example": examples.command(said, path, method, one, root),
        }
        for path, method, one in schema.operations(said)
        if tag in one["tags"]
    ]
