"""A few long-lived processes that read documents under a memory limit; a crash or a hang of one is seen and counted."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import NamedTuple

from gongkai.documents import Document, Limits, Source, formats, read
from gongkai.errors import UnreadableDocument

WALL_SECONDS = 40.0
"""A worker silent for so long hangs; the figure that counts is the processor time, which load does not change."""


class Outcome(NamedTuple):
    """What became of one file: `read`, an error's code, or `crash`, `hang`, `defect …`; processor seconds; peak MiB."""

    key: str
    what: str
    seconds: float
    peak: int


def read_all(files: Iterable[tuple[str, bytes]], workers: int = 2, limits: Limits | None = None) -> Iterator[Outcome]:
    """Read every file in one of `workers` processes; outcomes come in no particular order."""
    limits = limits or Limits()
    context = multiprocessing.get_context("spawn")
    waiting = iter(files)
    busy: dict[Connection, tuple[multiprocessing.process.BaseProcess, str, float]] = {}

    def begin(worker: tuple[Connection, multiprocessing.process.BaseProcess] | None) -> None:
        item = next(waiting, None)
        if item is None:
            if worker:
                worker[0].close()
                worker[1].join()
            return
        if worker is None:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, limits), daemon=True)
            process.start()
            theirs.close()
            worker = ours, process
        worker[0].send(item)
        busy[worker[0]] = worker[1], item[0], time.monotonic()

    for _ in range(workers):
        begin(None)
    while busy:
        for connection in wait(list(busy), timeout=1.0):
            assert isinstance(connection, Connection)
            process, key, _start = busy.pop(connection)
            try:
                yield Outcome(*connection.recv())
            except EOFError:
                process.join()
                yield Outcome(key, f"crash {process.exitcode}", 0.0, 0)
                connection.close()
                begin(None)
            else:
                begin((connection, process))
        for connection, (process, key, start) in list(busy.items()):
            if time.monotonic() - start > WALL_SECONDS:
                del busy[connection]
                process.kill()
                process.join()
                connection.close()
                yield Outcome(key, "hang", WALL_SECONDS, 0)
                begin(None)


def consistent(document: Document) -> bool:
    """Whether the tables keep their promise: cells inside the grid, in reading order, none on another."""
    for number, table in enumerate(document.tables, 1):
        if table.index != number or [(c.row, c.column) for c in table.cells] != sorted(
            (c.row, c.column) for c in table.cells
        ):
            return False
        if any(
            not (
                1 <= c.row <= c.row + c.row_span - 1 <= table.rows
                and 1 <= c.column <= c.column + c.column_span - 1 <= table.columns
            )
            for c in table.cells
        ):
            return False
        if len({(c.row, c.column) for c in table.cells}) != len(table.cells):
            return False
    return True


def _work(connection: Connection, limits: Limits) -> None:
    import resource
    import traceback

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, hard))
    # Recognising pictures takes seconds a page and its own limits; a mutant must not get there by losing its text.
    formats._recognises_pictures = lambda: False  # type: ignore[assignment]
    while True:
        try:
            key, data = connection.recv()
        except EOFError:
            return
        start = time.process_time()
        try:
            document = read(Source(data, key), limits)
            what = "read" if consistent(document) else "defect: inconsistent table"
        except UnreadableDocument as error:
            what = error.code
        except MemoryError:
            what = "document.too_much_memory"
        except Exception:
            what = "defect " + traceback.format_exc()[-1500:]
        peak = _peak()
        connection.send((key, what, time.process_time() - start, peak))


def _peak() -> int:
    """The most memory this process has held, in MiB.

    The kernel's own count since the program began: that of `getrusage` begins with what the parent held when it started this process.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise AssertionError("no VmHWM in /proc/self/status")
