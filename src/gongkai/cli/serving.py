"""The server that runs the site: gunicorn's workers with our application, and the sweep in one of them."""

from __future__ import annotations

import fcntl
import os
import signal
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

from gunicorn.app.base import BaseApplication

from gongkai.web.settings import declared, logs

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108  # nosec B108 - where workers keep the file that shows that they live
LOCK = "sweep.lock"


class Server(BaseApplication):  # type: ignore[misc]
    """Workers that each take one request at a time. `ready` is called once the place is listened on."""

    def __init__(self, host: str, port: int, workers: int, ready: Callable[[], None]) -> None:
        self._stop, self._tell = Event(), ready
        self._options: dict[str, Any] = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": workers,
            "worker_class": "sync",
            "loglevel": "warning",
            "logconfig_dict": logs.configuration(
                declared.choice("GONGKAI_LOG_FORMAT"), declared.choice("GONGKAI_LOG_LEVEL")
            ),
            "accesslog": None,
            "proc_name": "gongkai",
            "worker_tmp_dir": str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else None,
            "when_ready": lambda _server: self._ready(),
            "post_worker_init": lambda _worker: self._begin(),
            "worker_exit": lambda _server, _worker: self._stop.set(),
        }
        super().__init__()

    def load_config(self) -> None:
        """Take our own options; no file and no argument of the command line is read."""
        for name, value in self._options.items():
            if value is not None and name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """Return the application."""
        from gongkai.web.wsgi import application

        return application

    def _ready(self) -> None:
        """Let Ctrl-C end as SIGTERM does, requests under way first; gunicorn would cut them off."""
        signal.signal(signal.SIGINT, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
        self._tell()

    def _begin(self) -> None:
        """Leave a terminal's Ctrl-C, which reaches every process, to the one that tells the workers; begin to sweep."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Thread(target=_sweep_when_free, args=(self._stop,), name="sweep", daemon=True).start()


def _sweep_when_free(stop: Event) -> None:
    """Sweep as soon as no other worker does; the worker that sweeps may die at any time, and the next goes on."""
    from django.conf import settings

    from gongkai.web.notices.sweep import run

    with (settings.DATA / LOCK).open("w") as lock:
        while not stop.is_set():
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stop.wait(2)
            else:
                run(stop)
