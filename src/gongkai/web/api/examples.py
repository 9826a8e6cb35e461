"""Examples for people, from the description: a command to copy, the parameters, the fields of the answer."""

from __future__ import annotations

import json
from typing import Any

from django.utils.http import urlencode

KNOWN: dict[str, Any] = {
    "key": "…",
    "waiver": "…",
    "keeper": "…",
    "ending": "xlsx",
    "code": "decisions",
    "cell": "requests.total.total",
    "rule": "deadlines.plain_answer",
    "from": "2024-03-01",
    "version": 1,
    "agency": None,
    "year": 2023,
    "scope": "own",
    "other_name": False,
    "value": "3",
    "reason": "原文印的是3",
    "finding": 1,
}
"""What stands in an example, by name; what is not here is left out."""


def command(said: dict[str, Any], path: str, method: str, operation: dict[str, Any], root: str) -> str:
    """Return a command line of curl that calls an operation with what it must be given."""
    required = [one["name"] for one in operation["parameters"] if one["in"] == "query" and one["required"]]
    for one in operation["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", str(KNOWN[one["name"]]))
    query = f"?{urlencode({name: KNOWN[name] for name in required})}" if required else ""
    parts = [f"curl '{root}{path}{query}'"]
    if operation.get("security"):
        parts.append("-H 'Authorization: Bearer gk_…'")
    if "figures." in path:
        parts.append("-OJ")
    sent = operation.get("requestBody", {}).get("content", {})
    if "application/json" in sent:
        fields = _properties(said, sent["application/json"]["schema"])
        body = json.dumps({name: KNOWN[name] for name in fields}, ensure_ascii=False)
        parts += ["-H 'Content-Type: application/json'", f"-d '{body}'"]
    elif "multipart/form-data" in sent:
        parts += [f"-F keeper={KNOWN['keeper']}", "-F files=@2023.pdf", "-F files=@2024.docx"]
    elif method != "get":
        parts.append(f"-X {method.upper()}")
    return " \\\n  ".join(parts)


def parameters(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parameters of an operation: name, what it means, whether it must be given, what it may be."""
    return [
        {
            "name": one["name"],
            "says": one["description"],
            "required": one["required"],
            "kind": _kind(one["schema"]),
        }
        for one in operation["parameters"]
    ]


def fields(said: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the fields of the answer of an operation with what they mean; of a list those of its items."""
    answers = operation["responses"]
    content = answers.get("200", answers.get("201", {})).get("content", {})
    properties = _properties(said, content.get("application/json", {}).get("schema", {}))
    items = properties.get("items", {}).get("items", {})
    found = {**({} if items else properties), **_properties(said, items)}
    return [(name, _says(said, field)) for name, field in found.items()]


def _properties(said: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The fields of an object, which is there or referred to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    held = said["components"]["schemas"][name] if name else schema
    found: dict[str, Any] = held.get("properties", {})
    return found


def _says(said: dict[str, Any], field: dict[str, Any]) -> str:
    if "$ref" in field:
        return _says(said, said["components"]["schemas"][field["$ref"].rpartition("/")[2]])
    return str(field.get("description", ""))


def _kind(schema: dict[str, Any]) -> str:
    """What a parameter may be, in short: its codes, or the kind of value."""
    several = schema.get("anyOf", [schema])
    for one in several:
        if "enum" in one:
            return " · ".join(str(code) for code in one["enum"] if code != "")
    one = several[0]
    if one.get("format") == "date":
        return "YYYY-MM-DD"
    return {"integer": "整数", "array": "可以写几个"}.get(one.get("type", ""), "文字")
