"""Reading an uploaded file in a process of its own, and what may come of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from gongkai.documents.source import Source
from gongkai.errors import GongkaiError, UnreadableDocument
from gongkai.report import model
from gongkai.report.check import check
from gongkai.report.reading import read_report
from gongkai.report.write.json import report_line
from gongkai.report.write.wording import error_sentence
from gongkai.web.files import queries as files
from gongkai.web.files.models import File
from gongkai.web.files.store import StorageFailed
from gongkai.web.reports.frozen import freeze


class Outcome(NamedTuple):
    """What came of a reading: the report with its line and its frozen whole, or the reason why there is none."""

    report: model.Report | None = None
    line: str = ""
    frozen: str = ""
    code: str = ""
    message: str = ""


def read(file: File) -> Outcome:
    """Read a file in a limited child process. A defect of the program is an outcome too: trying again would not help."""
    try:
        with files.content(file) as content:
            source = Source(content.read(), file.name)
        report = read_report(source, isolated=True, name=file.name)
        report.findings = check(report)
        return Outcome(report, report_line(report, "zh"), freeze(report))
    except StorageFailed:
        # It says nothing of the file: the sweep comes back to it.
        raise
    except GongkaiError as error:
        return unreadable(error)
    except FileNotFoundError:
        return unreadable(UnreadableDocument("reports.content_gone"))
    except (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
        return unreadable(UnreadableDocument("reports.defect", kind=type(error).__name__, where=_where(error)))


def unreadable(error: GongkaiError) -> Outcome:
    """The outcome for a file that cannot be read."""
    return Outcome(code=error.code, message=error_sentence(error, "zh"))


def _where(error: BaseException) -> str:
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    return f"{Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else "?"
