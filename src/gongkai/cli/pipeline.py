"""Many files to reports: each is read by itself, and what cannot be read stops nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from gongkai import messages
from gongkai.cli.files import STDIN, find, shown
from gongkai.cli.terminal import Progress, mark, tell
from gongkai.documents.limits import DEFAULT
from gongkai.documents.source import Source
from gongkai.errors import GongkaiError, UnreadableDocument
from gongkai.report.model import Report
from gongkai.report.reading import read_report
from gongkai.report.write.wording import error_sentence

WORKERS = min(8, os.cpu_count() or 2)
"""Files read at a time; each is a child process, so threads are enough to wait for them."""
AHEAD = 4 * WORKERS


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a report, or the reason why there is none."""

    path: str
    report: Report | None = None
    error: GongkaiError | None = None


def read_files(given: Sequence[str], *, isolated: bool = True) -> Iterator[Outcome]:
    """Read all files that the arguments name, in order, with progress where somebody watches."""
    found = find(given)
    if found.skipped:
        tell(messages.text("cli.files.skipped", number=len(found.skipped)))
    progress = Progress(len(found.paths))
    for number, outcome in enumerate(_each(found.paths, isolated), 1):
        progress.at(number, outcome.path)
        yield outcome
    progress.done()


def reports_of(outcomes: Iterable[Outcome]) -> tuple[list[Report], list[Outcome]]:
    """Part the reports from the files that could not be read."""
    everything = list(outcomes)
    read = [outcome.report for outcome in everything if outcome.report is not None]
    return read, [outcome for outcome in everything if outcome.report is None]


def tell_unreadable(outcome: Outcome) -> None:
    """Say on the standard error which file could not be read, why, and what to try."""
    if outcome.error:
        said = error_sentence(outcome.error)
        tell(mark("error", said if outcome.path in said else f"{outcome.path}  {said}"))


def _each(paths: Sequence[str], isolated: bool) -> Iterator[Outcome]:
    if not isolated or len(paths) < 2:
        yield from (read_one(path, isolated=isolated) for path in paths)
        return
    with ThreadPoolExecutor(WORKERS) as pool:
        for start in range(0, len(paths), AHEAD):
            yield from pool.map(read_one, paths[start : start + AHEAD])


def read_one(path: str, *, isolated: bool = True) -> Outcome:
    """Read one file. A defect of this program is reported as such, so that the other files are still read."""
    name = shown(path)
    try:
        if path == STDIN:
            return Outcome(name, _read_stdin(isolated))
        return Outcome(name, read_report(path, isolated=isolated, name=name))
    except GongkaiError as error:
        return Outcome(name, error=error)
    except OSError as error:
        return Outcome(
            name, error=UnreadableDocument("document.no_file", name=name, reason=error.strerror or str(error))
        )
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError, AttributeError) as error:
        return Outcome(name, error=UnreadableDocument("cli.defect", kind=type(error).__name__, where=_where(error)))


def _read_stdin(isolated: bool) -> Report:
    data = sys.stdin.buffer.read(DEFAULT.file_bytes + 1)
    if len(data) > DEFAULT.file_bytes:
        raise UnreadableDocument("document.too_large", name=STDIN, size=len(data), limit=DEFAULT.file_bytes)
    return read_report(Source(data, STDIN), isolated=isolated, name=STDIN)


def _where(error: BaseException) -> str:
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "?"
