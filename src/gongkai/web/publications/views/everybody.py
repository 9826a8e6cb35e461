"""What everybody sees of documents: those that are released, one of them, and its files while it is released."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.law.catalogues.catalogue import load
from gongkai.web.accounts.access import public
from gongkai.web.pages.stored import stored
from gongkai.web.publications import forms, policies, queries, versions
from gongkai.web.publications.models import Attachment
from gongkai.web.publications.validity import validity, word

_PAGE = 50


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The released documents, the latest first, with filters."""
    held = [(item.id, item.label) for item in load("proactive").items]
    form = forms.PublicFilters(request.GET, held=held)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.looked_for(queries.published(), **wanted)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "crumbs": [("主动公开文件", "")]}
    return render(request, "publications/public_list.html", context)


@public
@require_safe
@stored("document", versions.of_document)
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A released document: its table, whether it is in force, its text, files, relations and corrections."""
    found = policies.public().select_related("agency", "publisher", "shown")
    document = get_object_or_404(found, key=key)
    code = validity(document, timezone.localdate())
    mark = load("disclosure_attributes").item(document.attribute).mark
    context = {
        "document": document, "facts": [(head, cell) for head, cell in queries.facts(document) if cell],
        "validity": code, "validity_word": word(code), "body": queries.body(document.shown), "mark": mark,
        "attachments": document.attachments.select_related("file"), "relations": queries.relations(document, public=True),
        "corrections": queries.corrections(document),
        "crumbs": [("主动公开文件", reverse("publications:public_list")), (document.title, "")],
    }  # fmt: skip
    return render(request, "publications/public_one.html", context)


@public
@require_safe
def attachment(_request: HttpRequest, key: str, file: str) -> FileResponse:
    """A file of a released document."""
    found = Attachment.objects.select_related("file").filter(document__in=policies.public(), document__key=key)
    return queries.download(get_object_or_404(found, key=file))
