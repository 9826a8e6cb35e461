"""The office's pages of consultations: the list, the draft, one with what may be done, its comments, what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.audit.record import Stale
from gongkai.web.engagement import periods, policies
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.forms import consultations as forms
from gongkai.web.engagement.models import Comment, Consultation
from gongkai.web.engagement.models.words import NEEDS_NO_ANSWER
from gongkai.web.engagement.queries import consultations as queries
from gongkai.web.engagement.views.consultations.offered import offered
from gongkai.web.files import responses
from gongkai.web.files.queries import content
from gongkai.web.publications import text
from gongkai.web.registers.views.answers import written_table

_PAGE = 50
_COMMENTS = 20
_CHANGED = "刚被别人改过。请看最新内容，再把您的改动填进去。"


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The consultations that the person may read, with filters; those first that were begun last."""
    user, form = signed_in(request), forms.Filters(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.looked_for(policies.visible(user), wanted.get("words", ""), wanted.get("state", ""))
    waiting = policies.waiting_for(user)
    if wanted.get("waiting"):
        found = found.filter(pk__in=waiting.values("pk"))
    page = Paginator(found.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    rows = [(one, queries.standing(one) if one.public else None) for one in page]
    context = {
        "form": form, "page": page, "rows": rows, "waits": waiting.count(), "may_draft": policies.keepers(user).exists(),
    }  # fmt: skip
    return render(request, "engagement/consultations/list.html", context)


@member("prepare")
@takes_a_form
def new(request: HttpRequest) -> HttpResponse:
    """Begin a consultation."""
    rows = named(policies.keepers(signed_in(request)), timezone.localdate())
    keepers = [standing_as(row.agency, row) for row in rows]
    asked = request.POST.get("keeper", request.GET.get("keeper", ""))
    agency = next(
        (one.agency for one in keepers if one.key == asked), keepers[0].agency if len(keepers) == 1 else None
    )
    documents = forms.documents_of(agency)
    form = forms.written(agency, request.POST or None, keepers=keepers, documents=documents)
    if request.method == "POST" and form.is_valid() and agency is not None:
        try:
            made = actions.draft(agency=agency, by=actor(request), **form.values(documents))
            notes.success(request, "已保存草稿。")
            return redirect("engagement:consultation", key=made.key)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {"form": form}
    return render(request, "engagement/consultations/edit.html", context, status=422 if form.errors else 200)


@member("prepare")
@takes_a_form
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what a draft says."""
    consultation = found(request, key)
    policies.demand(actor(request), policies.PREPARE, consultation.agency)
    documents = forms.documents_of(consultation.agency)
    form = forms.written(consultation.agency, request.POST or None, held=consultation, documents=documents)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise(consultation, by=actor(request), seen=form.cleaned_data["seen"], **form.values(documents))
            notes.success(request, "已保存。")
            return redirect("engagement:consultation", key=key)
        except Stale:
            form.add_error(None, _CHANGED)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {"form": form, "consultation": consultation}
    return render(request, "engagement/consultations/edit.html", context, status=422 if form.errors else 200)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One consultation, with what may be done with it."""
    return show(request, found(request, key), {})


def show(
    request: HttpRequest, consultation: Consultation, refused: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show a consultation with the forms of what the person may do; `refused` has the form that came back with errors."""
    user = signed_in(request)
    drafting = consultation.state == "draft"
    may_prepare = policies.may(user, policies.PREPARE, consultation.agency)
    context = {
        "consultation": consultation, "facts": queries.facts(consultation), "body": queries.body(consultation.body),
        "standing": queries.standing(consultation) if consultation.public else None,
        "enclosures": list(consultation.enclosures.select_related("file")), "counts": queries.counts(consultation),
        "acts": offered(user, consultation, refused), "refused": refused.get("form"), "may_change": may_prepare and drafting,
        "changes": list(consultation.changes.all()), "names": queries.names(consultation),
        "drafter": queries.names(consultation)[consultation.drafter], "law": queries.law(),
        "least": periods.least(consultation.agency, consultation.opens_on) if not consultation.public else None,
        "summary": queries.body(consultation.summary),
    }  # fmt: skip
    return render(request, "engagement/consultations/one.html", context, status=status)


@member("read")
@require_safe
def enclosure(request: HttpRequest, key: str, file: str) -> FileResponse:
    """A file of a draft."""
    held = get_object_or_404(found(request, key).enclosures.select_related("file"), key=file)
    return responses.attachment(content(held.file), held.name, responses.MEDIA.get(held.file.format, responses.ANY))


@member("read")
@require_safe
def comments(request: HttpRequest, key: str) -> HttpResponse:
    """The comments of a consultation, with what is decided about each."""
    return show_comments(request, found(request, key), {})


def show_comments(
    request: HttpRequest, consultation: Consultation, refused: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show the comments with their forms; `refused` has the form that came back with errors."""
    form = forms.CommentFilters(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    rows = filtered(consultation, state).select_related("answer")
    page = Paginator(rows, _COMMENTS).get_page(request.GET.get("page"))
    may = policies.may(signed_in(request), policies.PREPARE, consultation.agency) and consultation.public
    context = {
        "consultation": consultation, "form": form, "page": page, "counts": queries.counts(consultation), "state": state,
        "rows": [(one, _withheld(one, refused)) for one in page], "may": may, "refused": refused.get("form"),
        "entered": refused.get("enter") or forms.Entered(auto_id="enter_%s"),
        "may_enter": may and consultation.summary_state == "none",
    }  # fmt: skip
    return render(request, "engagement/consultations/comments.html", context, status=status)


@member("read")
@require_safe
def export(request: HttpRequest, key: str, ending: str) -> HttpResponseBase:
    """The comments of a consultation with what became of them as a file, for the office's own work."""
    consultation = found(request, key)
    if ending not in ("csv", "xlsx"):
        raise Http404
    heads = [
        "序号",
        "收到时间",
        "来源",
        "意见",
        "姓名或者单位名称",
        "联系方式",
        "状态",
        "不公布的情形",
        "意见要点",
        "处理结果",
        "理由",
    ]
    rows = [_line(one) for one in filtered(consultation, "").select_related("answer")]
    return written_table(heads, rows, ending, f"comments-{consultation.key}")


@member("read")
@require_safe
def summary(request: HttpRequest, key: str) -> HttpResponse:
    """What becomes of the comments: answers, those without one, and the summary."""
    return show_summary(request, found(request, key), {})


def show_summary(
    request: HttpRequest, consultation: Consultation, refused: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Show the answers with their forms; `refused` has the form that came back with errors."""
    may = policies.may(signed_in(request), policies.PREPARE, consultation.agency)
    may = may and consultation.state == "open" and consultation.summary_state == "none"
    open_ones = unanswered(consultation)
    choices, seen = forms.choices_of(open_ones), {"seen": consultation.version}
    said = refused.get("answer") or forms.Said(initial=seen, auto_id="answer_%s")
    said.fields["comments"].choices = choices  # type: ignore[union-attr]
    rows = [
        (row, _assign(row, seen, choices), _revised(row, consultation, refused))
        for row in queries.answers(consultation, public=False)
    ]
    whole = refused.get("submit_summary") or forms.Summary(
        initial=seen | {"summary": text.to_plain(consultation.summary)}, auto_id="submit_summary_%s"
    )
    context = {
        "consultation": consultation, "standing": queries.standing(consultation) if consultation.public else None,
        "rows": rows, "said": said, "whole": whole, "may": may, "unanswered": open_ones, "counts": queries.counts(consultation),
        "refused": refused.get("form"), "over": timezone.localdate() > consultation.closes_on,
        "summary": queries.body(consultation.summary),
    }  # fmt: skip
    return render(request, "engagement/consultations/summary.html", context, status=status)


def found(request: HttpRequest, key: str) -> Consultation:
    """Return a consultation that the person may read. Raises Http404."""
    readable = policies.visible(signed_in(request)).select_related("agency", "document")
    return get_object_or_404(readable, key=key)


def filtered(consultation: Consultation, state: str) -> QuerySet[Comment]:
    """Return the comments in a state, in their order."""
    rows = consultation.comments.order_by("number")
    if state == "unanswered":
        return rows.filter(answer__isnull=True).exclude(withheld_for__in=NEEDS_NO_ANSWER)
    return rows.filter(state=state) if state else rows


def unanswered(consultation: Consultation) -> list[Comment]:
    """Return the comments that need an answer and have none."""
    return list(filtered(consultation, "unanswered"))


def _withheld(comment: Comment, refused: dict[str, Any]) -> Any:
    held = refused.get("withhold")
    if held is not None and held["item"].value() == comment.key:
        return held
    initial = {"seen": comment.version, "item": comment.key}
    return forms.Withhold(initial=initial, auto_id=f"withhold_{comment.key}_%s")


def _assign(row: queries.Answered, seen: dict[str, int], choices: Iterable[tuple[str, str]]) -> Any:
    form = forms.Assign(initial=seen | {"item": row.answer.key}, auto_id=f"assign_{row.answer.key}_%s")
    form.fields["comments"].choices = choices  # type: ignore[attr-defined]
    return form


def _revised(row: queries.Answered, consultation: Consultation, refused: dict[str, Any]) -> Any:
    held = refused.get("revise_answer")
    if held is not None and held["item"].value() == row.answer.key:
        return held
    return forms.answer_form(row.answer, consultation.version)


def _line(one: Comment) -> list[str]:
    answer = one.answer
    return [
        str(one.number), f"{timezone.localtime(one.created_at):%Y-%m-%d %H:%M}", one.get_channel_display(), one.text, one.name,
        one.contact, one.get_state_display(), one.get_withheld_for_display() if one.withheld_for else "",
        answer.heading if answer else "", answer.get_outcome_display() if answer else "", answer.reason if answer else "",
    ]  # fmt: skip
