"""Entries as tables and for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from gongkai.report.write.csv import FORMULA
from gongkai.web.audit.models import Entry

COLUMNS = ("chain", "number", "at", "actor", "verb", "kind", "object_key", "result", "previous", "digest")
_BYTE_ORDER_MARK = "\ufeff"


def as_dict(entry: Entry) -> dict[str, Any]:
    """Return an entry with everything that its digest covers."""
    row: dict[str, Any] = {name: getattr(entry, name) for name in COLUMNS}
    row["at"] = timezone.localtime(entry.at).isoformat(timespec="microseconds")
    return row


def csv_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Give CSV line by line, with the mark by which Excel knows UTF-8; nothing in it is taken for a formula."""
    yield _BYTE_ORDER_MARK + _line(COLUMNS)
    for entry in entries:
        row = as_dict(entry)
        row["result"] = json.dumps(entry.result, ensure_ascii=False, sort_keys=True)
        yield _line([_plain(str(row[name])) for name in COLUMNS])


def json_lines(entries: Iterable[Entry]) -> Iterator[str]:
    """Give one JSON list, an entry a line."""
    yield "["
    for number, entry in enumerate(entries):
        yield (",\n" if number else "\n") + json.dumps(as_dict(entry), ensure_ascii=False)
    yield "\n]\n"


def _line(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; here there are no figures that it would hurt."""
    return f"'{cell}" if FORMULA.match(cell) else cell
