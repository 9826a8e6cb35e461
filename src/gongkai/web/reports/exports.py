"""A report's figures as files to take away."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.report.model import Report
from gongkai.report.write.csv import cells_csv
from gongkai.report.write.json import report_line
from gongkai.report.write.xlsx import workbook

EXPORTS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda report: workbook(report, "zh"),
    ),
    "csv": ("text/csv; charset=utf-8", lambda report: cells_csv([report], "zh", bom=True).encode()),
    "json": ("application/json", lambda report: report_line(report, "zh").encode()),
}
"""Endings to the media type and the writer."""
