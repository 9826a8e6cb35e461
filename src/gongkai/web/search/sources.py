"""What can be found, kind by kind: which records everybody sees, what an index entry of one holds, how a hit is shown."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import standing
from gongkai.web.publications import body
from gongkai.web.publications import policies as publications
from gongkai.web.publications.given import label
from gongkai.web.registers import policies as registers
from gongkai.web.registers.models import Import
from gongkai.web.registers.shown import REGISTERS, Register, written
from gongkai.web.reports import queries as reports
from gongkai.web.reports.models import Report
from gongkai.web.search.index import Entry

A_TIME = 400
"""Keys asked for in one query."""


class Hit(NamedTuple):
    """A record that everybody sees, as lists and filters need it; `column` is the item of the law, `record` the record."""

    id: str
    kind: str
    agency: Agency | None
    year: int | None
    record: Any
    column: str = ""


class Shown(NamedTuple):
    """A hit as the page shows it. `text` is all that was searched, for excerpts."""

    title: str
    address: str
    agency: str
    on: date | None
    text: str


@dataclass(frozen=True)
class Source(ABC):
    """A kind of record: its code, what people call it, and the fields that name an agency whose name is shown with it."""

    code: str
    label: str
    agencies: tuple[str, ...]

    @abstractmethod
    def public(self) -> QuerySet[Any]:
        """The records that everybody sees now."""

    def touched(self, kind: str, keys: Collection[str]) -> Collection[str] | None:
        """The keys of the records that acts on objects of a kind may have changed; None where it may be any of them."""
        if kind == Agency._meta.label_lower:
            belongs = Q(*((f"{owner}__key__in", list(keys)) for owner in self.agencies), _connector=Q.OR)
            return list(self.public().filter(belongs).values_list("key", flat=True))
        return keys if kind == self.public().model._meta.label_lower else ()

    def stamps(self, keys: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
        """The id and the stamp of every record that everybody sees, or of those of them with these keys."""
        parts = [self.public()] if keys is None else [self.public().filter(key__in=some) for some in _parts(keys)]
        for found in parts:
            around = (f"{owner}__version" for owner in self.agencies)
            for key, *versions in found.values_list("key", "version", *around).iterator():
                yield f"{self.code}:{key}", ".".join(str(one or 0) for one in versions)

    def hits(self, keys: Sequence[str]) -> Iterator[Hit]:
        """Of the records with these keys those that everybody sees now."""
        for some in _parts(keys):
            for record in self._listed(self.public().filter(key__in=some)):
                yield self._hit(record)

    def entries(self, keys: Sequence[str], stamps: dict[str, str]) -> Iterator[Entry]:
        """The entries of records, each with the stamp under which it was asked for."""
        for some in _parts(keys):
            for record in self._whole(self.public().filter(key__in=some)):
                hit = self._hit(record)
                shown = self.shown(hit)
                yield Entry(hit.id, stamps[hit.id], shown.title, shown.text, self._numbers(record), marks_of(hit))

    @abstractmethod
    def shown(self, hit: Hit) -> Shown:
        """A hit with what the page shows of it."""

    def _hit(self, record: Any) -> Hit:
        found = (self._agency(record), self._year(record), record, self._column(record))
        return Hit(f"{self.code}:{record.key}", self.code, *found)

    def _column(self, record: Any) -> str:
        del record
        return ""

    def _listed(self, found: QuerySet[Any]) -> Iterable[Any]:
        return self._whole(found)

    def _whole(self, found: QuerySet[Any]) -> Iterable[Any]:
        return found.select_related("agency")

    def _agency(self, record: Any) -> Agency | None:
        agency: Agency | None = record.agency
        return agency

    @abstractmethod
    def _year(self, record: Any) -> int | None:
        """The year by which the record is filtered."""

    def _numbers(self, record: Any) -> tuple[str, ...]:
        number = getattr(record, "number", "")
        return (number,) if number else ()


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


def marks_of(hit: Hit) -> tuple[str, ...]:
    """The marks by which a record is filtered: kind, agency, year."""
    found = [f"kind:{hit.kind}"]
    if hit.agency is not None:
        found.append(f"agency:{hit.agency.key}")
    if hit.year is not None:
        found.append(f"year:{hit.year}")
    if hit.column:
        found.append(f"column:{hit.column}")
    return tuple(found)


def column_name(column: str) -> str:
    """What people call an item of the law."""
    return label("proactive", column)


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(keys), A_TIME):
        yield keys[at : at + A_TIME]
