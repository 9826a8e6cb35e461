"""Released documents for everybody: a list with filters, and one with its text, files, relations and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from ninja import Query, Router

from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies import queries as agencies
from gongkai.web.api import doors, publication_shapes
from gongkai.web.api.agencies import existing
from gongkai.web.api.answers import answer, day, from_basis, instant
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Key, Limit, Words, Year
from gongkai.web.publications import policies, queries, text, versions
from gongkai.web.publications.given import label
from gongkai.web.publications.models import Attachment, Document, Edition
from gongkai.web.publications.queries import Related
from gongkai.web.publications.validity import Validity, validities

router = Router(tags=["documents"])
if TYPE_CHECKING:
    Item: TypeAlias = str
    Topic: TypeAlias = str
else:
    Item = Literal[("", *(item.id for item in load("proactive").items))]
    Topic = Literal[("", *(item.id for item in load("topics").items))]


@doors.public(router, "/documents", publication_shapes.Documents)
def documents(
    request: HttpRequest,
    q: Annotated[Words, Query("")],
    agency: Annotated[Key, Query("")],
    under: Annotated[Key, Query("")],
    statutory_item: Annotated[Item, Query("")],
    topic: Annotated[Topic, Query("")],
    year: Annotated[Year | None, Query(None)],
    after: After,
    before: Before,
    limit: Limit,
) -> HttpResponseBase:
    """The released documents, the last drafted first."""
    exactly = {"column": statutory_item, "topic": topic, **({"formed_on__year": str(year)} if year else {})}
    found = queries.looked_for(policies.public(), q, **exactly).select_related("agency", "publisher")
    found = found.prefetch_related("publisher__names")
    if agency:
        found = found.filter(publisher=existing(agency))
    if under:
        found = found.filter(publisher__in=agencies.subtree(existing(under), agencies.today()))
    turned = page(found.defer("abstract"), Turn(after, before, limit), newest_first=True)
    stand = validities(turned.records, timezone.localdate())
    items = [_row(request, record, stand[record.pk]) for record in turned.records]
    return answer(request, {**turned.around(request), "items": items})


@doors.public(router, "/documents/{slug:key}", publication_shapes.Document)
def document(request: HttpRequest, key: str) -> HttpResponseBase:
    """One released document as its page shows it."""
    found = policies.public().select_related("agency", "publisher", "shown")
    held = get_object_or_404(found, key=key)
    today = timezone.localdate()

    def make() -> dict[str, Any]:
        assert held.shown is not None  # noqa: S101 - what is released has a shown edition, the database sees to it
        html = text.clean(held.shown.body)
        return {
            **_row(request, held, validities([held], today)[held.pk]),
            "abstract": held.abstract, "keywords": [one for one in held.keywords.split() if one], "joint": held.joint,
            "taken_from": held.source, "timing": held.timing, "html": html, "text": text.to_plain(html),
            "attachments": [_file(request, held, one) for one in held.attachments.select_related("file")],
            "relations": [_relation(request, one) for one in queries.relations(held, public=True)],
            "correction_notes": [_correction(one) for one in queries.corrections(held)],
        }  # fmt: skip

    return from_basis(request, [str(versions.of_document(key)), day(today)], make)


def _row(request: HttpRequest, record: Document, validity: Validity) -> dict[str, Any]:
    publisher = agencies.standing(record.publisher, agencies.today())
    return {
        "key": record.key, "version": record.version, "title": record.title, "number": record.number,
        "index_number": record.index_number, "agency": {"key": publisher.key, "name": publisher.name},
        "statutory_item": record.column, "statutory_item_label": label("proactive", record.column), "topic": record.topic,
        "topic_label": label("topics", record.topic), "formed_on": day(record.formed_on),
        "released_at": instant(record.released_at), "effective_on": day(record.effective_on),
        "expires_on": day(record.expires_on), "validity": validity,
        "address": request.build_absolute_uri(reverse("publications:public_one", args=[record.key])),
    }  # fmt: skip


def _file(request: HttpRequest, record: Document, file: Attachment) -> dict[str, Any]:
    address = reverse("publications:public_attachment", args=[record.key, file.key])
    return {
        "name": file.name, "size": file.file.size, "sha256": file.file.digest,
        "address": request.build_absolute_uri(address),
    }  # fmt: skip


def _relation(request: HttpRequest, one: Related) -> dict[str, Any]:
    key = one.document.key if one.document else None
    address = request.build_absolute_uri(reverse("publications:public_one", args=[key])) if key else None
    return {"says": one.says, "title": one.name, "since": day(one.since), "key": key, "address": address}


def _correction(edition: Edition) -> dict[str, Any]:
    return {"note": edition.note, "edition": edition.number, "at": instant(edition.published_at)}
