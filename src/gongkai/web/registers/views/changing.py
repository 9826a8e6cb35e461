"""The office's forms that change a register: each calls one action and comes back to the row's page."""

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
from gongkai.web.audit.record import Stale
from gongkai.web.registers import actions, forms, policies
from gongkai.web.registers.models import Decision, Row, Rule
from gongkai.web.registers.row_form import given_form, with_keepers
from gongkai.web.registers.views import answers
from gongkai.web.registers.views.office import show

_ACTS: Mapping[str, tuple[type[forms.Seen] | None, Callable[..., Row], type[Row], str]] = {
    "correct": (None, actions.correct, Row, "已更正。"),
    "strike": (forms.Reason, actions.strike, Row, "已作废，不再计入统计。"),
    "withdraw": (forms.Reason, actions.withdraw, Row, "已撤下，不再对外显示。"),
    "repeal": (forms.Ended, actions.repeal, Rule, "已登记废止。"),
    "lapse": (forms.Ended, actions.lapse, Rule, "已登记失效。"),
    "overturn": (forms.Overturned, actions.overturn, Decision, "已登记。"),
}
"""Every act by its name in addresses: its form, the action, of which rows, and what is said afterwards."""


@member("prepare")
@takes_a_form
def new(request: HttpRequest, register: str) -> HttpResponse:
    """Enter a row."""
    of = answers.register(register)
    rows = named(policies.keepers(signed_in(request)), timezone.localdate())
    keepers = [standing_as(row.agency, row) for row in rows]
    form = with_keepers(given_form(of.model, request.POST or None), keepers)
    if request.method == "POST" and form.is_valid():
        keeper = next(one.agency for one in keepers if one.key == form.cleaned_data["keeper"])
        try:
            row = actions.record(of.model, agency=keeper, by=actor(request), **form.values())
            notes.success(request, "已登记。")
            if lacks := answers.lacks(of, row):
                notes.warning(request, f"{lacks}。补齐以前，列表上会标明。")
            return redirect("registers:one", register=register, key=row.key)
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return render(request, "registers/new.html", {"of": of, "form": form}, status=422 if form.errors else 200)


@member("prepare")
@require_POST
def change(request: HttpRequest, register: str, key: str, act: str) -> HttpResponse:
    """Do one of the acts with a row; what was typed stays in the form where it cannot be done."""
    of = answers.register(register)
    row = get_object_or_404(policies.visible(signed_in(request), of.model), key=key)
    asks, do, takes, said = _ACTS.get(act, (None, actions.correct, Decision, ""))
    if act not in _ACTS or not isinstance(row, takes):
        raise Http404
    auto_id = f"{act}_%s"
    form: Any = (
        given_form(of.model, request.POST, row=row, auto_id=auto_id)
        if asks is None
        else asks(request.POST, auto_id=auto_id)
    )
    if form.is_valid():
        given = dict(form.cleaned_data)
        if asks is None:
            given = form.values() | {name: form.cleaned_data[name] for name in ("reason", "seen")}
        try:
            do(row, by=actor(request), **given)
            notes.success(request, said)
            return redirect("registers:one", register=register, key=key)
        except Stale:
            form.add_error(None, "这条记录刚被别人改过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    fresh = get_object_or_404(policies.visible(signed_in(request), of.model), key=key)
    return show(request, of, fresh, {act: form, "refused": form}, status=422)
