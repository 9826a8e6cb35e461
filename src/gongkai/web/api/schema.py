"""The description of the interface in OpenAPI, in the words of a language: every parameter and field has its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from gongkai import messages
from gongkai.messages import Language
from gongkai.web.api.doors import MARKS
from gongkai.web.api.interface import VERSION, api
from gongkai.web.api.shapes import Refusal

ROOT = f"/api/{VERSION}"
_WORD = "api.word."
_METHODS = ("get", "post", "delete")


@cache
def openapi(language: Language) -> dict[str, Any]:
    """Return the whole description. What it says is the same for every installation; addresses are below its own root."""
    said = deepcopy(dict(api.get_openapi_schema(path_prefix="")))
    said["info"] |= {
        "title": messages.text("api.title", language),
        "description": messages.text("api.description", language),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    }
    said["servers"] = [{"url": ROOT}]
    said["tags"] = [
        {"name": tag, "description": messages.text(f"api.tag.{tag}", language)}
        for tag in dict.fromkeys(one["tags"][0] for _, _, one in operations(said))
    ]
    said["components"]["schemas"] |= _refusal()
    for _, _, operation in operations(said):
        _explain(operation, language)
    for shape in said["components"]["schemas"].values():
        _fields(shape, language)
    return said


def operations(said: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return each operation with its path and method, in the order of the description."""
    for path, item in said["paths"].items():
        for method in _METHODS:
            if method in item:
                yield path, method, item[method]


def named(said: dict[str, Any]) -> set[str]:
    """Return every name of a parameter or field that a description has, for whoever holds the words against it."""
    found = {parameter["name"] for _, _, one in operations(said) for parameter in one["parameters"]}
    for shape in [*said["components"]["schemas"].values(), *map(_form, (one for _, _, one in operations(said)))]:
        found |= set(shape.get("properties", {}))
    return found


def _explain(operation: dict[str, Any], language: Language) -> None:
    """Say what an operation does, who may call it, and what refuses look like."""
    name = operation["operationId"]
    access = MARKS[name].access
    operation["summary"] = messages.text(f"api.operation.{name}", language)
    operation["description"] = messages.text(
        f"api.door.{access.door}", language, **({"needs": access.needs} if access.door == "member" else {})
    )
    for parameter in operation["parameters"]:
        parameter["description"] = messages.text(f"{_WORD}{parameter['name']}", language)
    _fields(_form(operation), language)
    answers = {status: _answer(MARKS[name].media, answer) for status, answer in operation["responses"].items()}
    if operation.get("security") is None:
        answers["304"] = {"description": messages.text("api.answer.not_modified", language)}
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    answers["default"] = {"description": messages.text("api.answer.refused", language), "content": refused}
    operation["responses"] = {str(status): answer for status, answer in answers.items()}
    operation["responses"]["200" if "200" in operation["responses"] else "201"]["description"] = messages.text(
        "api.answer.good", language
    )


def _answer(media: str, answer: dict[str, Any]) -> dict[str, Any]:
    """A file has no shape."""
    if media == "*/*":
        return {
            **answer,
            "content": {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}},
        }
    return answer


def _form(operation: dict[str, Any]) -> dict[str, Any]:
    """The fields that are sent as a form."""
    sent = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {})
    found: dict[str, Any] = sent.get("schema", {})
    return found


def _fields(shape: dict[str, Any], language: Language) -> None:
    """Say what each field means. The same name means the same everywhere."""
    known = messages.catalogue(language)
    for name, field in shape.get("properties", {}).items():
        field.pop("title", None)
        if "$ref" not in field:
            field["description"] = known[f"{_WORD}{name}"]
    shape.pop("title", None)


def _refusal() -> dict[str, Any]:
    found = Refusal.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = found.pop("$defs")
    return {"Refusal": found, **inner}
