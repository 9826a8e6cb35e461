"""The office's pages of channels: all of them, one with what was released there, one entry with its evidence."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.web.accounts.access import member, signed_in
from gongkai.web.files import responses
from gongkai.web.publications.channels import forms, policies, queries
from gongkai.web.publications.channels.models import Channel, Showing
from gongkai.web.publications.policies import keepers
from gongkai.web.publications.queries import people

_PAGE = 50


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The channels of the agencies whose records the person reads, open ones first."""
    user = signed_in(request)
    found = policies.visible(user).select_related("agency").prefetch_related("agency__names")
    page = Paginator(found.order_by("agency", "until", "kind", "name", "pk"), _PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_open": keepers(user).exists(), "today": timezone.localdate()}
    return render(request, "channels/list.html", context)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One channel."""
    return show(request, channel(request, key), {})


def show(request: HttpRequest, held: Channel, refused: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a channel with what was released there and what may be done; `refused` has the form that came back with errors."""
    page = Paginator(queries.listed(held.showings.all()), _PAGE).get_page(request.GET.get("page"))
    context = {
        "channel": held, "page": page, "rows": [(one, queries.evidence(one)) for one in page],
        "acts": [(act, says, refused.get(act, form), act == "show") for act, says, form in _acts(request, held)],
        "refused": refused.get("form"), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "channels/one.html", context, status=status)


@member("read")
@require_safe
def showing(request: HttpRequest, key: str) -> HttpResponse:
    """One entry with its evidence."""
    return show_entry(request, entry(request, key), None)


def show_entry(request: HttpRequest, held: Showing, refused: Any, status: int = 200) -> HttpResponse:
    """Show an entry, with the form by which it is struck."""
    form = None
    if held.struck_at is None and policies.may(signed_in(request), held.agency):
        form = refused or forms.Reason(initial={"seen": held.version}, auto_id="strike_%s")
    context = {"showing": held, "form": form, "refused": refused, "by": people([held.by])[held.by]}
    return render(request, "channels/showing.html", context, status=status)


@member("read")
@require_safe
def photo(request: HttpRequest, key: str) -> FileResponse:
    """The photo of an entry, to be saved."""
    held = entry(request, key)
    if held.photo is None:
        raise Http404
    return responses.download(held.photo)


def channel(request: HttpRequest, key: str) -> Channel:
    """Return a channel that the person may read. Raises Http404."""
    return get_object_or_404(policies.visible(signed_in(request)).select_related("agency"), key=key)


def entry(request: HttpRequest, key: str) -> Showing:
    """Return an entry that the person may read. Raises Http404."""
    found = policies.showings(signed_in(request)).select_related("channel__agency", "document", "photo", "brought")
    return get_object_or_404(found, key=key)


def _acts(request: HttpRequest, held: Channel) -> list[tuple[str, str, Any]]:
    """What the person may do with a channel, with the forms."""
    if not policies.may(signed_in(request), held.agency):
        return []
    seen = {"seen": held.version}
    named = seen | {"name": held.name, "address": held.address, "since": held.since}
    today = timezone.localdate()
    found: list[tuple[str, str, Any]] = []
    if held.until is None or today < held.until:
        found.append(
            ("show", "登记只在本渠道公开的信息", forms.Alone(initial={"shown_on": today}, auto_id="show_%s"))
        )
    found.append(("amend", "修改名称和地址", forms.Amended(initial=named, auto_id="amend_%s")))
    if held.until is None:
        found.append(("close", "停用", forms.Closed(initial=seen | {"until": today}, auto_id="close_%s")))
    else:
        found.append(("reopen", "取消停用", forms.Seen(initial=seen, auto_id="reopen_%s")))
    return found
