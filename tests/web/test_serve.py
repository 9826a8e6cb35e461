"""`gongkai serve`: from an empty folder to a page, with one command, and down again when told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from urllib.request import Request, urlopen

import pytest

from gongkai.cli.serve import may_listen
from gongkai.errors import InvalidInput
from tests.guards.source import SOURCE

VENDOR = SOURCE / "web" / "static" / "vendor" / "bootstrap"
PATIENCE = 60


def environment(folder, **more):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "DATABASE_", "DJANGO_"))
    }
    return {**kept, "GONGKAI_DATA": str(folder), "GONGKAI_LANG": "zh", "PYTHONUNBUFFERED": "1", **more}


def command(*arguments):
    return [sys.executable, "-m", "gongkai", "serve", *arguments]


def free_port():
    with closing(socket.socket()) as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def get(address, **headers):
    with urlopen(Request(address, headers=headers), timeout=PATIENCE) as answer:
        return answer.status, dict(answer.headers), answer.read()


@contextmanager
def served(folder):
    port = free_port()
    process = subprocess.Popen(
        command("--port", str(port), "--workers", "2"), env=environment(folder),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        address, until = f"http://127.0.0.1:{port}", time.monotonic() + PATIENCE
        while True:
            assert process.poll() is None, process.stdout.read()
            try:
                get(f"{address}/health")
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)
        yield process, address
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.skipif(not VENDOR.is_dir(), reason="the front-end files are not there (make setup)")
def test_one_command_leads_from_an_empty_folder_to_the_first_page_and_ends_cleanly(tmp_path):
    links = []
    for start in range(2):
        with served(tmp_path / "data") as (process, address):
            status, headers, page = get(f"{address}/")
            assert status == 200
            assert "尚未设置机关" in page.decode()
            assert "script-src 'self'" in headers["Content-Security-Policy"]
            style = re.search(r'href="([^"]*tokens\.[0-9a-f]{12}\.css)"', page.decode())[1]
            _, headers, content = get(address + style, **{"Accept-Encoding": "gzip"})
            assert headers["Content-Encoding"] == "gzip"
            assert "immutable" in headers["Cache-Control"]
            assert len(content) > 1000
            process.send_signal(signal.SIGTERM if start else signal.SIGINT)
            assert process.wait(timeout=PATIENCE) == 0
            said = process.stdout.read()
            assert f"{address}/" in said
            assert "Traceback" not in said
            links.append(re.findall(r"/office/invitation/\S+", said))
    assert [len(set(found)) for found in links] == [3, 0]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "www.example.gov.cn"])
def test_an_address_that_others_reach_needs_the_names_of_the_site(host, monkeypatch):
    monkeypatch.delenv("GONGKAI_HOSTS", raising=False)
    with pytest.raises(InvalidInput) as refused:
        may_listen(host)
    assert refused.value.code == "cli.serve.hosts"
    monkeypatch.setenv("GONGKAI_HOSTS", "www.example.gov.cn")
    assert may_listen(host) is None


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_alone_needs_no_names(host, monkeypatch):
    monkeypatch.delenv("GONGKAI_HOSTS", raising=False)
    assert may_listen(host) is None


def test_a_place_that_is_taken_is_said_before_anything_is_made(tmp_path):
    with closing(socket.socket()) as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        port = str(place.getsockname()[1])
        done = subprocess.run(
            command("--port", port), env=environment(tmp_path / "data"), capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE,
        )  # fmt: skip
    assert done.returncode == 2
    assert f"127.0.0.1:{port}" in done.stderr
    assert "已经有程序在用" in done.stderr
    assert "Errno" not in done.stderr
    assert not (tmp_path / "data").exists()
