"""The settings of an installation as `gongkai doctor` shows them: what is given, whether it can be used, what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gongkai import messages
from gongkai.cli.terminal import mark, pad
from gongkai.report.write.wording import error_sentence
from gongkai.web.settings import declared, validity
from gongkai.web.settings.declared import DECLARED, GROUPS, Declared

HIDDEN = "••••••"
_NAME, _VALUE = 24, 28


def rows() -> list[dict[str, Any]]:
    """Return every setting with its value, a secret only as being there, and what is wrong with it, if anything."""
    return [_row(setting) for setting in DECLARED]


def lines() -> Iterator[str]:
    """Give the settings group by group, then the variables that look like one and are none."""
    for group in GROUPS:
        chosen = [row for row in rows() if row["group"] == group]
        if chosen:
            yield messages.text(f"setting.group.{group}")
            yield from map(_line, chosen)
    for name, nearest in validity.unknown().items():
        yield mark(
            "warning", messages.text(f"setting.unknown.{'near' if nearest else 'far'}", name=name, near=nearest)
        )


def _row(setting: Declared) -> dict[str, Any]:
    given, error = declared.is_given(setting.name), validity.wrong(setting)
    shown = HIDDEN if setting.kind == "secret" and setting.given() else setting.given()
    return {
        "name": setting.name,
        "group": setting.group,
        "given": given,
        "value": shown,
        "default": setting.default,
        "valid": error is None,
        "message": error_sentence(error) if error else "",
        "help": messages.text(f"setting.{setting.name}"),
    }


def _line(row: dict[str, Any]) -> str:
    kind = "error" if not row["valid"] else "good" if row["given"] else "notice"
    value = row["value"] or messages.text("setting.none")
    said = row["message"] or row["help"]
    return "  " + mark(kind, f"{pad(row['name'], _NAME)} {pad(value, _VALUE)} {said}")
