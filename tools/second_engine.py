"""Runs the platform's tests a second time, on PostgreSQL, where one answers: `python tools/second_engine.py [PYTEST ARGUMENTS…]`.

The server is the one that GONGKAI_TEST_DATABASE names, else the one on this machine. A database is made for the run and taken
away after it. What a browser sees is the same on both engines and is looked at once.
"""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg

LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"
TESTS = ("tests/web", "--ignore", "tests/web/browser")


def main(arguments: list[str]) -> int:
    """Run the tests; 0 where they pass, or where no server answers, which is said."""
    server = os.environ.get("GONGKAI_TEST_DATABASE") or LOCAL
    name = f"gongkai_suite_{os.getpid()}"
    try:
        with psycopg.connect(server, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError as error:
        print(f"PostgreSQL: skipped, the platform was tested on SQLite only ({str(error).splitlines()[0]})")
        return 0
    try:
        place = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        print(f"PostgreSQL: the platform's tests once more, in a database {name}", flush=True)
        environment = {**os.environ, "GONGKAI_TEST_DATABASE": place}
        tests = [sys.executable, "-m", "pytest", *arguments, *TESTS]
        return subprocess.run(tests, env=environment).returncode  # noqa: S603 - our own interpreter
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            for (left,) in connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"%{name}%"]
            ).fetchall():
                connection.execute(f'DROP DATABASE "{left}" WITH (FORCE)')


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
