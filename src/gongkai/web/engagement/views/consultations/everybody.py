"""What everybody sees of consultations, and the form by which anybody comments."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public, takes_a_form
from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.views.refused import shown_in, status
from gongkai.web.engagement import policies, versions
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.actions.consultations.held import PAGE
from gongkai.web.engagement.forms import consultations as forms
from gongkai.web.engagement.models import Comment, Consultation, Enclosure
from gongkai.web.engagement.queries import consultations as queries
from gongkai.web.files import responses
from gongkai.web.files.queries import content
from gongkai.web.pages.stored import stored
from gongkai.web.settings import declared

_PAGE = 50
_COMMENTS = 50
_HOME = "意见征集"


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The consultations that everybody sees, the newest first, with filters."""
    form = forms.PublicFilters(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.looked_for(queries.released(), wanted.get("words", ""))
    found = queries.in_phase(found, wanted.get("phase", ""), timezone.localdate())
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "rows": [queries.standing(one) for one in page], "crumbs": [(_HOME, "")],
    }  # fmt: skip
    return render(request, "engagement/consultations/public_list.html", context)


@public
@require_safe
@stored(PAGE, versions.of_consultation, asks=("page",))
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A consultation: the draft, why, until when, the comments that are published, and what became of them."""
    consultation = _found(key)
    standing = queries.standing(consultation)
    page = Paginator(queries.published_comments(consultation), _COMMENTS).get_page(request.GET.get("page"))
    summarised = standing.phase == "summarised"
    context = {
        "consultation": consultation, "standing": standing, "facts": queries.facts(consultation),
        "body": queries.body(consultation.body), "enclosures": consultation.enclosures.select_related("file"),
        "changes": consultation.changes.all(), "page": page, "counts": queries.counts(consultation), "law": queries.law(),
        "answers": queries.answers(consultation, public=True) if summarised else [],
        "outcomes": queries.outcomes(consultation) if summarised else [],
        "summary": queries.body(consultation.summary) if summarised else "",
        "crumbs": [(_HOME, reverse("engagement:public_consultations")), (consultation.title, "")],
    }  # fmt: skip
    return render(request, "engagement/consultations/public_one.html", context)


@public
@require_safe
def enclosure(_request: HttpRequest, key: str, file: str) -> FileResponse:
    """A file of a consultation that everybody sees."""
    held = Enclosure.objects.select_related("file").filter(consultation__in=policies.public(), consultation__key=key)
    given = get_object_or_404(held, key=file)
    return responses.attachment(
        content(given.file), given.name, responses.MEDIA.get(given.file.format, responses.ANY)
    )


@public
@takes_a_form
@sensitive_post_parameters("text", "name", "contact")
@never_cache
def comment(request: HttpRequest, key: str) -> HttpResponse:
    """The form by which anybody comments, without an account."""
    consultation = _found(key)
    form = forms.Open(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("text", "name", "agreed", "contact")}
        with shown_in(form):
            made = actions.comment(consultation, address=client_address(request), **given)
            return redirect("engagement:public_comment", key=key, comment=made.key)
    context = {
        "consultation": consultation, "standing": queries.standing(consultation), "form": form,
        "days": declared.number("GONGKAI_CONTACT_DAYS"), "crumbs": _crumbs(consultation, "提出意见"),
    }  # fmt: skip
    return render(request, "engagement/consultations/comment.html", context, status=status(form))


@public
@require_safe
@never_cache
def one_comment(request: HttpRequest, key: str, comment: str) -> HttpResponse:
    """What becomes of a comment, for whoever knows its address; of one that is not published nothing is repeated."""
    consultation = _found(key)
    held = get_object_or_404(Comment.objects.select_related("answer"), consultation=consultation, key=comment)
    context = {
        "consultation": consultation, "comment": held, "summarised": consultation.summary_state == "published",
        "crumbs": _crumbs(consultation, f"第{held.number}条意见"),
    }  # fmt: skip
    return render(request, "engagement/consultations/public_comment.html", context)


def _found(key: str) -> Consultation:
    return get_object_or_404(policies.public().select_related("agency", "document"), key=key)


def _crumbs(consultation: Consultation, here: str) -> list[tuple[str, str]]:
    return [
        (_HOME, reverse("engagement:public_consultations")),
        (consultation.title, reverse("engagement:public_consultation", args=[consultation.key])), (here, ""),
    ]  # fmt: skip
