"""A site with the made-up county on loopback, and a bounded load on it."""

from __future__ import annotations

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg

PATIENCE = 120.0
BROWSER = (
    "Accept: text/html\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: zh-CN\r\nUser-Agent: benchmark\r\n"
)
_PREPARE = """
import json, sys
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, interactive=False)
call_command("collectstatic", verbosity=0, interactive=False)
"""
_SERVE = """
import sys
from gongkai.cli.serving import Server
Server("127.0.0.1", int(sys.argv[1]), int(sys.argv[2]), lambda: None).run()
"""


class Place(NamedTuple):
    """An installation of its own: what its processes are told."""

    environment: dict[str, str]

    def run(self, code: str, *given: str) -> str:
        """Run Python in it after everything is prepared; return what it printed."""
        process = subprocess.run(
            [sys.executable, "-c", code, *given], env=self.environment, capture_output=True, text=True, timeout=600
        )
        if process.returncode:
            raise RuntimeError(process.stderr)
        return process.stdout

    def made(self, code: str, *given: str) -> dict[str, str]:
        """Prepare it and run Python that prints what it made as JSON."""
        return dict(json.loads(self.run(_PREPARE + code, *given)))


class Load(NamedTuple):
    """What a load came to: answers a second, and the seconds that each took."""

    rate: float
    took: list[float]

    def slowest(self, share: float = 0.99) -> float:
        """The seconds below which this share of the answers stayed."""
        return sorted(self.took)[int(len(self.took) * share)]


def place(folder: Path, database: str = "") -> Place:
    """Return an installation in a folder, on SQLite or on the database named."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_"))}
    root = str(Path(__file__).parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
    more = {
        "DJANGO_SETTINGS_MODULE": "benchmarks._settings", "GONGKAI_DATA": str(folder), "PYTHONPATH": path,
        "GONGKAI_HOSTS": "127.0.0.1,testserver",
    }  # fmt: skip
    return Place({**kept, **more, "DATABASE_URL": database})


@contextmanager
def serving(at: Place, workers: int) -> Iterator[int]:
    """Serve an installation on loopback; return its port."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-c", _SERVE, str(port), str(workers)]
    process = subprocess.Popen(command, env=at.environment, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            with suppress(URLError, OSError), urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                break
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server did not come up")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def databases(number: int) -> Iterator[list[tuple[str, list[str]]]]:
    """The engines that are here, each with so many databases: SQLite, and some of its own where PostgreSQL answers."""
    server = os.environ.get("GONGKAI_TEST_DATABASE") or "postgres://postgres@127.0.0.1:5432/postgres"
    names = [f"gongkai_benchmark_{os.getpid()}_{which}" for which in range(number)]
    engines = [("SQLite", [""] * number)]
    try:
        with psycopg.connect(server, autocommit=True, connect_timeout=3) as connection:
            for name in names:
                connection.execute(f"CREATE DATABASE {name}")
    except psycopg.OperationalError:
        print("PostgreSQL: none answers, not measured")
        yield engines
        return
    try:
        yield [*engines, ("PostgreSQL", [urlunsplit(urlsplit(server)._replace(path=f"/{name}")) for name in names])]
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            for name in names:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def load(port: int, path: str, connections: int, seconds: float) -> Load:
    """Ask for a page over so many connections at once, each as soon as its last answer is whole; every answer must be good.

    The server ends a connection after its answer, as its workers do, so that each request is a connection of its own.
    """
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{BROWSER}\r\n".encode()
    selector, took = selectors.DefaultSelector(), list[float]()
    began = time.perf_counter()
    until = began + seconds

    def begin() -> None:
        at = time.perf_counter()
        line = socket.create_connection(("127.0.0.1", port), timeout=30)
        line.sendall(request)
        line.setblocking(False)
        selector.register(line, selectors.EVENT_READ, (at, bytearray()))

    for _ in range(connections):
        begin()
    while selector.get_map():
        for key, _ in selector.select(timeout=30):
            at, answer = key.data
            part = key.fileobj.recv(1 << 18)  # type: ignore[union-attr]
            if part:
                answer += part
                continue
            now = time.perf_counter()
            selector.unregister(key.fileobj)
            key.fileobj.close()  # type: ignore[union-attr]
            if not answer.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(bytes(answer[:200]).decode("latin-1"))
            took.append(now - at)
            if now < until:
                begin()
    return Load(len(took) / (time.perf_counter() - began), took)
