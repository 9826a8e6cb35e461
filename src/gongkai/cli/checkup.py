"""Looking over an installation of the platform: what is well, what should be seen to, what must not be.

Nothing is made or changed. Before the first start, or while a setting is wrong, what needs the platform is left out.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from typing import Literal, NamedTuple

import gongkai
from gongkai import messages
from gongkai.web.settings import declared, validity
from gongkai.web.settings.declared import DECLARED
from gongkai.web.settings.secret import path as key_file

State = Literal["good", "notice", "warning", "error"]
DATABASE = "gongkai.sqlite3"
BACKUP, OLD = ".gongkai", 48
"""How files of backups end, and after how many hours the newest is too old."""
_MIB = 2**20
LITTLE, TOO_LITTLE = 1024 * _MIB, 100 * _MIB
"""Free bytes of the data folder's disk below which it is said, and below which the site must not go on."""


class Check(NamedTuple):
    """What was looked at, how it is, and what is said about it."""

    name: str
    state: State
    message: str


def check(name: str, state: State, what: str, **facts: object) -> Check:
    """Return a check whose words are the message `cli.checkup.<name>.<what>`."""
    return Check(name, state, messages.text(f"cli.checkup.{name}.{what}", None, **facts))


def checkup() -> list[Check]:
    """Look the installation over; empty where the platform's parts are not installed."""
    if util.find_spec("django") is None:
        return []
    if any(validity.wrong(setting) for setting in DECLARED):
        return [check("settings", "error", "wrong")]
    data = declared.folder("GONGKAI_DATA")
    found = [*_folder(data), *_vendor(started=started(data)), *_site(), _backups()]
    if not started(data):
        return [*found, check("start", "notice", "not_yet")]
    from gongkai.cli.checkup_running import running

    return [*found, *running()]


def started(data: Path) -> bool:
    """Whether the site was started in a data folder: it has a key, and a database to go with it."""
    return key_file(data).is_file() and (declared.is_given("DATABASE_URL") or (data / DATABASE).is_file())


def _folder(data: Path) -> Iterator[Check]:
    """The data folder: writable, with room, its key for its owner only."""
    if not data.is_dir():
        yield check("folder", "notice", "none", path=data)
        return
    free = shutil.disk_usage(data).free
    if not os.access(data, os.W_OK | os.X_OK):
        yield check("folder", "error", "closed", path=data)
    elif free < LITTLE:
        state: State = "error" if free < TOO_LITTLE else "warning"
        yield check("folder", state, "full", path=data, megabytes=free // _MIB)
    else:
        yield check("folder", "good", "good", path=data, gigabytes=free // 2**30)
    yield from _key(data)


def _key(data: Path) -> Iterator[Check]:
    key = key_file(data)
    if not key.is_file():
        if (data / DATABASE).is_file():
            yield check("key", "error", "none", path=key)
    elif stat.S_IMODE(key.stat().st_mode) & 0o077:
        yield check("key", "error", "open", path=key)
    else:
        yield check("key", "good", "good")


def _backups() -> Check:
    """How old the newest backup is, where a folder is named."""
    if not declared.is_given("GONGKAI_BACKUPS"):
        return check("backups", "notice", "unknown")
    folder = declared.folder("GONGKAI_BACKUPS")
    made = [path.stat().st_mtime for path in folder.glob(f"*{BACKUP}") if path.is_file()]
    if not made:
        return check("backups", "warning", "none", path=folder)
    hours = int((time.time() - max(made)) // 3600)
    return check("backups", "warning" if hours > OLD else "good", "good", hours=hours)


def _vendor(*, started: bool) -> Iterator[Check]:
    """The front-end files, without which no page is served."""
    if (Path(gongkai.__file__).parent / "web" / "static" / "vendor" / "bootstrap").is_dir():
        yield check("vendor", "good", "good")
    else:
        yield check("vendor", "error" if started else "warning", "none")


def _site() -> Iterator[Check]:
    """Who reaches the site, and how."""
    open_to_others = declared.is_given("GONGKAI_HOSTS")
    if declared.switch("GONGKAI_DEBUG"):
        yield check("debug", "error" if open_to_others else "warning", "on")
    secure = [origin.startswith("https://") for origin in declared.items("GONGKAI_ORIGINS")]
    if open_to_others and not secure:
        yield check("address", "warning", "none")
    elif open_to_others and not all(secure):
        yield check("address", "warning", "plain")
    else:
        yield check("address", "good", "good" if open_to_others else "own")
