"""Reads a file in a process of its own, held to limits, so that a hostile file harms nothing but that process.

    python -m gongkai.documents.child LIMITS < FILE

is that process: it reads the file from its standard input, says which format it reads, and writes the result.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, NamedTuple

from gongkai.documents.confinement import OWN_SECONDS, confine, seconds_for
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.model import Document
from gongkai.documents.source import Source, open_file
from gongkai.documents.wire import packed, packed_error, unpacked
from gongkai.errors import UnreadableDocument

RESULT_BYTES = 256 * 1024 * 1024
"""A larger result is no result: the largest document within the limits is far below."""
READING = b"reading "
"""Begins a line by which the child says what it reads; a format with limits of its own gets more time."""

_CHUNK = 1 << 16
_LAST_WORDS = 1.0
_LOOK_SECONDS = 0.02
"""How often a running child's memory is looked at."""
_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB$", re.M)
_NEAR_LIMIT = 0.6
"""A process that dies by a signal with this share of its memory in use died of it; address space is more than that."""


def read_limited(file: str | Path | Source, limits: Limits = DEFAULT) -> Document:
    """Read a file as `documents.read` does, in a child process held to `limits`.

    Raises UnreadableDocument as the readers do, and `document.too_slow`, `document.too_much_memory`,
    `document.reader_crashed`. Where the system cannot limit memory the document has the doubt `document.no_limits`.
    Nothing is left behind: no process, no file.
    """
    name = file.name if isinstance(file, Source) else str(file)
    answer = run_limited("gongkai.documents.child", file, limits)
    try:
        return unpacked(answer.output)
    except ValueError as error:
        raise died(answer, name, limits) from error


class Answer(NamedTuple):
    """What a child wrote, its exit status (negative: the signal), and the most memory it used, in bytes."""

    output: bytes
    status: int
    memory: int


def run_limited(module: str, file: str | Path | Source, limits: Limits) -> Answer:
    """Run `python -m MODULE LIMITS NAME < FILE` as a child held to `limits` and return what it wrote.

    The module calls `confine` itself. Raises UnreadableDocument `document.too_slow`, and where the file cannot be
    opened. Nothing is left behind: no process, no file.
    """
    name = file.name if isinstance(file, Source) else str(file)
    with _opened(file, limits) as given, tempfile.TemporaryDirectory(prefix="gongkai-child-") as folder:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", module, json.dumps(asdict(limits)), name],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        listener = _Listener(process, limits)
        try:
            in_time = listener.wait()
        finally:
            status, memory = _ended(process)
            listener.close()
            if listener.format in OWN_SECONDS:
                _end_strays(folder)
    if not in_time:
        raise UnreadableDocument("document.too_slow", name=name, limit=f"{listener.seconds:g}")
    return Answer(bytes(listener.heard), status, max(memory, listener.memory))


def main() -> None:
    """Be the child."""
    limits, name = Limits(**json.loads(sys.argv[1])), sys.argv[2]
    # What a library prints must not get between the lines of the result.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limited = confine(limits)
    try:
        document = _read(Source(sys.stdin.buffer.read(), name), limits, out)
        result = packed(document if limited else replace(document, doubts=(*document.doubts, "document.no_limits")))
    except UnreadableDocument as error:
        result = packed_error(error)
    except (MemoryError, RecursionError) as error:
        kind = "document.too_much_memory" if isinstance(error, MemoryError) else "document.too_deep"
        limit = limits.memory if isinstance(error, MemoryError) else limits.depth
        result = packed_error(UnreadableDocument(kind, name=name, limit=limit))
    out.write(result)
    out.flush()
    # Taking a large document apart costs time that nobody needs.
    os._exit(0)


def _read(source: Source, limits: Limits, out: IO[bytes]) -> Document:
    from gongkai.documents.formats import read

    def announce(format: str) -> None:
        confine(limits, format)
        out.write(READING + format.encode("ascii") + b"\n")
        out.flush()

    return read(source, limits, announce)


def _opened(file: str | Path | Source, limits: Limits) -> IO[bytes]:
    """The file, open for the child, which needs no path and no right to open anything."""
    if isinstance(file, Source):
        given = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
        given.write(file.data)
        given.seek(0)
        return given
    return open_file(Path(file), limits)


def _environment(folder: str) -> dict[str, str]:
    """What the child needs to find the same modules, and converters their programs; nothing secret goes along."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "SYSTEMROOT") if name in os.environ}
    modules = os.pathsep.join(path for path in sys.path if path)
    return {**kept, "PYTHONPATH": modules, "TMPDIR": folder, "HOME": folder}


class _Listener:
    """Takes what the child writes, in a thread: pipes cannot be waited for with a time limit on every system."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        assert process.stdout is not None  # noqa: S101 - it was asked for
        self.heard = bytearray()
        self.memory = 0
        self.format = ""
        self.seconds = limits.seconds
        self._pipe = process.stdout
        self._status = Path(f"/proc/{process.pid}/status")
        self._limits = limits
        self._start = time.monotonic()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def wait(self) -> bool:
        """Wait for the child's end; False where its time is over before."""
        while self._thread.is_alive():
            left = self._start + self.seconds - time.monotonic()
            if left <= 0:
                return False
            # The time allowed may grow while waiting.
            self._thread.join(min(left, _LOOK_SECONDS))
            self._look()
        return True

    def close(self) -> None:
        """Wait for the pipe to close, which it does when all who write into it are gone."""
        self._thread.join(_LAST_WORDS)

    def _look(self) -> None:
        """Take down the child's peak: what the system tells at its end hides behind the peak of a larger parent."""
        with contextlib.suppress(OSError):
            told = _PEAK.search(self._status.read_bytes())
            self.memory = max(self.memory, int(told[1]) * 1024 if told else 0)

    def _listen(self) -> None:
        with self._pipe:
            while len(self.heard) <= RESULT_BYTES and (chunk := self._pipe.read1(_CHUNK)):  # type: ignore[attr-defined]
                self.heard += chunk
                while self.heard.startswith(READING) and b"\n" in self.heard:
                    line, _, rest = bytes(self.heard).partition(b"\n")
                    self.format = line.removeprefix(READING).decode("ascii", "replace")
                    self.seconds = seconds_for(self.format, self._limits)
                    self.heard = bytearray(rest)


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """End the child's group; its exit status (negative: the signal) and the most memory it used, in bytes."""
    if sys.platform == "win32":
        process.kill()
        return process.wait(), 0
    import resource

    with contextlib.suppress(ProcessLookupError, PermissionError):
        # A child that has closed its pipe is at its end; one that has not must be stopped.
        os.killpg(process.pid, signal.SIGKILL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # A process starts with the peak of the one that it was forked from; only what is above that is its own.
    inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    most = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return process.returncode, most if usage.ru_maxrss > inherited else 0


def _end_strays(folder: str) -> None:
    """End converters that left the child's process group; they work in its folder and say so in their command line."""
    mark = os.fsencode(Path(folder).name)
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if mark in entry.read_bytes():
                os.kill(int(entry.parent.name), signal.SIGKILL)


def died(answer: Answer, name: str, limits: Limits) -> UnreadableDocument:
    """The error for a child that wrote no result."""
    if answer.status == -getattr(signal, "SIGXCPU", 0):
        return UnreadableDocument("document.too_slow", name=name, limit=f"{limits.seconds:g}")
    if answer.status < 0 and answer.memory > limits.memory * _NEAR_LIMIT:
        return UnreadableDocument("document.too_much_memory", name=name, limit=limits.memory)
    reason = f"signal {-answer.status}" if answer.status < 0 else f"exit {answer.status}"
    return UnreadableDocument("document.reader_crashed", name=name, reason=reason)


if __name__ == "__main__":
    main()
