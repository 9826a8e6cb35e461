"""Many at once: calls in threads of their own, each with its own connection to the database."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

WORKERS = 24


def at_once(call, given, *, workers=WORKERS):
    """Return what `call` gives for every item, all begun together as far as the workers reach."""
    gate = threading.Barrier(workers)
    waited = threading.local()

    def one(item):
        if not getattr(waited, "done", False):
            waited.done = True
            gate.wait(timeout=30)
        try:
            return call(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(one, given))
