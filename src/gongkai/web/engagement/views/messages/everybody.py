"""What everybody sees of messages, the form by which anybody writes, and following one's own message."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import public, takes_a_form
from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.views.refused import shown_in, status
from gongkai.web.engagement import policies, versions
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.actions.messages.held import PAGE
from gongkai.web.engagement.forms import messages as forms
from gongkai.web.engagement.queries import messages as queries
from gongkai.web.pages.stored import stored
from gongkai.web.settings import declared

_PAGE = 50
_HOME = "公众留言"
_FIRST_YEAR = 2019


@public
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The messages that everybody reads, the newest first."""
    form = forms.PublicFilters(request.GET)
    found = queries.released(**form.cleaned_data) if form.is_valid() else queries.released()
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return render(
        request, "engagement/messages/public_list.html", {"form": form, "page": page, "crumbs": [(_HOME, "")]}
    )


@public
@require_safe
@stored(PAGE, versions.of_message)
def one(request: HttpRequest, key: str) -> HttpResponse:
    """A message with its answer, as everybody reads them."""
    message = get_object_or_404(policies.public_messages().select_related("agency"), key=key)
    context = {"message": message, "crumbs": [*_crumbs(), (message.shown_title, "")]}
    return render(request, "engagement/messages/public_one.html", context)


@public
@takes_a_form
@sensitive_post_parameters("title", "text", "name", "contact")
@never_cache
def write(request: HttpRequest) -> HttpResponse:
    """The form by which anybody writes; code and password are shown once, in the answer itself."""
    addressees = queries.addressees()
    data = request.POST if request.method == "POST" else None
    form = forms.Sent(data, addressees=addressees, initial={"agency": request.GET.get("agency", "")})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("kind", "title", "text", "name", "contact", "consent")}
        agency = next(one.agency for one in addressees if one.key == form.cleaned_data["agency"])
        with shown_in(form):
            receipt = actions.send(agency, address=client_address(request), **given)
            shown = {"receipt": receipt, "crumbs": [*_crumbs(), ("留言回执", "")]}
            return render(request, "engagement/messages/receipt.html", shown)
    context = {
        "form": form, "days": declared.number("GONGKAI_CONTACT_DAYS"), "crumbs": [*_crumbs(), ("我要留言", "")],
    }  # fmt: skip
    return render(request, "engagement/messages/write.html", context, status=status(form))


@public
@takes_a_form
@sensitive_post_parameters("code", "password")
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """What became of one's own message, for whoever has its code and password."""
    form = forms.Follow(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "crumbs": [*_crumbs(), ("查询留言", "")]}
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            message = actions.find(form.cleaned_data["code"], form.cleaned_data["password"], client_address(request))
            context |= {"message": message, "transfers": message.transfers.select_related("before", "after")}
    return render(request, "engagement/messages/follow.html", context, status=status(form))


@public
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """How many messages came to each agency in a year, and how they were answered."""
    this, asked = timezone.localdate().year, request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and _FIRST_YEAR <= int(asked[:5]) <= this else this
    context = {
        "year": year, "years": range(this, _FIRST_YEAR - 1, -1), "rows": queries.figures(year), "kinds": queries.by_kind(year),
        "crumbs": [*_crumbs(), ("办理统计", "")],
    }  # fmt: skip
    return render(request, "engagement/messages/statistics.html", context)


def _crumbs() -> list[tuple[str, str]]:
    return [(_HOME, reverse("engagement:public_messages"))]
