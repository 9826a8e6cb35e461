"""What the gate finds in a file: where it stands, what it is, and how it is named without repeating it."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, cast, get_args

from gongkai import messages
from gongkai.messages import Language

Severity = Literal["error", "warning", "notice"]
"""An error stops the release until it is redacted or overridden; a warning asks for a look; a notice is for information."""

Remedy = Literal["none", "mask", "replace", "remove", "picture"]
"""What one click does: stars over the characters, the right word, away with it, or the page becomes a picture."""

SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file.

    `inside` names the containers from the outermost, empty for the file itself. `layer` is a key below `gate.layer` of
    the messages, `kind` and `at` say the place in it (`page` `2`, `cell` `名单!B3`, `attribute` `img@alt`, `line` `7`).
    Long numbers in names are starred, so that a place can be logged.
    """

    inside: tuple[str, ...]
    layer: str
    kind: str
    at: str

    def say(self, language: Language | None = None) -> str:
        """The place in words."""
        place = messages.text(f"gate.place.{self.kind}", language, at=self.at)
        layer = messages.text(f"gate.layer.{self.layer}", language)
        return messages.text(
            "gate.where", language, inside="".join(f"{name} › " for name in self.inside), layer=layer, place=place
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that should not get out unseen.

    `start` and `end` bound it in the text of its layer (for what is no text, both are 0). `masked` is fit for logs and
    the audit; `value` is not and is left out of `repr` and `record`. `context` shows the masked neighbourhood. `remedy`
    says what redaction would do, `instead` the word that `replace` puts there. `count` is more than 1 where one finding
    stands for many of a kind.
    """

    code: str
    severity: Severity
    where: Where
    start: int = 0
    end: int = 0
    masked: str = ""
    context: str = ""
    remedy: Remedy = "none"
    instead: str = ""
    count: int = 1
    value: str = field(default="", repr=False)

    @property
    def redactable(self) -> bool:
        """Whether one click takes it away."""
        return self.remedy != "none"

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this finding from others of the same file; the same again on a second look."""
        return (self.where, self.code, self.start, self.end)

    def say(self, language: Language | None = None) -> str:
        """What it is and what to do, in plain words."""
        return messages.text(
            f"gate.finding.{self.code}", language, masked=self.masked, instead=self.instead, count=self.count
        )

    def record(self) -> dict[str, object]:
        """The finding for logs, audit and a kept result: without the value."""
        given = asdict(self)
        del given["value"]
        return given


@dataclass(frozen=True, slots=True)
class Examination:
    """The result for one file: `findings` in a fixed order, what was looked at, and links for checking.

    `format` is empty where the file could not be opened at all. `layers` counts the characters looked at by layer, so
    that an empty result can be told from an empty look. `links` are the addresses that the file leads to.
    """

    name: str
    sha256: str
    format: str
    findings: tuple[Finding, ...]
    layers: dict[str, int]
    links: tuple[str, ...] = ()

    @property
    def stops(self) -> bool:
        """Whether the file may not be released as it is."""
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def examined(self) -> bool:
        """Whether everything in the file could be looked at."""
        return not any(finding.code.startswith("unexamined.") for finding in self.findings)

    def of(self, *codes: str) -> tuple[Finding, ...]:
        """The findings with one of these codes, or below it (`person` takes in `person.mobile`)."""
        return tuple(one for one in self.findings if any(f"{one.code}.".startswith(f"{code}.") for code in codes))


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """The findings by place, position and code, each once."""
    once = {finding.key: finding for finding in findings}
    return tuple(sorted(once.values(), key=lambda one: (one.where, one.start, one.end, one.code)))


def starred(name: str) -> str:
    """A name of a file or sheet that may go into a log: runs of six digits and more become stars."""
    return re.sub(r"\d{6,}[Xx]?", lambda run: "*" * len(run[0]), name)


def as_data(examination: Examination) -> dict[str, Any]:
    """The examination as JSON data, values included: for handing it between processes only."""
    return asdict(examination)


def from_data(data: dict[str, Any]) -> Examination:
    """The examination that `as_data` made. Raises KeyError, TypeError, ValueError for any other data."""
    findings = tuple(_finding(one) for one in data["findings"])
    layers = {str(layer): int(count) for layer, count in data["layers"].items()}
    links = tuple(map(str, data["links"]))
    return Examination(str(data["name"]), str(data["sha256"]), str(data["format"]), findings, layers, links)


def from_record(data: dict[str, Any]) -> Finding:
    """The finding that `Finding.record` made, without its value. Raises as `from_data`."""
    return replace(_finding({**data, "value": ""}))


def _finding(data: dict[str, Any]) -> Finding:
    where = data["where"]
    severity, remedy = data["severity"], data["remedy"]
    if severity not in SEVERITIES or remedy not in get_args(Remedy):
        raise ValueError("not a finding")
    return Finding(
        str(data["code"]),
        cast(Severity, severity),
        Where(tuple(map(str, where["inside"])), str(where["layer"]), str(where["kind"]), str(where["at"])),
        int(data["start"]),
        int(data["end"]),
        str(data["masked"]),
        str(data["context"]),
        cast(Remedy, remedy),
        str(data["instead"]),
        int(data["count"]),
        str(data["value"]),
    )
