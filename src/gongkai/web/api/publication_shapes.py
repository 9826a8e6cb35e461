"""The shapes of answers about documents and registers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from gongkai.web.api.shapes import Named, Paged, Shape


class DocumentRow(Shape):
    """A released document as it stands in a list. `agency` is in whose name it is disclosed."""

    key: str
    version: int
    title: str
    number: str
    index_number: str | None
    agency: Named
    statutory_item: str
    statutory_item_label: str
    topic: str
    topic_label: str
    formed_on: date
    released_at: datetime | None
    effective_on: date | None
    expires_on: date | None
    validity: str
    address: str


class Documents(Paged):
    """A page of documents."""

    items: list[DocumentRow]


class AttachedFile(Shape):
    """A file of a document."""

    name: str
    size: int
    sha256: str
    address: str


class RelationShown(Shape):
    """How a document stands to another; without a key the other is not on this platform."""

    says: str
    title: str
    since: date
    key: str | None
    address: str | None


class CorrectionShown(Shape):
    """A public note of a correction."""

    note: str
    edition: int
    at: datetime | None


class Document(DocumentRow):
    """One released document."""

    abstract: str
    keywords: list[str]
    joint: str
    taken_from: str
    timing: str
    html: str
    text: str
    attachments: list[AttachedFile]
    relations: list[RelationShown]
    correction_notes: list[CorrectionShown]


class RegisterShown(Shape):
    """A register: its columns by code, and its open rows as files by ending."""

    code: str
    title: str
    says: str
    cells: dict[str, str]
    files: dict[str, str]


class Registers(Shape):
    """All registers."""

    items: list[RegisterShown]


class Row(Shape):
    """An open row of a register. `cells` holds what the columns of the register say, by their codes."""

    key: str
    version: int
    agency: Named
    on: date | None
    cells: dict[str, str | int | Decimal | None]
    address: str


class Rows(Paged):
    """A page of rows."""

    items: list[Row]
