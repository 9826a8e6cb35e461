"""The office's forms that do something with an item: each calls one action and comes back to the item's page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.errors import GongkaiError
from gongkai.law.refusals import sentence
from gongkai.web.accounts.access import actor, member
from gongkai.web.audit.record import Stale
from gongkai.web.publications.duties import actions, forms, queries
from gongkai.web.publications.duties.views.office import found_one, show
from gongkai.web.publications.models import Duty, Fulfilment

_DONE = {
    "retire": "已停用。", "restore": "已恢复使用。", "bind": "已登记。文件公开以后，这一项就算完成。", "unbind": "已取消登记。",
    "confirm": "已登记核对日期。",
}  # fmt: skip


@member("keep")
@require_POST
def keep(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Retire an item, or put it to use again."""
    duty = found_one(request, key)
    kinds = {"retire": forms.Reason, "restore": forms.Seen}
    if act not in kinds:
        raise Http404
    form = kinds[act](request.POST, auto_id=f"{act}_%s")
    return _do(request, duty, act, form, lambda given: getattr(actions, act)(duty, by=actor(request), **given))


@member("prepare")
@require_POST
def fulfil(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Bind a document to an item, unbind one, or say that what stands was looked over."""
    duty = found_one(request, key)
    by = actor(request)
    if act == "bind":
        form: Any = forms.bind(duty, request.POST)

        def do(given: dict[str, Any]) -> object:
            document = get_object_or_404(queries.bindable(duty), key=given["document"])
            return actions.bind(duty, document=document, period=given.get("period"), by=by)
    elif act == "unbind":
        form = forms.ItemReason(request.POST, auto_id=f"unbind_{request.POST.get('item', '')}_%s")

        def do(given: dict[str, Any]) -> object:
            held = get_object_or_404(
                Fulfilment.objects.select_related("duty__agency", "document"), key=given.pop("item"), duty=duty
            )
            return actions.unbind(held, by=by, **given)
    elif act == "confirm":
        form = forms.Seen(request.POST)

        def do(given: dict[str, Any]) -> object:
            return actions.confirm(duty, by=by, **given)
    else:
        raise Http404
    return _do(request, duty, act, form, do)


def _do(request: HttpRequest, duty: Duty, act: str, form: Any, do: Any) -> HttpResponse:
    """Do one of the acts; what was typed stays in the form where it cannot be done."""
    if form.is_valid():
        try:
            do(dict(form.cleaned_data))
            notes.success(request, _DONE[act])
            return redirect("publications:duty", key=duty.key)
        except Stale:
            form.add_error(None, "这一项刚被别人改过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, sentence(error, "zh"))
    return show(request, found_one(request, duty.key), {act: form}, status=422)
