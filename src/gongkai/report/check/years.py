"""Another year than the report's own where the report speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.documents.model import Place
from gongkai.report.check.rules import found, threshold
from gongkai.report.model import Finding, Report

_PERIOD = re.compile(
    r"(20[0-9]{2})\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*(?:至|到|—+|－+|-+|–+|~|～)\s*(?:(20[0-9]{2})\s*年)?\s*12\s*月\s*31\s*日"
)
_OPENING = re.compile(
    r"(?:^|[\n。：:；、])\s*(?:现将)?(20[0-9]{2})\s*年度?(?=\s*[，,]|我|本|全|[一-龥]{2,12}(?:严格|认真|坚持|深入|紧紧|按照|围绕|在))"
)
_DIGITS = re.compile("20[0-9]{2}")
_ANY_YEAR = re.compile(r"(20[0-9]{2})\s*年")


def check_year(report: Report) -> Iterator[Finding]:
    """Yield at most one finding: the period, the title or the opening of section one names another year.

    Dates of notices, the date of signature and years that the opening merely mentions beside its own are left alone.
    """
    if report.year is None:
        return
    yield from list(_candidates(report, report.year))[:1]


def _candidates(report: Report, year: int) -> Iterator[Finding]:
    for section in ("0", "1"):
        part = report.prose.get(section)
        period = _PERIOD.search(part.text) if part and "31" in part.text else None
        if part and period and int(period[1]) != year:
            yield _finding(report, "period", year, int(period[1]), period.group(), part.place(period.start()))
    for mention in report.years:
        digits = _DIGITS.search(mention.text)
        if mention.part == "title" and digits and int(digits.group()) != year:
            yield _finding(report, "title", year, int(digits.group()), mention.text, mention.place)
    part = report.prose.get("1")
    if part is None:
        return
    opening = part.text[: int(threshold("opening"))]
    named = {int(match[1]) for match in _ANY_YEAR.finditer(opening)}
    first = _OPENING.search(opening)
    if first and year not in named:
        yield _finding(
            report, "opening", year, int(first[1]), first.group().strip("。：:；、\n "), part.place(first.start(1))
        )


def _finding(report: Report, variant: str, year: int, other: int, said: str, place: Place | None) -> Finding:
    return found(
        report, "prose.year", {"year": year, "other": other, "said": said}, variant=variant, values=(year, other), places=[place]
    )  # fmt: skip
