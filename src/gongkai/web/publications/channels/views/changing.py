"""The office's forms about channels: each calls one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.record import Stale
from gongkai.web.publications import policies as documents
from gongkai.web.publications.channels import actions, forms, policies, queries
from gongkai.web.publications.channels.models import Channel
from gongkai.web.publications.channels.views import office

_STALE = "刚被别人改过。下面是最新内容，请核对后再办理一次。"
Do = Callable[[Channel, Actor, Any], object]


def _plain(action: Callable[..., object]) -> Do:
    return lambda channel, by, form: action(channel, by=by, **form.cleaned_data)


def _alone(channel: Channel, by: Actor, form: Any) -> object:
    found = form.cleaned_data
    return actions.show_alone(channel, title=found["title"], link=found["link"], by=by, **form.evidence())


_ACTS: Mapping[str, tuple[Callable[..., Any], Do, str]] = {
    "show": (forms.Alone, _alone, "已登记。"),
    "amend": (forms.Amended, _plain(actions.amend_channel), "已修改。"),
    "close": (forms.Closed, _plain(actions.close_channel), "已停用，以前的公开记录不变。"),
    "reopen": (forms.Seen, _plain(actions.reopen_channel), "已取消停用。"),
}
"""Every act with a channel: its form, the action, and what is said afterwards."""


@member("prepare")
@takes_a_form
def new(request: HttpRequest) -> HttpResponse:
    """Open a channel."""
    rows = named(documents.keepers(signed_in(request)), timezone.localdate())
    keepers = [standing_as(row.agency, row) for row in rows]
    form = forms.Opened(request.POST or None, keepers=keepers, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        keeper = given.pop("keeper")
        agency = next(one.agency for one in keepers if one.key == keeper)
        try:
            made = actions.open_channel(agency, by=actor(request), **given)
            notes.success(request, "已登记渠道。")
            return redirect("channels:one", key=made.key)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return render(request, "channels/new.html", {"form": form}, status=422 if form.errors else 200)


@member("prepare")
@require_POST
def change(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Do one of the acts with a channel; what was typed stays in the form where it cannot be done."""
    channel = office.channel(request, key)
    documents.demand(actor(request), documents.PREPARE, channel.agency)
    if act not in _ACTS:
        raise Http404
    kind, do, said = _ACTS[act]
    form = kind(request.POST, request.FILES, auto_id=f"{act}_%s")
    if form.is_valid():
        try:
            do(channel, actor(request), form)
            notes.success(request, said)
            return redirect("channels:one", key=key)
        except Stale:
            form.add_error(None, _STALE)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return office.show(request, office.channel(request, key), {act: form, "form": form}, status=422)


@member("prepare")
@require_POST
def strike(request: HttpRequest, key: str) -> HttpResponse:
    """Strike an entry that was made by mistake."""
    showing = office.entry(request, key)
    documents.demand(actor(request), documents.PREPARE, showing.agency)
    form = forms.Reason(request.POST, auto_id="strike_%s")
    if form.is_valid():
        try:
            actions.strike_showing(showing, by=actor(request), **form.cleaned_data)
            notes.success(request, "已作废，不再计入统计，也不再显示。")
            return redirect("channels:showing", key=key)
        except Stale:
            form.add_error(None, _STALE)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return office.show_entry(request, office.entry(request, key), form, status=422)


@member("prepare")
@takes_a_form
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Enter on which channels a document was released."""
    document = get_object_or_404(documents.visible(signed_in(request)).select_related("agency"), key=key)
    documents.demand(actor(request), documents.PREPARE, document.agency)
    channels = list(policies.public(document.agency))
    form = forms.Ticked(
        request.POST or None, request.FILES or None, channels=channels, initial={"shown_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.show(document, on=form.chosen(), by=actor(request), **form.evidence())
            notes.success(request, f"已登记在 {len(made)} 个渠道公开。")
            return redirect("publications:one", key=key)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {
        "document": document, "form": form, "channels": channels,
        "rows": [(one, queries.evidence(one)) for one in queries.of_document(document)],
    }  # fmt: skip
    return render(request, "channels/document.html", context, status=422 if form.errors else 200)
