"""A platform of its own with a real database, for tests that kill its processes or run two of them."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

_BEGIN = "import django; django.setup()\n"


@dataclass
class Installation:
    """A data folder and a database; `run` runs Python in it, as a process of its own."""

    folder: Path
    database: str = ""
    seen: list[subprocess.Popen[str]] = field(default_factory=list)

    def begin(self, code: str, **environment: str) -> subprocess.Popen[str]:
        """Begin to run Python."""
        process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN + code], env=self.environment(**environment),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.seen.append(process)
        return process

    def environment(self, **more: str) -> dict[str, str]:
        """Return the environment of a process of the platform."""
        return {
            "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "gongkai.web.settings.platform",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "GONGKAI_DATA": str(self.folder), "DATABASE_URL": self.database, **more,
        }  # fmt: skip

    def gongkai(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command line of the platform, with nobody at the terminal."""
        return subprocess.run(
            [sys.executable, "-m", "gongkai", *arguments], env=self.environment(GONGKAI_LANG="en", **environment),
            stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", timeout=240,
        )  # fmt: skip

    def run(self, code: str, **environment: str) -> tuple[int, str]:
        """Run Python; return how it ended and what it printed."""
        process = self.begin(code, **environment)
        out, err = process.communicate(timeout=120)
        if process.returncode > 0:
            raise AssertionError(err)
        return process.returncode, out.strip()

    def printed(self, code: str, **environment: str) -> str:
        """Run Python that must end well; return what it printed."""
        status, out = self.run(code, **environment)
        assert status == 0, status
        return out


def create(folder: Path) -> Installation:
    """Make an installation on the engine that the tests run on."""
    made = empty(folder)
    made.printed("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    return made


def empty(folder: Path, engine: str = "") -> Installation:
    """Name an installation that is not there yet, on the engine that the tests run on, or on SQLite."""
    wanted = os.environ.get("GONGKAI_TEST_DATABASE", "")
    if not wanted or engine == "sqlite":
        made = Installation(folder)
    else:
        name = f"gongkai_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(wanted, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made = Installation(folder, urlunsplit(urlsplit(wanted)._replace(path=f"/{name}")))
    return made


def remove(made: Installation) -> None:
    """End what still runs, and drop the database."""
    for process in made.seen:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()
    if made.database:
        name = urlsplit(made.database).path.lstrip("/")
        with psycopg.connect(os.environ["GONGKAI_TEST_DATABASE"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
