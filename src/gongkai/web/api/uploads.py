"""Uploading files for an office's programs, and following how far their reading is."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import File, Form, Header, Router
from ninja.files import UploadedFile

from gongkai.web.accounts.access import actor, signed_in
from gongkai.web.api import doors, office_records, office_shapes
from gongkai.web.api.answers import answer
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Key, Limit, Words
from gongkai.web.reports import actions, policies, queries

router = Router(tags=["office"])


@doors.member(router, "POST", "/office/batches", office_shapes.Batch, needs=policies.PREPARE, status=201)
def upload(
    request: HttpRequest,
    keeper: Annotated[Key, Form(...)],
    files: Annotated[list[UploadedFile], File(...)],
    once: Annotated[Words, Header("", alias="Idempotency-Key")],
) -> HttpResponseBase:
    """Upload files for an agency; they are read one after the other, and a file that was there already is left out."""
    agency = get_object_or_404(policies.keepers(signed_in(request)), key=keeper)
    given = [(file.name or "", file) for file in files]
    made = actions.upload(given, keeper=agency, by=actor(request), once=once)
    found = _shown(request, made.key, status=201)
    found["Location"] = request.build_absolute_uri(reverse("api:batch", args=[made.key]))
    return found


@doors.member(router, "GET", "/office/batches", office_shapes.Batches, needs="read")
def batches(request: HttpRequest, after: After, before: Before, limit: Limit) -> HttpResponseBase:
    """The batches that the person may see, the last one first."""
    found = policies.visible_batches(signed_in(request)).select_related("keeper").prefetch_related("keeper__names")
    turned = page(found, Turn(after, before, limit), newest_first=True)
    items = [office_records.batch_row(batch) for batch in turned.records]
    return answer(request, {**turned.around(request), "items": items}, private=True)


@doors.member(router, "GET", "/office/batches/{slug:key}", office_shapes.Batch, needs="read")
def batch(request: HttpRequest, key: str) -> HttpResponseBase:
    """How far a batch is, and what became of its files."""
    return _shown(request, key)


def _shown(request: HttpRequest, key: str, status: int = 200) -> HttpResponseBase:
    user = signed_in(request)
    found = get_object_or_404(policies.visible_batches(user).select_related("keeper"), key=key)
    reports = queries.listing(policies.visible(user).filter(batch=found)).select_related("keeper", "agency")
    rows = [office_records.row(record) for record in reports.prefetch_related("keeper__names").defer("assembled")]
    return answer(request, {**office_records.batch_row(found), "reports": rows}, private=True, status=status)
