"""The office's pages of documents: the list with what waits, the draft, one document with all that may be done with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.policies import visible as visible_agencies
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.audit.record import Stale
from gongkai.web.publications import actions, forms, policies, queries, way
from gongkai.web.publications.given import label
from gongkai.web.publications.models import Attachment, Document
from gongkai.web.publications.views.offered import offered

_PAGE = 50


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The documents that the person may read, with filters; those first that were begun last."""
    user, form = signed_in(request), forms.Filters(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.looked_for(policies.visible(user), wanted.get("words", ""), state=wanted.get("state", ""))
    waiting = policies.waiting_for(user)
    if wanted.get("waiting"):
        found = found.filter(pk__in=waiting.values("pk"))
    page = Paginator(found.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [(one, label("proactive", one.column)) for one in page],
        "waits": waiting.count(), "may_draft": policies.keepers(user).exists(),
        "kept": named(visible_agencies(user, timezone.localdate(), "keep"), timezone.localdate())[:_PAGE],
    }  # fmt: skip
    return render(request, "publications/list.html", context)


@member("prepare")
@takes_a_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a document."""
    rows = named(policies.keepers(signed_in(request)), timezone.localdate())
    keepers = [standing_as(row.agency, row) for row in rows]
    asked = request.POST.get("keeper", "")
    agency = next(
        (one.agency for one in keepers if one.key == asked), keepers[0].agency if len(keepers) == 1 else None
    )
    form = forms.written(agency, request.POST or None, request.FILES or None, keepers=keepers)
    if request.method == "POST" and form.is_valid() and agency is not None:
        try:
            made = actions.draft(agency=agency, body=form.html() or "", by=actor(request), **form.values())
            _tell(request, "已保存草稿。", form)
            return redirect("publications:one", key=made.key)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return render(request, "publications/edit.html", {"form": form}, status=422 if form.errors else 200)


@member("prepare")
@takes_a_form
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a document says; reviews already given count no more then, and the page says so before."""
    document = found(request, key)
    policies.demand(actor(request), policies.PREPARE, document.agency)
    form = forms.written(document.agency, request.POST or None, request.FILES or None, held=document)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise(
                document, by=actor(request), seen=form.cleaned_data["seen"], body=form.html(), **form.values()
            )
            _tell(request, "已保存。", form)
            return redirect("publications:one", key=key)
        except Stale:
            form.add_error(None, "这份文件刚被别人改过。请打开文件看最新内容，再把您的改动填进去。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {"form": form, "document": document, "reset": actions.reviews_given(document)}
    return render(request, "publications/edit.html", context, status=422 if form.errors else 200)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One document, with what may be done with it."""
    return show(request, found(request, key), {})


def show(request: HttpRequest, document: Document, refused: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a document with the forms of what the person may do; `refused` has the form that came back with errors."""
    user = signed_in(request)
    may_prepare = policies.may(user, policies.PREPARE, document)
    may_review = policies.may(user, policies.REVIEW, document)
    drafting = document.state == "draft"
    attachments = list(document.attachments.select_related("file"))
    context = {
        "document": document, "facts": queries.facts(document), "paragraphs": queries.paragraphs(document.current),
        "said": queries.findings(document, None), "attachments": [(one, queries.findings(document, one)) for one in attachments],
        "steps": queries.steps(document), "relations": queries.relations(document, public=False),
        "own_relations": list(document.relations.all()), "due": queries.due(document),
        "acts": offered(user, document, refused), "refused": refused.get("form"), "first": refused.get("first"),
        "may_edit": may_prepare and document.state in actions.CHANGEABLE, "may_change": may_prepare and drafting,
        "may_let_pass": may_review and drafting, "drafter": queries.people([document.drafter])[document.drafter],
    }  # fmt: skip
    return render(request, "publications/one.html", context, status=status)


@member("read")
@require_safe
def sheet(request: HttpRequest, key: str) -> HttpResponse:
    """The sheet of approval (信息发布审批表), to be printed and signed, with what was given already."""
    document = found(request, key)
    taken = [
        one for one in queries.steps(document) if one.step.round == document.round and one.step.result == "passed"
    ]
    needed = [
        (word, [one for one in taken if one.step.kind == kind]) for kind, word in way.steps_with_words(document)
    ]
    context = {
        "document": document, "facts": queries.facts(document), "needed": needed,
        "attachments": document.attachments.all(), "drafter": queries.people([document.drafter])[document.drafter],
    }  # fmt: skip
    return render(request, "publications/sheet.html", context)


@member("read")
@require_safe
def attachment(request: HttpRequest, key: str, file: str) -> FileResponse:
    """A file of a document as everybody will get it."""
    held = get_object_or_404(Attachment.objects.select_related("file"), document=found(request, key), key=file)
    return queries.download(held)


@member("keep")
@takes_a_form
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """How many reviews an agency's documents need."""
    agency = get_object_or_404(visible_agencies(signed_in(request), timezone.localdate(), "read"), key=key)
    held = way.procedure(agency)
    form = forms.Procedure(request.POST or None, initial={"seen": held.version, "reviews": held.reviews})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_procedure(agency, by=actor(request), **form.cleaned_data)
            notes.success(request, "已保存。")
            return redirect("publications:list")
        except Stale:
            form.add_error(None, "刚被别人改过。请刷新页面，核对后再保存。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    else:
        _demand_keep(request, agency)
    context = {"form": form, "agency": agency}
    return render(request, "publications/procedure.html", context, status=422 if form.errors else 200)


def found(request: HttpRequest, key: str) -> Document:
    """Return a document that the person may read. Raises Http404."""
    return get_object_or_404(
        policies.visible(signed_in(request)).select_related("agency", "current", "shown", "publisher"), key=key
    )


def _tell(request: HttpRequest, said: str, form: forms.Written) -> None:
    """Say that it is saved, and what of a file was left out."""
    notes.success(request, said)
    for left_out in form.notes:
        notes.warning(request, left_out)


def _demand_keep(request: HttpRequest, agency: Agency) -> None:
    policies.demand(actor(request), "keep", agency)
