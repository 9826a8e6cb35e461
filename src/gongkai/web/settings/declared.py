"""Every setting that an operator can make, declared once: its name, its default and its kind.

Documents and `gongkai doctor` are made from this list; what each is for stands in the messages under
`setting.<name>`. No Django here, so that the command line can show the list at once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gongkai.errors import InvalidInput

Kind = Literal["text", "folder", "number", "switch", "list", "secret"]
_ON, _OFF = ("1", "yes", "true", "on", "是"), ("0", "no", "false", "off", "否", "")


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting: the environment variable that makes it, its default, and what kind of value it takes."""

    name: str
    default: str
    kind: Kind = "text"

    def given(self, environment: Mapping[str, str] | None = None) -> str:
        """Return the value as it is written in the environment, or the default."""
        return (os.environ if environment is None else environment).get(self.name, "").strip() or self.default


DECLARED = (
    Declared("GONGKAI_DATA", "gongkai-data", "folder"),
    Declared("DATABASE_URL", "", "secret"),
    Declared("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]", "list"),
    Declared("GONGKAI_ORIGINS", "", "list"),
    Declared("GONGKAI_PREFIX", ""),
    Declared("GONGKAI_PROXIES", "0", "number"),
    Declared("GONGKAI_DEBUG", "no", "switch"),
    Declared("GONGKAI_LOG_LEVEL", "INFO"),
    Declared("GONGKAI_METRICS_TOKEN", "", "secret"),
    Declared("GONGKAI_IDLE_MINUTES", "30", "number"),
    Declared("GONGKAI_SESSION_HOURS", "8", "number"),
    Declared("GONGKAI_TRIES", "5", "number"),
    Declared("GONGKAI_TRIES_ADDRESS", "50", "number"),
    Declared("GONGKAI_LOCK_MINUTES", "15", "number"),
    Declared("GONGKAI_UPLOAD_MEGABYTES", "50", "number"),
    Declared("GONGKAI_S3_BUCKET", ""),
    Declared("GONGKAI_S3_ENDPOINT", ""),
    Declared("GONGKAI_MAIL_URL", "", "secret"),
    Declared("GONGKAI_MAIL_FROM", ""),
    Declared("GONGKAI_CALENDARS", "", "list"),
)
_BY_NAME = {declared.name: declared for declared in DECLARED}


def text(name: str) -> str:
    """Return a setting as text."""
    return _BY_NAME[name].given()


def number(name: str) -> int:
    """Return a setting as a whole number not below 0. Raises InvalidInput for anything else."""
    written = text(name)
    if not written.isascii() or not written.isdecimal():
        raise InvalidInput("setting.number", name=name, given=written)
    return int(written)


def switch(name: str) -> bool:
    """Return whether a setting is switched on. Raises InvalidInput for a word that is neither."""
    written = text(name).lower()
    if written not in _ON and written not in _OFF:
        raise InvalidInput("setting.switch", name=name, given=written)
    return written in _ON


def items(name: str) -> list[str]:
    """Return a setting as a list; commas separate its items."""
    return [item.strip() for item in text(name).split(",") if item.strip()]


def folder(name: str) -> Path:
    """Return a setting as the absolute path of a folder."""
    return Path(text(name)).expanduser().resolve()
