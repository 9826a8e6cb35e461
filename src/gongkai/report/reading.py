"""From a file to a Report: the document is read, then the report is recognised in it."""

from __future__ import annotations

from pathlib import Path

from gongkai import documents
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.source import Source
from gongkai.report.model import Report
from gongkai.report.recognise import recognise


def read_report(
    file: str | Path | Source, limits: Limits = DEFAULT, *, isolated: bool = False, name: str = ""
) -> Report:
    """Read the annual report in a file; `name` is what it is called in the result, its path where not given.

    With `isolated` the file is read in a child process held to `limits`, as strangers' files should be. Raises
    UnreadableDocument with a reason and what to try.
    """
    if isolated:
        from gongkai.documents.child import read_limited

        document = read_limited(file, limits)
    else:
        document = documents.read(file, limits)
    return recognise(document, path=name or (file.name if isinstance(file, Source) else str(file)))
