"""The kinds of records that can be found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.publications import body
from gongkai.web.publications import policies as publications
from gongkai.web.publications.given import label
from gongkai.web.publications.validity import Validity, validities, word
from gongkai.web.registers import policies as registers
from gongkai.web.registers.models import Import, Rule
from gongkai.web.registers.shown import REGISTERS, Register, validity, written
from gongkai.web.reports import queries as reports
from gongkai.web.reports.models import Report
from gongkai.web.search.source import Hit, Shown, Source


class Reports(Source):
    """Published annual reports: the words of their sections, the agency's name, the year."""

    def public(self) -> QuerySet[Any]:
        """The published reports."""
        return Report.objects.filter(state="published")

    def touched(self, kind: str, keys: Collection[str]) -> Collection[str] | None:
        """Any of them: who publishes a report may put another one out of its place."""
        return None if kind == Report._meta.label_lower else super().touched(kind, keys)

    def shown(self, hit: Hit) -> Shown:
        """The report with the text of its sections."""
        record = hit.record
        prose = reports.assembled(record).prose.values() if record.assembled else ()
        text = "\n".join([record.printed_agency, *(one.text for one in prose)])
        published = timezone.localtime(record.published_at).date() if record.published_at else None
        address = reverse("reports:public_one", args=[record.key])
        return Shown(reports.title(record), address, reports.name(record), published, text)

    def _listed(self, found: QuerySet[Any]) -> Iterable[Any]:
        return found.select_related("agency").defer("assembled")

    def _year(self, record: Any) -> int | None:
        year: int | None = record.year
        return year


@dataclass(frozen=True)
class Rows(Source):
    """The open rows of a register: what everybody sees of them, citizens' names masked."""

    register: Register

    @classmethod
    def of(cls, register: Register) -> Rows:
        """The source of a register's rows."""
        fields = {one.name for one in register.model._meta.get_fields()}
        agencies = tuple(name for name in ("agency", "in_name_of") if name in fields)
        return cls(f"register-{register.slug}", register.title, agencies, register)

    def public(self) -> QuerySet[Any]:
        """The open rows."""
        return registers.public(self.register.model)

    def touched(self, kind: str, keys: Collection[str]) -> Collection[str] | None:
        """Besides the row itself: an import shows and hides all rows that came with it."""
        if kind == Import._meta.label_lower:
            brought = self.register.model.every.filter(brought__key__in=list(keys))
            return list(brought.values_list("key", flat=True))
        return super().touched(kind, keys)

    def shown(self, hit: Hit) -> Shown:
        """The row with its cells as they stand on the public's page."""
        row = hit.record
        cells = [written(column.cell(row)) for column in self.register.seen(office=False)]
        name = standing(hit.agency, timezone.localdate()).name if hit.agency else ""
        address = reverse("registers:public_one", args=[self.register.slug, row.key])
        called = getattr(row, "matter", "") or str(row)
        return Shown(called, address, name, getattr(row, self.register.dated), "\n".join(filter(None, cells)))

    def validities(self, hits: Sequence[Hit]) -> dict[str, str]:
        """Of rules whether they are in force; other rows are or were, once and for all."""
        return {hit.id: validity(hit.record) for hit in hits} if self.register.model is Rule else {}

    def _agency(self, record: Any) -> Agency | None:
        agency: Agency | None = getattr(record, "in_name_of", None) or record.agency
        return agency

    def _year(self, record: Any) -> int | None:
        dated = getattr(record, self.register.dated)
        return dated.year if dated else None


class Documents(Source):
    """Released documents: title, numbers, abstract, keywords and the text that everybody sees."""

    def public(self) -> QuerySet[Any]:
        """The released documents."""
        return publications.public()

    def shown(self, hit: Hit) -> Shown:
        """The document with its words."""
        record = hit.record
        said = [record.abstract, record.keywords, record.joint, body.plain(record.shown.body) if record.shown else ""]
        released = timezone.localtime(record.released_at).date() if record.released_at else None
        name = standing(record.publisher, timezone.localdate()).name
        address = reverse("publications:public_one", args=[record.key])
        return Shown(record.title, address, name, released, "\n".join(filter(None, said)))

    def validities(self, hits: Sequence[Hit]) -> dict[str, str]:
        """Whether the documents are in force, were amended, lapsed, were repealed."""
        stand = validities([hit.record for hit in hits], timezone.localdate())
        return {hit.id: word(stand[hit.record.pk]) for hit in hits}

    def _whole(self, found: QuerySet[Any]) -> Iterable[Any]:
        return found.select_related("agency", "publisher", "shown")

    def _agency(self, record: Any) -> Agency | None:
        publisher: Agency = record.publisher
        return publisher

    def _year(self, record: Any) -> int | None:
        year: int = record.formed_on.year
        return year

    def _column(self, record: Any) -> str:
        column: str = record.column
        return column

    def _numbers(self, record: Any) -> tuple[str, ...]:
        return tuple(filter(None, (record.number, record.index_number)))


SOURCES: tuple[Source, ...] = (
    Documents("document", "公开文件", ("agency", "publisher")),
    Reports("report", "年度报告", ("agency",)),
    *map(Rows.of, REGISTERS.values()),
)
"""Every kind of record that can be found."""


def source_of(id: str) -> Source | None:
    """The source that an id belongs to."""
    code = id.partition(":")[0]
    return next((one for one in SOURCES if one.code == code), None)


VALIDITIES = tuple(word(code) for code in get_args(Validity))
"""The words for how a document may stand."""


def column_name(column: str) -> str:
    """What people call an item of the law."""
    return label("proactive", column)
