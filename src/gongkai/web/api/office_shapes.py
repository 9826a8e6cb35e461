"""The shapes of what an office's programs send and are answered."""

from __future__ import annotations

from datetime import date, datetime

from gongkai.web.api.parameters import Key, Name, Prose, Scope, Version, Words, Year
from gongkai.web.api.shapes import Figure, Line, Named, Paged, ReportRow, Shape


class TokenShown(Shape):
    """The token that was shown."""

    name: str
    scope: str
    expires_at: datetime


class Role(Shape):
    """A role that a person holds today: what it lets do in the agency, and in those below."""

    agency: Named
    role: str
    permissions: list[str]
    permissions_below: list[str]


class Me(Named):
    """Whose token it is."""

    administrator: str
    token: TokenShown
    roles: list[Role]


class Notice(Shape):
    """Something that a person is told in the site."""

    key: str
    title: str
    body: str
    address: str
    at: datetime
    read_at: datetime | None


class Notices(Paged):
    """A page of notices."""

    items: list[Notice]


class Reading(Shape):
    """One reading of the file of a report; `code` and `message` say why it could not be read."""

    key: str
    state: str
    file: str
    format: str
    sha256: str
    reader: str
    code: str
    message: str
    ended_at: datetime | None


class OfficeRow(ReportRow):
    """A report with the agency that keeps it, and its last reading."""

    keeper: Named
    reading: Reading | None


class OfficeReports(Paged):
    """A page of the reports that the person may see."""

    items: list[OfficeRow]


class CorrectionMade(Shape):
    """That a cell was misread: what the file prints there."""

    cell: str
    was: str
    value: str
    reason: str
    by: str
    at: datetime


class WaiverGiven(Shape):
    """That a finding needs no correction, and why."""

    key: str
    code: str
    cells: list[str]
    values: list[Figure]
    reason: str
    by: str
    on: date


class OfficeReport(OfficeRow):
    """One report with all that the office knows of it; `report` is null before it was read."""

    readings: list[Reading]
    corrections: list[CorrectionMade]
    waivers: list[WaiverGiven]
    withdrawn_because: str
    may: list[str]
    report: Line | None


class FileRefused(Shape):
    """A file that was not kept, and why."""

    name: str
    code: str
    message: str


class BatchRow(Shape):
    """Files that were uploaded together, and how far their reading is."""

    key: str
    keeper: Named
    at: datetime
    files: int
    waiting: int
    read: int
    unreadable: int
    duplicates: list[str]
    refused: list[FileRefused]


class Batches(Paged):
    """A page of batches."""

    items: list[BatchRow]


class Batch(BatchRow):
    """A batch with the reports that its files became."""

    reports: list[OfficeRow]


class Seen(Shape):
    """Every change says which version of the report it was made upon."""

    version: Version


class Confirm(Seen):
    """Whose report it is, for which year and scope; `agency` is null for one that is none of the platform's.

    A report that prints another name than the agency's is refused unless `other_name` says that this is known.
    """

    agency: Key | None
    year: Year
    scope: Scope
    other_name: bool = False


class Correct(Seen):
    """What the file prints in a cell; `value` is empty where it prints no figure."""

    cell: Name
    value: Words
    reason: Prose


class Waive(Seen):
    """Why a finding needs no correction; `finding` is its number in the report's list, from 1."""

    finding: Version
    reason: Prose


class Unpublish(Seen):
    """Why a published report is taken back."""

    reason: Prose
