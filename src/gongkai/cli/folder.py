"""A folder of results: the overview, a page and a workbook a report, all data as JSON lines and CSV."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from gongkai import messages
from gongkai.cli.output import Folder
from gongkai.cli.pipeline import Outcome
from gongkai.errors import GongkaiError
from gongkai.report.model import Report
from gongkai.report.write.csv import cells_csv, findings_csv
from gongkai.report.write.html import Entry, overview_page, report_page
from gongkai.report.write.json import error_line, report_line
from gongkai.report.write.xlsx import workbook

INDEX = "index.html"
NAME_LENGTH = 60


def write_folder(
    path: Path, reports: Sequence[Report], unreadable: Sequence[Outcome], *, force: bool = False
) -> Path:
    """Write everything into `path` and return the overview's path."""
    folder = Folder(path, force=force)
    entries: list[Entry] = []
    taken: set[str] = set()
    words = messages.text("write.page.workbook")
    for report in reports:
        name = file_name(report, taken)
        folder.write(f"{name}.html", report_page(report, back=INDEX).encode("utf-8"))
        folder.write(f"{name}.xlsx", workbook(report))
        entries.append(Entry(report, f"{name}.html", ((words, f"{name}.xlsx"),)))
    failures: list[tuple[str, GongkaiError]] = [(o.path, o.error) for o in unreadable if o.error]
    lines = [report_line(report) for report in reports] + [error_line(*failure) for failure in failures]
    folder.write("reports.jsonl", "".join(f"{line}\n" for line in lines).encode("utf-8"))
    folder.write("cells.csv", cells_csv(reports, bom=True).encode("utf-8"))
    folder.write("findings.csv", findings_csv(reports, bom=True).encode("utf-8"))
    index = folder.write(INDEX, overview_page(entries, failures).encode("utf-8"))
    folder.close()
    return index


def file_name(report: Report, taken: set[str]) -> str:
    """A file name of agency and year that no other report of the run has; safe on every system and in addresses."""
    said = f"{report.agency or Path(report.path).stem}-{report.year or 0}"
    plain = re.sub(r"[^\w-]+", "_", said).strip("_.")[:NAME_LENGTH] or "report"
    name, number = plain, 2
    while name.lower() in taken or name.lower() == "index":
        name, number = f"{plain}-{number}", number + 1
    taken.add(name.lower())
    return name
