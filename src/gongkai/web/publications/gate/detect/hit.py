"""What a detector says about a stretch of text."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.web.publications.gate.finding import Remedy, Severity


class Hit(NamedTuple):
    """A stretch of a piece's text. `text` is what redaction puts there; `instead` is set for a wrong word, `number` where one hit stands for many."""

    code: str
    severity: Severity
    start: int
    end: int
    text: str
    remedy: Remedy = "mask"
    instead: str = ""
    number: int = 1
