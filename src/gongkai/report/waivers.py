"""Waivers: findings whose cause is known, with the reason and who gave it.

They stand in a file of their own, `<report>.waivers.toml` beside one report or one file for many. A waiver holds code,
cells and both values, so it survives a new run and lapses when a value changes.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, overload

from gongkai.errors import InvalidData, InvalidInput
from gongkai.messages import Listing, say
from gongkai.report.model import Finding, Report, Value


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waived finding.

    `values` are written as text, "" where there was none; `detail` says what was found where no cell or value does.
    `agency` and `year`, or `sha256` where those are unknown, name the report; a waiver that names none holds for every
    report the file is used with.
    """

    code: str
    cells: tuple[str, ...]
    values: tuple[str, ...]
    reason: str
    by: str
    on: date
    detail: str = ""
    agency: str | None = None
    year: int | None = None
    sha256: str | None = None

    def concerns(self, report: Report) -> bool:
        """Whether the waiver was given for this report: the same agency and year, or the same file."""
        if self.agency or self.year:
            return _compact(self.agency) == _compact(report.agency) and self.year == report.year
        return self.sha256 is None or self.sha256 == report.sha256


def sidecar(report: str | Path) -> Path:
    """Return the path of the waiver file that belongs to a single report."""
    return Path(f"{report}.waivers.toml")


def load(path: str | Path) -> tuple[Waiver, ...]:
    """Read a waiver file; one that does not exist holds no waivers.

    Raises InvalidData where the file is no TOML or a waiver lacks something.
    """
    path = Path(path)
    if not path.exists():
        return ()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidData("waivers.unreadable", path=str(path), reason=str(error)) from error
    entries = data.get("waiver", [])
    if not isinstance(entries, list):
        raise InvalidData("waivers.unreadable", path=str(path), reason="[[waiver]]")
    return tuple(_waiver(entry, number, path) for number, entry in enumerate(entries, 1))


def save(path: str | Path, waivers: Iterable[Waiver]) -> None:
    """Write a waiver file whole; the file before it is replaced only once the new one is complete."""
    path = Path(path)
    part = path.with_name(f"{path.name}.part")
    part.write_text("\n".join(map(_entry, waivers)), encoding="utf-8")
    part.replace(path)


def add(
    path: str | Path,
    finding: Finding,
    *,
    reason: str,
    by: str,
    on: date | None = None,
    report: Report | None = None,
) -> Waiver:
    """Record a waiver for `finding` in the file and return it; an older one for the same finding gives way.

    `on` is today when not given; with `report` the waiver holds for that report only. Raises InvalidInput without a
    reason or a name, InvalidData where the file is broken.
    """
    waiver = waiver_of(finding, reason=reason, by=by, on=on, report=report)
    kept = [old for old in load(path) if not _same_finding(old, waiver)]
    save(path, [*kept, waiver])
    return waiver


def waiver_of(
    finding: Finding, *, reason: str, by: str, on: date | None = None, report: Report | None = None
) -> Waiver:
    """Return the waiver that covers `finding` as it is, kept nowhere. Raises InvalidInput without a reason or a name."""
    if not reason.strip() or not by.strip():
        raise InvalidInput("waivers.no_reason")
    code, cells, values, detail = _identity(finding)
    named = report is not None and report.agency is not None and report.year is not None
    return Waiver(
        code=code,
        cells=cells,
        values=values,
        detail=detail,
        reason=reason.strip(),
        by=by.strip(),
        on=on or date.today(),
        agency=report.agency if report and named else None,
        year=report.year if report and named else None,
        sha256=report.sha256 if report and not named else None,
    )


@overload
def apply(to: Report, waivers: Sequence[Waiver]) -> Report: ...
@overload
def apply(to: Sequence[Finding], waivers: Sequence[Waiver]) -> tuple[Finding, ...]: ...
def apply(to: Report | Sequence[Finding], waivers: Sequence[Waiver]) -> Report | tuple[Finding, ...]:
    """Return findings with `waived` set to the reason where a waiver covers them.

    Given a report, only the waivers that concern it count and a copy of it is returned.
    """
    if isinstance(to, Report):
        concerning = [waiver for waiver in waivers if waiver.concerns(to)]
        return replace(to, findings=apply(to.findings, concerning))
    by_identity = {(waiver.code, waiver.cells, waiver.values, waiver.detail): waiver.reason for waiver in waivers}
    return tuple(replace(finding, waived=by_identity.get(_identity(finding))) for finding in to)


def _identity(finding: Finding) -> tuple[str, tuple[str, ...], tuple[str, ...], str]:
    values = tuple(_number(value) for value in finding.values)
    detail = (
        "" if finding.cells or finding.values else "；".join(str(say(fact, "zh")) for fact in finding.facts.values())
    )
    return finding.code, finding.cells, values, detail


def _number(value: Value | None) -> str:
    """A figure as text, the same for 3, 3.0 and 3.00."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value.normalize():f}"


def _same_finding(one: Waiver, other: Waiver) -> bool:
    def key(waiver: Waiver) -> tuple[object, ...]:
        return waiver.code, waiver.cells, waiver.detail, waiver.agency, waiver.year, waiver.sha256

    return key(one) == key(other)


def _compact(name: str | None) -> str:
    return "".join((name or "").split())


def _waiver(entry: Any, number: int, path: Path) -> Waiver:
    if not isinstance(entry, dict):
        raise InvalidData("waivers.invalid", path=str(path), number=number, problem=repr(entry))
    missing = [name for name in ("code", "cells", "values", "reason", "by", "on") if name not in entry]
    if missing:
        raise InvalidData("waivers.invalid", path=str(path), number=number, problem=Listing(tuple(missing)))
    wrong = [name for name in ("cells", "values") if not isinstance(entry[name], list)]
    if wrong or not isinstance(entry["on"], date):
        raise InvalidData("waivers.invalid", path=str(path), number=number, problem=(*wrong, "on")[0])
    return Waiver(
        code=str(entry["code"]),
        cells=tuple(map(str, entry["cells"])),
        values=tuple(map(str, entry["values"])),
        reason=str(entry["reason"]),
        by=str(entry["by"]),
        on=entry["on"],
        detail=str(entry.get("detail", "")),
        agency=entry.get("agency"),
        year=entry.get("year"),
        sha256=entry.get("sha256"),
    )


def _entry(waiver: Waiver) -> str:
    lines = ["[[waiver]]"]
    for name in ("agency", "year", "sha256", "code", "cells", "values", "detail", "reason", "by"):
        value = getattr(waiver, name)
        if value not in (None, "") or name in {"cells", "values"}:
            # A JSON string, number or list of strings is written in TOML the same way, but for DEL.
            given = list(value) if isinstance(value, tuple) else value
            lines.append(f"{name} = {json.dumps(given, ensure_ascii=False)}".replace("\x7f", "\\u007f"))
    lines.append(f"on = {waiver.on.isoformat()}")
    return "\n".join(lines) + "\n"
