"""Severities, sources and thresholds of the checks, and the making of one finding."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.documents.model import Place
from gongkai.report.form import TableName, load
from gongkai.report.model import Finding, Report, Severity, Value

OWN = "own"
"""The source of a rule that no notice gives; people are told that it is this software's."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of finding: its severity and the origin of its rule."""

    severity: Severity
    source: str


@cache
def rules() -> dict[str, Rule]:
    """Return all kinds of findings by code."""
    return {code: Rule(**data) for code, data in _data()["findings"].items()}


@cache
def unit(name: str) -> int:
    """Return what one of a larger unit is in the smaller one: `wan` 元 in 万元, `percent` of a whole."""
    return int(_data()["units"][name])


def threshold(name: str) -> float:
    """Return a threshold of `rules.toml`."""
    return float(_data()["thresholds"][name])


def found(
    report: Report,
    code: str,
    facts: dict[str, object],
    *,
    variant: str = "",
    cells: Sequence[str] = (),
    values: Sequence[Value | None] | None = None,
    places: Iterable[Place | None] = (),
    severity: Severity | None = None,
    table: TableName | None = None,
) -> Finding:
    """Make a finding.

    `variant` names a message below `finding.<code>`. Where `values` are not given they are those of `cells`; the
    places of the cells follow the given `places`. `table` says whose form is the source.
    """
    rule = rules()[code]
    where = [*places, *(report.cells[cell].place for cell in cells if cell in report.cells)]
    return Finding(
        code=code,
        severity=severity or rule.severity,
        message=f"finding.{code}.{variant}" if variant else f"finding.{code}",
        facts=facts,
        cells=tuple(cells),
        values=tuple(report.value(cell) for cell in cells) if values is None else tuple(values),
        places=tuple(place for place in where if place is not None),
        source=_source(rule.source, report, table),
    )


def _source(source: str, report: Report, table: TableName | None) -> str:
    if source != "form":
        return source
    form_id = (report.form_by_table.get(table) if table else None) or report.main_form
    return load(form_id).instrument


@cache
def _data() -> dict[str, Any]:
    file = resources.files("gongkai.report").joinpath("rules.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
