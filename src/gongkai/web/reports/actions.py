"""What people and the sweep do with reports: upload, settle a reading, confirm, correct, waive, publish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.db import IntegrityError
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

import gongkai
from gongkai.errors import GongkaiError, InvalidInput
from gongkai.report import waivers
from gongkai.report.write.wording import error_sentence, figure
from gongkai.web.agencies import queries as agencies
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import SWEEP, Actor
from gongkai.web.audit.chain import act
from gongkai.web.files import actions as files
from gongkai.web.files.names import clean
from gongkai.web.notices.actions import notify
from gongkai.web.pages.stored import forget
from gongkai.web.reports import assembly, naming
from gongkai.web.reports.frozen import thaw
from gongkai.web.reports.models import REASONS, WAITING, Batch, Correction, PageImage, Reading, Report, Waiver
from gongkai.web.reports.once import Once
from gongkai.web.reports.policies import PREPARE, PUBLISH, demand
from gongkai.web.reports.reading import Outcome

MOST_FILES = 500


def upload(given: Iterable[tuple[str, IO[bytes] | bytes]], *, keeper: Agency, by: Actor, once: str = "") -> Batch:
    """Keep files, each a name and its content, and mark them as waiting for the reader; nothing is read here.

    A file that cannot be kept stops no other: the batch says which and why, and which were there already. With a word in
    `once` the same files by the same person are one batch however often they come. Raises InvalidInput for other files
    under the same word.
    """
    demand(by, PREPARE, keeper)
    contents, refused = _put(given)
    wanted = Once.of(by, once, keeper, contents)
    if (before := wanted.before()) is not None:
        return before
    try:
        with act(by, "report.upload", None, chain=keeper.chain, kind="reports.batch") as done:
            known = set(Reading.objects.filter(report__keeper=keeper).values_list("file__digest", flat=True))
            batch = Batch.objects.create(
                keeper=keeper, by=by.key, refused=refused, once=wanted.mark, given=wanted.given
            )
            for content in contents:
                if content.digest in known:
                    batch.duplicates.append(content.name)
                    continue
                known.add(content.digest)
                report = Report.objects.create(keeper=keeper, batch=batch)
                Reading.objects.create(report=report, file=files.record(content))
            batch.save(update_fields=["duplicates"])
            kept, double = len(contents) - len(batch.duplicates), len(batch.duplicates)
            done.result |= {"key": batch.key, "files": kept, "duplicates": double, "refused": len(refused)}
    except IntegrityError:
        # Two with the same word at once: the other was first.
        if (before := wanted.before()) is None:
            raise
        return before
    return batch


def settle(reading: Reading, outcome: Outcome, now: datetime) -> None:
    """Write what came of a reading, and tell who uploaded the batch when it was the last of it."""
    batch = Batch.objects.select_for_update(of=("self",)).get(reports__readings=reading)
    report = reading.report
    with act(SWEEP, "report.read", report, chain=report.keeper.chain, reading=reading.key, code=outcome.code):
        state = "unreadable" if outcome.report is None else "read"
        reading.change(
            reading.version,
            state=state,
            reader=gongkai.__version__,
            code=outcome.code,
            message=outcome.message,
            line=outcome.line,
            frozen=outcome.frozen,
            ended_at=now,
        )
        if outcome.report is not None:
            read = outcome.report
            first = not report.assembled
            named = {
                "printed_agency": (read.agency or "")[:120],
                "title": (read.title or "")[:300],
                "year": read.year,
                "scope": read.scope,
            }
            assembled = assembly.assemble(report, reading)
            report.change(report.version, **(named if first else {}), **assembly.values(assembled))
    if not Reading.objects.filter(report__batch=batch, state__in=WAITING).exists():
        notify(
            batch.by,
            "上传的年度报告已全部读取",
            cause=f"reports.batch:{batch.key}",
            address=reverse("reports:batch", args=[batch.key]),
        )


def read_again(report: Report, *, by: Actor, seen: int) -> Reading:
    """Have the file read again, by the reader as it is now; corrections are put upon the new reading."""
    demand(by, PREPARE, report.keeper)
    _not_published(report)
    last = report.readings.order_by("pk").last()
    if last is None or last.state in WAITING:
        raise InvalidInput("reports.still_waiting")
    with act(by, "report.read_again", report, chain=report.keeper.chain):
        report.change(seen)
        return Reading.objects.create(report=report, file=last.file)


def confirm_agency(
    report: Report,
    *,
    agency: Agency | None,
    year: int,
    scope: str,
    by: Actor,
    seen: int,
    other_name: bool = False,
) -> Report:
    """Say whose report it is, for which year and scope; without an agency, that it is none of this platform's.

    The agency is the keeper or one below it. The report becomes the next edition of that agency, year and scope.
    `other_name` says that it is the agency's although the report prints another name; without it such a report is refused.
    """
    demand(by, PREPARE, report.keeper)
    _not_published(report)
    _read(report)
    today = timezone.localdate()
    if year > today.year:
        raise InvalidInput("reports.year_to_come", year=year)
    if agency is not None and not agencies.subtree(report.keeper, today).filter(pk=agency.pk).exists():
        raise InvalidInput("reports.agency_not_below")
    differs = agency is not None and not other_name and naming.differs(report.printed_agency, agency)
    if agency is not None and differs:
        raise InvalidInput("reports.other_name", printed=report.printed_agency, name=str(agency))
    with act(by, "report.confirm_agency", report, chain=report.keeper.chain, year=year, scope=scope) as done:
        edition = None
        if agency is not None:
            Agency.objects.select_for_update().get(pk=agency.pk)
            same = Report.objects.filter(agency=agency, year=year, scope=scope).exclude(pk=report.pk)
            edition = (same.aggregate(last=Max("edition"))["last"] or 0) + 1
        done.result |= {"agency": agency.key if agency else "", "edition": edition}
        report.agency, report.outside, report.year, report.scope = agency, agency is None, year, scope
        named = {"agency": agency, "outside": agency is None, "year": year, "scope": scope, "edition": edition}
        return report.change(seen, **named, **_assembled(report))


def discard(report: Report, *, reason: str, by: Actor, seen: int) -> None:
    """Delete a draft that was uploaded by mistake, with its readings, corrections and waivers; the audit keeps that it was.

    `reason` is a code of `models.REASONS`. Only a draft that was never published can go. Its file is let go of: where
    nothing else refers to it, the sweep collects record and content.
    """
    demand(by, PREPARE, report.keeper)
    if report.state != "draft" or report.published_at is not None:
        raise InvalidInput("reports.no_draft")
    if reason not in dict(REASONS):
        raise InvalidInput("reports.no_reason")
    if report.readings.filter(state__in=WAITING).exists():
        raise InvalidInput("reports.still_waiting")
    with act(by, "report.discard", report, chain=report.keeper.chain, why=reason, year=report.year):
        # Of two who are at it at once the later one is told: what this finds is what was seen.
        report.change(seen)
        digests = set(report.readings.values_list("file__digest", flat=True))
        Report.objects.filter(pk=report.pk).delete()
        left = Reading.objects.filter(file__digest__in=digests).values("file__digest")
        PageImage.objects.filter(digest__in=digests).exclude(digest__in=left).delete()


def correct_cell(report: Report, *, cell: str, value: str, reason: str, by: Actor, seen: int) -> Correction:
    """Write down what the file prints in a cell that was misread, and why; the reading itself stays as it is."""
    demand(by, PREPARE, report.keeper)
    _not_published(report)
    now = thaw(_read(report).assembled)
    column, old = now.sheet.columns.get(cell), now.cells.get(cell)
    if column is None or old is None:
        raise InvalidInput("reports.no_cell", cell=cell)
    reason = _reason(reason)
    new = assembly.figure(value, column)
    if new == old.value:
        raise InvalidInput("reports.same_figure", cell=now.sheet.label(cell))
    with act(by, "report.correct_cell", report, chain=report.keeper.chain, cell=cell) as done:
        was, written = (("" if it is None else figure(it)) for it in (old.value, new))
        correction = Correction.objects.create(
            report=report, cell=cell, was=was, value=written, reason=reason, by=str(by)
        )
        done.result |= {"was": was, "value": written}
        report.change(seen, **_assembled(report))
    return correction


def waive(report: Report, *, finding: int, reason: str, by: Actor, seen: int) -> Waiver:
    """Say why a finding needs no correction; `finding` is its number in the report's list, from 1."""
    demand(by, PREPARE, report.keeper)
    _not_published(report)
    findings = thaw(_read(report).assembled).findings
    if not 1 <= finding <= len(findings) or findings[finding - 1].waived is not None:
        raise InvalidInput("reports.no_finding", number=finding)
    given = waivers.waiver_of(findings[finding - 1], reason=_reason(reason), by=str(by), on=timezone.localdate())
    with act(by, "report.waive", report, chain=report.keeper.chain, code=given.code, cells=list(given.cells)):
        waiver = Waiver.objects.create(
            report=report,
            code=given.code,
            cells=list(given.cells),
            values=list(given.values),
            detail=given.detail,
            reason=given.reason,
            by=given.by,
            on=given.on,
        )
        report.change(seen, **_assembled(report))
    return waiver


def withdraw_waiver(report: Report, *, waiver: Waiver, by: Actor, seen: int) -> None:
    """Take a waiver back; the finding is open again."""
    demand(by, PREPARE, report.keeper)
    _not_published(report)
    if waiver.report_id != report.pk or waiver.withdrawn_at is not None:
        raise InvalidInput("reports.no_waiver")
    with act(by, "report.withdraw_waiver", report, chain=report.keeper.chain, waiver=waiver.key):
        waiver.change(waiver.version, withdrawn_at=timezone.now())
        report.change(seen, **_assembled(report))


def publish(report: Report, *, by: Actor, seen: int) -> Report:
    """Show the report to everybody; an earlier edition of the same agency, year and scope gives way."""
    demand(by, PUBLISH, report.keeper)
    _not_published(report)
    if _read(report).year is None or (report.agency is None and not report.outside):
        raise InvalidInput("reports.not_confirmed")
    if not any(thaw(report.assembled).form_by_table.values()):
        raise InvalidInput("reports.no_table")
    if report.readings.filter(state__in=WAITING).exists():
        raise InvalidInput("reports.still_waiting")
    with act(by, "report.publish", report, chain=report.keeper.chain, year=report.year) as done:
        replaced = []
        if report.agency is not None:
            Agency.objects.select_for_update().get(pk=report.agency.pk)
            shown = Report.objects.filter(
                agency=report.agency, year=report.year, scope=report.scope, state="published"
            )
            replaced = [earlier.change(earlier.version, state="superseded").key for earlier in shown]
        done.result["replaced"] = replaced
        return report.change(seen, state="published", published_at=timezone.now())


def unpublish(report: Report, *, reason: str, by: Actor, seen: int) -> Report:
    """Take a published report back; it can be corrected and published again."""
    demand(by, PUBLISH, report.keeper)
    if report.state != "published":
        raise InvalidInput("reports.not_published")
    reason = _reason(reason)
    with act(by, "report.unpublish", report, chain=report.keeper.chain):
        forget("report", report.key)
        return report.change(seen, state="withdrawn", withdrawn_because=reason)


def _put(given: Iterable[tuple[str, IO[bytes] | bytes]]) -> tuple[list[files.Content], list[dict[str, str]]]:
    contents: list[files.Content] = []
    refused: list[dict[str, str]] = []
    for number, (name, content) in enumerate(given, 1):
        try:
            if number > MOST_FILES:
                raise InvalidInput("reports.too_many", limit=MOST_FILES)
            contents.append(files.put(content, name))
        except GongkaiError as error:
            refused.append({"name": clean(name), "code": error.code, "message": error_sentence(error, "zh")})
    if not contents and not refused:
        raise InvalidInput("reports.no_files")
    return contents, refused


def _assembled(report: Report) -> dict[str, object]:
    reading = report.readings.filter(state="read").order_by("pk").last()
    if reading is None:
        raise InvalidInput("reports.not_read")
    return assembly.values(assembly.assemble(report, reading))


def _read(report: Report) -> Report:
    if not report.assembled:
        raise InvalidInput("reports.not_read")
    return report


def _not_published(report: Report) -> None:
    if report.state == "published":
        raise InvalidInput("reports.published")
    if report.state == "superseded":
        raise InvalidInput("reports.superseded")


def _reason(given: str) -> str:
    reason = given.strip()
    if not reason:
        raise InvalidInput("reports.no_reason")
    return reason[:1000]
