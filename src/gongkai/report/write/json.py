"""A report as one line of JSON, schema 1: the contract with everybody who computes with reports."""

from __future__ import annotations

import re
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, TypeAlias

import gongkai
from gongkai import messages
from gongkai.documents.model import Place
from gongkai.errors import GongkaiError
from gongkai.messages import Language
from gongkai.report.model import Fact, Finding, Report, SheetCell, Value
from gongkai.report.write.provenance import doubts, source_words
from gongkai.report.write.wording import error_sentence, sentence

SCHEMA = 1
DELICATE = re.compile("[\x7f\x85\u2028\u2029\ud800-\udfff]")
SECTIONS = ("1", "2", "3", "4", "5", "6")

Json: TypeAlias = dict[str, Any]


def report_line(report: Report, language: Language | None = None) -> str:
    """The report as one line without its line break; sentences are in `language`."""
    return dumps(report_object(report, language))


def error_line(path: str, error: GongkaiError, language: Language | None = None) -> str:
    """The line that stands for a file that could not be read."""
    return dumps({"path": path, "error": {"code": error.code, "message": error_sentence(error, language)}})


def report_object(report: Report, language: Language | None = None) -> Json:
    """The report as dicts, lists, strings, int and Decimal, its keys in the order of the schema.

    `doubts` is there only when the reading has any.
    """
    language = language or messages.default_language()
    said: Json = {
        "schema": SCHEMA,
        "path": report.path,
        "sha256": report.sha256,
        "format": report.format,
        "reader": gongkai.__version__,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "scope": report.scope,
        "form": report.form,
        "form_by_table": report.form_by_table,
        "period": list(report.period) if report.period else None,
        "contact": report.contact,
        "cells": {name: _cell(cell) for name, cell in report.cells.items()},
        "sections": {number: report.prose[number].text for number in SECTIONS if _has_prose(report, number)},
        "facts": [_fact(fact) for fact in report.facts],
        "findings": [finding_object(finding, language) for finding in report.findings],
    }
    if report.doubts:
        said["doubts"] = [{"code": doubt.code, "message": doubt.sentence} for doubt in doubts(report, language)]
    return said


def finding_object(finding: Finding, language: Language | None = None) -> Json:
    """A finding; `cause` and `waived` are there only when the finding has one."""
    said: Json = {
        "code": finding.code,
        "severity": finding.severity,
        "message": sentence(finding, language),
        "cells": list(finding.cells),
        "values": list(finding.values),
        "place": [place_object(place) for place in finding.places],
        "source": source_words(finding, language),
    }
    if finding.cause:
        cause = finding.cause
        said["cause"] = {
            "kind": cause.kind,
            "cells": list(cause.cells),
            "printed": list(cause.printed),
            "reconciling": list(cause.reconciling),
        }
    if finding.waived is not None:
        said["waived"] = finding.waived
    return said


def place_object(place: Place) -> Json:
    """A place without what the format does not know; numbers from 1, the box in points."""
    order = ("table", "row", "column", "line", "paragraph", "page")
    known: Json = {name: getattr(place, name) for name in order if getattr(place, name) is not None}
    if place.box is not None:
        known["box"] = [Decimal(f"{edge:.2f}") for edge in place.box]
    return known


def dumps(value: object) -> str:
    """JSON text of dicts, lists, strings, int, Decimal, bool and None; a Decimal keeps every digit that counts.

    Raises TypeError for anything else, ValueError for a Decimal that is no number.
    """
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_string(str(key))}: {dumps(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(dumps, value)) + "]"
    raise TypeError(f"no JSON for {type(value).__name__}")


def plain(value: Decimal) -> str:
    """A Decimal without exponent and without zeros that say nothing: 25.1, 1000, 0.0001."""
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    if not value:
        return "0"
    digits = format(value, "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def plain_number(value: Value) -> int | float:
    """A figure as a number for spreadsheets, which know only doubles."""
    return value if isinstance(value, int) else float(value)


def _string(text: str) -> str:
    """Quote a string; separators at which some programs split lines are escaped, halves of characters replaced."""
    return DELICATE.sub(_escape, encode_basestring(text))


def _escape(found: re.Match[str]) -> str:
    return "\ufffd" if found[0] >= "\ud800" else f"\\u{ord(found[0]):04x}"


def _cell(cell: SheetCell) -> Json:
    return {
        "value": cell.value,
        "kind": cell.kind,
        "raw": cell.raw,
        "place": place_object(cell.place) if cell.place else None,
    }


def _fact(fact: Fact) -> Json:
    return {
        "what": fact.what,
        "value": fact.value,
        "unit": fact.unit,
        "place": place_object(fact.place) if fact.place else None,
    }


def _has_prose(report: Report, number: str) -> bool:
    return number in report.prose and bool(report.prose[number].text.strip())
