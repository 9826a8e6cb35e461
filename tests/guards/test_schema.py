"""The JSON Schema in the documents describes the lines that the program prints, and nothing else."""

import json
import re
from decimal import Decimal
from typing import get_args

import pytest

from gongkai.documents.formats import FORMATS
from gongkai.errors import UnreadableDocument
from gongkai.report import model
from gongkai.report.form import TABLES, sheet
from gongkai.report.write.json import error_line, report_line
from tests.guards.source import FINDING_CODES, ROOT
from tests.report.made import make_report

SCHEMA = json.loads((ROOT / "docs" / "reference" / "report.schema.json").read_text(encoding="utf-8"))
DEFINED = SCHEMA["$defs"]
GOLDEN = (ROOT / "tests" / "data" / "report" / "line.json").read_text(encoding="utf-8")
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
    "number": lambda v: isinstance(v, int | Decimal) and not isinstance(v, bool),
    "null": lambda v: v is None,
}
KNOWN = {"$ref", "$schema", "$defs", "title", "type", "const", "enum", "pattern", "minimum", "minItems", "maxItems", "items",
         "required", "properties", "propertyNames", "additionalProperties", "oneOf", "anyOf"}  # fmt: skip


def wrongs(value, schema, at="$"):
    """What of the keywords of `KNOWN` a value breaks, each with the path to it."""
    if "$ref" in schema:
        return wrongs(value, DEFINED[schema["$ref"].rpartition("/")[2]], at)
    found = []
    for many, wanted in (("oneOf", lambda n: n == 1), ("anyOf", lambda n: n >= 1)):
        if many in schema and not wanted(sum(not wrongs(value, one, at) for one in schema[many])):
            found.append(f"{at} {many}")
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(TYPES[name](value) for name in types):
        return [*found, f"{at} type"]
    if "const" in schema and value != schema["const"]:
        found.append(f"{at} const")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at} enum")
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at} pattern")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{at} minimum")
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at} length")
        for n, item in enumerate(value):
            found += wrongs(item, schema.get("items", {}), f"{at}[{n}]")
    if isinstance(value, dict):
        found += _object_wrongs(value, schema, at)
    return found


def _object_wrongs(value, schema, at):
    found = [f"{at}.{name} required" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        found += wrongs(name, schema.get("propertyNames", {}), f"{at}.{name}")
        more = schema.get("additionalProperties", True)
        if name in schema.get("properties", {}):
            found += wrongs(item, schema["properties"][name], f"{at}.{name}")
        elif more is False:
            found.append(f"{at}.{name} unknown")
        elif isinstance(more, dict):
            found += wrongs(item, more, f"{at}.{name}")
    return found


def keywords(schema):
    """Every keyword that the schema uses, without names of properties and definitions."""
    for key, value in schema.items():
        yield key
        inner = value.values() if key in ("properties", "$defs") else value if isinstance(value, list) else [value]
        for part in inner:
            if isinstance(part, dict):
                yield from keywords(part)


def parsed(line):
    return json.loads(line, parse_float=Decimal)


def test_the_schema_uses_only_keywords_that_this_test_understands():
    used = set(keywords(SCHEMA))
    assert len(used) > 10
    assert used <= KNOWN


@pytest.mark.parametrize("forms", [("2021",) * 3, ("2019",) * 3, ("2021", "2019", "2021")])
def test_lines_of_every_form_keep_the_schema(forms):
    line = parsed(report_line(make_report(forms=forms)))
    assert len(line["cells"]) >= 186
    assert wrongs(line, SCHEMA) == []


def test_the_golden_line_keeps_the_schema_and_uses_every_property():
    line = parsed(GOLDEN)
    assert wrongs(line, SCHEMA) == []
    assert list(line) == list(DEFINED["report"]["properties"])
    assert list(line)[:-1] == DEFINED["report"]["required"]
    first = line["findings"][0]
    assert list(first) == list(DEFINED["finding"]["properties"])
    assert list(first["cause"]) == list(DEFINED["cause"]["properties"])
    assert list(line["facts"][0]) == list(DEFINED["fact"]["properties"])
    assert all(list(cell) == list(DEFINED["cell"]["properties"]) for cell in line["cells"].values())


def test_the_line_of_an_unreadable_file_keeps_the_schema():
    line = parsed(error_line("a.pdf", UnreadableDocument("document.empty", name="a.pdf")))
    assert wrongs(line, SCHEMA) == []
    assert list(line) == DEFINED["unreadable"]["required"]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("year",), "2023"),
        (("scope",), "everything"),
        (("form_by_table",), {"proactive": "2021"}),
        (("period",), ["2023-01-01"]),
        (("cells", "requests.new.total", "kind"), "guessed"),
        (("cells", "requests.new.total", "value"), "3"),
        (("cells", "requests.new.total", "place"), {"sheet": 1}),
        (("findings", 0, "severity"), "fatal"),
        (("findings", 0, "cause", "kind"), "magic"),
        (("doubts",), []),
    ],
)
def test_a_line_that_breaks_the_schema_is_seen(path, value):
    line = parsed(GOLDEN)
    at = line
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert wrongs(line, DEFINED["report"])
    del line["sha256"]
    assert "$.sha256 required" in wrongs(line, DEFINED["report"])


def test_the_lists_of_words_are_those_of_the_program():
    properties = DEFINED["report"]["properties"]
    assert set(properties["format"]["enum"]) == set(FORMATS)
    assert set(properties["scope"]["enum"]) == set(get_args(model.Scope))
    assert set(DEFINED["cell"]["properties"]["kind"]["enum"]) == set(get_args(model.Kind))
    assert set(DEFINED["finding"]["properties"]["severity"]["enum"]) == set(get_args(model.Severity))
    forms = sorted(path.stem for path in (ROOT / "src" / "gongkai" / "report" / "forms").glob("*.toml"))
    assert properties["form"]["enum"] == properties["form_by_table"]["additionalProperties"]["enum"] == [*forms, None]
    assert properties["form_by_table"]["required"] == list(TABLES)
    names = [cell for form in forms for cell in sheet(form, form, form).cells]
    assert len(names) > 350
    assert [name for name in names if wrongs(name, properties["cells"]["propertyNames"])] == []
    codes = DEFINED["finding"]["properties"]["code"]
    assert [code for code in FINDING_CODES if wrongs(code, codes)] == []
