"""Every setting that an operator can make, declared once: its name, its default, its kind and an example.

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

Kind = Literal["text", "folder", "number", "switch", "list", "choice", "secret"]
Group = Literal["site", "people", "mail", "files", "logs", "sweep", "backup"]
GROUPS: tuple[Group, ...] = ("site", "people", "mail", "files", "logs", "sweep", "backup")
_ON, _OFF = ("1", "yes", "true", "on", "是"), ("0", "no", "false", "off", "否", "")
_ADDRESS = r"[^@\s,]+@[^@\s,]+"


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting: the environment variable that makes it, its default, and what kind of value it takes.

    `unit` is the word `setting.unit.<unit>`; a number is at least `least`, a choice one of `choices`; every item of a list
    and any other text has the `form`, a regular expression.
    """

    name: str
    default: str
    kind: Kind = "text"
    group: Group = "site"
    example: str = ""
    unit: str = ""
    least: int = 0
    choices: tuple[str, ...] = ()
    form: str = ""

    def given(self, environment: Mapping[str, str] | None = None) -> str:
        """Return the value as it is written in the environment, or the default."""
        return (os.environ if environment is None else environment).get(self.name, "").strip() or self.default


DECLARED = (
    Declared("GONGKAI_DATA", "gongkai-data", "folder", example="/var/lib/gongkai"),
    Declared(
        "DATABASE_URL", "", "secret", example="postgres://gongkai:PASSWORD@127.0.0.1:5432/gongkai",
        form=r"(postgres|postgresql|pgsql|sqlite)://.+",
    ),
    Declared("GONGKAI_HOSTS", "127.0.0.1,localhost,[::1]", "list", example="www.example.gov.cn"),
    Declared("GONGKAI_LISTEN", "127.0.0.1", example="0.0.0.0", form=r"[\w.:-]+"),  # noqa: S104  # nosec B104 - an example
    Declared("GONGKAI_PORT", "8000", "number", example="8080"),
    Declared("GONGKAI_ORIGINS", "", "list", example="https://www.example.gov.cn", form=r"https?://[^/\s]+"),
    Declared("GONGKAI_PREFIX", "", example="/gongkai", form=r"/[\w./-]*\w"),
    Declared("GONGKAI_PROXIES", "0", "number", example="1"),
    Declared("GONGKAI_DEBUG", "no", "switch", example="no"),
    Declared("GONGKAI_LANG", "zh", "choice", example="en", choices=("zh", "en")),
    Declared("GONGKAI_IDLE_MINUTES", "30", "number", "people", example="20", unit="minutes", least=1),
    Declared("GONGKAI_SESSION_HOURS", "8", "number", "people", example="8", unit="hours", least=1),
    Declared("GONGKAI_TRIES", "5", "number", "people", example="5", least=1),
    Declared("GONGKAI_TRIES_ADDRESS", "50", "number", "people", example="200", least=1),
    Declared("GONGKAI_LOCK_MINUTES", "15", "number", "people", example="30", unit="minutes", least=1),
    Declared("GONGKAI_TOKEN_DAYS", "180", "number", "people", example="90", unit="days", least=1),
    Declared(
        "GONGKAI_MAIL_URL", "", "secret", "mail", example="smtps://LOGIN:PASSWORD@mail.example.gov.cn",
        form=r"(smtp|smtps|smtp\+starttls)://.+",
    ),
    Declared("GONGKAI_MAIL_FROM", "", group="mail", example="gongkai@example.gov.cn", form=_ADDRESS),
    Declared("GONGKAI_SMS_PROVIDER", "", group="mail", example="our_sms:Provider", form=r"[\w.]+:\w+"),
    Declared("GONGKAI_UPLOAD_MEGABYTES", "50", "number", "files", example="100", unit="megabytes", least=1),
    Declared("GONGKAI_S3_BUCKET", "", group="files", example="gongkai", form=r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
    Declared("GONGKAI_S3_ENDPOINT", "", group="files", example="https://s3.example.gov.cn", form=r"https?://[^/\s]+"),
    Declared("GONGKAI_S3_KEY", "", "secret", "files", example="KEY"),
    Declared("GONGKAI_S3_SECRET", "", "secret", "files", example="SECRET"),
    Declared("GONGKAI_S3_REGION", "", group="files", example="cn-north-1", form=r"[\w-]+"),
    Declared("GONGKAI_LOG_FORMAT", "text", "choice", "logs", example="json", choices=("text", "json")),
    Declared(
        "GONGKAI_LOG_LEVEL", "INFO", "choice", "logs", example="WARNING",
        choices=("DEBUG", "INFO", "WARNING", "ERROR"),
    ),
    Declared("GONGKAI_LOG_ADDRESSES", "no", "switch", "logs", example="yes"),
    Declared("GONGKAI_BACKUPS", "", "folder", "backup", example="/backup"),
    Declared("GONGKAI_HEADS_KEPT", "400", "number", "sweep", example="800", unit="files", least=1),
    Declared("GONGKAI_HEADS_MAIL", "", group="sweep", example="audit@example.gov.cn", form=_ADDRESS),
    Declared("GONGKAI_METRICS_TOKEN", "", "secret", "logs", example="TOKEN"),
)  # fmt: skip
_BY_NAME = {declared.name: declared for declared in DECLARED}


def text(name: str) -> str:
    """Return a setting as text."""
    return _BY_NAME[name].given()


def is_given(name: str) -> bool:
    """Return whether the environment makes a setting."""
    return bool(os.environ.get(_BY_NAME[name].name, "").strip())


def number(name: str) -> int:
    """Return a setting as a whole number not below its least. Raises InvalidInput for anything else."""
    written, least = text(name), _BY_NAME[name].least
    if not written.isascii() or not written.isdecimal() or int(written) < least:
        raise InvalidInput("setting.number", name=name, given=written, least=least)
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


def choice(name: str) -> str:
    """Return a setting that is one of some words, however large its letters are. Raises InvalidInput for another word."""
    written, choices = text(name), _BY_NAME[name].choices
    for one in choices:
        if one.lower() == written.lower():
            return one
    raise InvalidInput("setting.choice", name=name, given=written, choices=", ".join(choices))


def listens_at(host: str = "", port: int | None = None) -> str:
    """Return the address of the site on this machine, as it is set or as it is given."""
    place, number_ = host or text("GONGKAI_LISTEN"), number("GONGKAI_PORT") if port is None else port
    return f"http://{f'[{place}]' if ':' in place else place}:{number_}"


def folder(name: str) -> Path:
    """Return a setting as the absolute path of a folder."""
    return Path(text(name)).expanduser().resolve()
