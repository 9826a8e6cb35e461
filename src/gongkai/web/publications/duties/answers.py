"""Tables of the catalogue as files to take away."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse

from gongkai.web.files.workbooks import XLSX, table


def workbook(heads: Iterable[str], rows: Iterable[Iterable[str]], title: str, name: str) -> HttpResponse:
    """Answer with a table as a workbook to be saved under a name."""
    answer = HttpResponse(table(heads, rows, title), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
