"""Reading reports: lists for the office and for everybody, one report's page, a batch and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from gongkai.report import model
from gongkai.report.write.wording import cell_name
from gongkai.web.accounts.queries import names
from gongkai.web.agencies import queries as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.reports import charts, sheet
from gongkai.web.reports.frozen import thaw
from gongkai.web.reports.models import Batch, Correction, Reading, Report, Waiver
from gongkai.web.reports.policies import public

BESIDE = 50
UNKNOWN = "机关不明"
NOBODY = "—"
"""Who is no person with an account: the console, or an account that is gone."""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that a page of a report shows; without a `report` nothing has been read yet."""

    record: Report
    name: str
    reading: Reading | None
    report: model.Report | None = None
    tables: tuple[sheet.SheetTable, ...] = ()
    findings: tuple[sheet.Said, ...] = ()
    charts: tuple[charts.Chart, ...] = ()
    sections: tuple[tuple[str, str], ...] = field(default=())


class Progress(NamedTuple):
    """How far a batch is: counts of its files by the state of their last reading."""

    files: int
    waiting: int
    read: int
    unreadable: int


class Unread(NamedTuple):
    """Files of a batch that could not be read for the same reason."""

    code: str
    message: str
    names: tuple[str, ...]


def assembled(record: Report) -> model.Report:
    """Return the report as it stands: the reading with its corrections, findings and waivers."""
    return thaw(record.assembled)


def published(
    agency: Agency | None = None,
    year: int | None = None,
    scope: str = "",
    under: QuerySet[Agency] | None = None,
    called: str = "",
) -> QuerySet[Report]:
    """Return the published reports, the newest year first; of one agency or of some, of one year, of one scope.

    `called` is a part of the agency's name, as printed or as it ever was.
    """
    found = public().select_related("agency").prefetch_related("agency__names")
    if agency is not None:
        found = found.filter(agency=agency)
    if year is not None:
        found = found.filter(year=year)
    if scope:
        found = found.filter(scope=scope)
    if under is not None:
        found = found.filter(agency__in=under)
    if called:
        named = agencies.ever_called(called)
        found = found.filter(Q(agency__in=named) | Q(outside=True, printed_agency__icontains=called))
    return found.order_by("-year", "printed_agency", "scope", "pk")


def beside(record: Report) -> QuerySet[Report]:
    """Return the published reports that stand beside one for comparison, at most `BESIDE`: its agency's, or others outside."""
    found = published(agency=record.agency) if record.agency_id else published().filter(agency=None)
    return found.exclude(pk=record.pk).defer("assembled")[:BESIDE]


def name(record: Report) -> str:
    """Return whose report it is: the confirmed agency as it was called at the end of the year, else the printed name."""
    if record.agency is not None and record.year is not None:
        return agencies.standing(record.agency, date(record.year, 12, 31)).name
    return record.printed_agency or record.title or UNKNOWN


def title(record: Report) -> str:
    """Return what a list calls a report."""
    if not record.year and name(record) == UNKNOWN:
        return "机关和年度不明的政府信息公开工作年度报告"
    year = f"{record.year}年" if record.year else "年度不明的"
    return f"{name(record)}{year}政府信息公开工作年度报告"


def listed(record: Report) -> str:
    """Return what the office's list calls a report: as its title, or as its file while nothing has been read of it."""
    return title(record) if record.assembled else _file_name(record, next(iter(record.readings.all()), None))


class Corrected(NamedTuple):
    """What a person said that the file prints in a cell, with the names of the cell and of the person."""

    correction: Correction
    cell: str
    by: str


def corrections(record: Report, shown: ReportPage) -> list[Corrected]:
    """Return what people said that the file prints, the latest first."""
    sheet_names = shown.report.sheet if shown.report else None
    made = list(record.corrections.order_by("-pk"))
    people = names(one.by for one in made)
    return [
        Corrected(one, cell_name(sheet_names, one.cell) if sheet_names else one.cell, people.get(one.by, NOBODY))
        for one in made
    ]


class Explained(NamedTuple):
    """Why a finding needs no correction, with the words of the finding's kind and the name of the person."""

    waiver: Waiver
    what: str
    by: str


def explanations(record: Report) -> list[Explained]:
    """Return the waivers that hold, the oldest first."""
    made = list(record.waivers.filter(withdrawn_at__isnull=True).order_by("pk"))
    people = names(one.by for one in made)
    return [Explained(one, sheet.kind_of(one.code), people.get(one.by, NOBODY)) for one in made]


def page(record: Report) -> ReportPage:
    """Return what the page of a report shows."""
    reading = record.readings.select_related("file").order_by("pk").last()
    if not record.assembled:
        return ReportPage(record, _file_name(record, reading), reading)
    report = assembled(record)
    corrected = frozenset(record.corrections.values_list("cell", flat=True))
    return ReportPage(
        record,
        title(record),
        reading,
        report,
        sheet.tables(report, corrected),
        sheet.findings(report),
        charts.of_report(report),
        tuple((number, prose.text) for number, prose in report.prose.items() if prose.text.strip()),
    )


def years(record: Report) -> charts.Chart | None:
    """Return how many requests came in over the years for which the agency has published reports."""
    if record.agency is None:
        return None
    published_ones = public().filter(agency=record.agency, scope=record.scope)
    return charts.over_years([thaw(text) for text in published_ones.values_list("assembled", flat=True)])


def listing(
    found: QuerySet[Report], *, words: str = "", year: int | None = None, state: str = "", reading: str = ""
) -> QuerySet[Report]:
    """Return reports that fit the filters, the newest upload first."""
    if words:
        inside = Q(printed_agency__icontains=words) | Q(title__icontains=words)
        found = found.filter(
            inside | Q(agency__names__name__icontains=words) | Q(readings__file__name__icontains=words)
        ).distinct()
    if year:
        found = found.filter(year=year)
    if state:
        found = found.filter(state=state)
    if reading:
        found = found.filter(readings__state=reading).distinct()
    newest = Prefetch("readings", Reading.objects.select_related("file").order_by("-pk"))
    return found.select_related("agency").prefetch_related("agency__names", newest).order_by("-pk")


def kept(found: QuerySet[Batch]) -> QuerySet[Batch]:
    """Return the batches of which something is left."""
    return found.filter(Exists(Report.objects.filter(batch=OuterRef("pk"))))


def progress(batch: Batch) -> Progress:
    """Count the files of a batch by how far their reading is."""
    counts = dict(_readings(batch).values_list("state").annotate(Count("pk")))
    waiting = counts.get("pending", 0) + counts.get("reading", 0)
    return Progress(sum(counts.values()), waiting, counts.get("read", 0), counts.get("unreadable", 0))


def unread(batch: Batch) -> Iterator[Unread]:
    """Return what could not be read and why, the most frequent reason first."""
    by_code: dict[str, list[tuple[str, str]]] = {}
    failed = _readings(batch).filter(state="unreadable").order_by("pk")
    for code, message, file in failed.values_list("code", "message", "file__name"):
        by_code.setdefault(code, []).append((message, file))
    for code, found in sorted(by_code.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        yield Unread(code, found[0][0], tuple(file for _, file in found))


def candidates(record: Report) -> list[agencies.Standing]:
    """Return the agencies whose report it may be, those first whose name is the printed one or its end."""
    today = timezone.localdate()
    below = agencies.named(agencies.subtree(record.keeper, today), today)
    printed = "".join(record.printed_agency.split())
    found = [agencies.standing(row.agency, today) for row in below]
    return sorted(found, key=lambda one: not (printed and (printed.endswith(one.name) or one.name.endswith(printed))))


def _readings(batch: Batch) -> QuerySet[Reading]:
    return Reading.objects.filter(report__batch=batch)


def _file_name(record: Report, reading: Reading | None) -> str:
    return reading.file.name if reading else record.key
