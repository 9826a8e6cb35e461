"""The office's pages of bulk import: a sheet brought, how far it is, its report, confirming, dropping, undoing."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages as notes
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.errors import GongkaiError
from gongkai.law.refusals import sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.audit.record import Stale
from gongkai.web.files.responses import attachment
from gongkai.web.registers import actions, forms, policies
from gongkai.web.registers.bulk import workbooks
from gongkai.web.registers.bulk.sheet import MOST_ROWS
from gongkai.web.registers.models import Import
from gongkai.web.registers.shown import REGISTERS
from gongkai.web.registers.views import answers
from gongkai.web.settings import declared

_REFRESH_SECONDS = 2
_SHOWN, _PAST = 100, 50
_WORKING = ("pending", "taking", "clearing", "undoing")
_DONE = {
    "confirm": "已确认，正在登记。",
    "drop": "已放弃，没有登记。",
    "undo": "已撤销，这些记录不再计入统计，也不再公开。",
}


@member("prepare")
@takes_a_form
def bring(request: HttpRequest, register: str) -> HttpResponse:
    """Give in a sheet; nothing is entered before its report was looked at and confirmed."""
    of = answers.register(register)
    rows = named(policies.keepers(signed_in(request)), timezone.localdate())
    keepers = [standing_as(row.agency, row) for row in rows]
    form = forms.Bring(request.POST or None, request.FILES or None, keepers=keepers)
    if request.method == "POST" and form.is_valid():
        keeper = next(one.agency for one in keepers if one.key == form.cleaned_data["keeper"])
        upload = form.cleaned_data["file"]
        try:
            given, again = actions.bring(
                upload, upload.name or "", register=register, agency=keeper, by=actor(request)
            )
        except GongkaiError as error:
            form.add_error("file", sentence(error, "zh"))
        else:
            if again:
                notes.warning(request, "这个文件以前上传过，内容完全相同，没有重复处理。下面是那一次的情况。")
            return redirect("registers:import", key=given.key)
    past = policies.imports(signed_in(request)).filter(register=register).select_related("file").order_by("-pk")
    context = {
        "of": of, "form": form, "past": past[:_PAST], "most": MOST_ROWS,
        "megabytes": declared.number("GONGKAI_UPLOAD_MEGABYTES"),
    }  # fmt: skip
    return render(request, "registers/bring.html", context, status=422 if form.errors else 200)


@member("prepare")
@require_safe
def template(request: HttpRequest, register: str) -> FileResponse:
    """An empty sheet that says what goes where."""
    del request
    content = workbooks.template(answers.register(register))
    return attachment(io.BytesIO(content), f"{register}-template.xlsx", workbooks.XLSX)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """How far an import is, and its report; only how far where the page asks for that."""
    given = _given(request, key)
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "registers/import_progress.html", _progress(given))
        if given.state not in _WORKING:
            answer["HX-Refresh"] = "true"
        return answer
    return _show(request, given, {})


@member("read")
@require_safe
def refused(request: HttpRequest, key: str) -> FileResponse:
    """The refused rows as a workbook, with the reasons."""
    given = _given(request, key)
    if not given.refusals.exists():
        raise Http404
    content = workbooks.refused(given)
    return attachment(io.BytesIO(content), f"refused-{given.register}.xlsx", workbooks.XLSX)


@member("prepare")
@require_POST
def decide(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Confirm, drop or undo an import."""
    given = _given(request, key)
    kinds: dict[str, type[forms.Seen]] = {
        "confirm": forms.GoodAlone if given.refused else forms.Seen, "drop": forms.Seen, "undo": forms.Reason,
    }  # fmt: skip
    if act not in kinds:
        raise Http404
    form = kinds[act](request.POST, auto_id=f"{act}_%s")
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            if act == "confirm":
                good_alone = bool(form.cleaned_data.get("good_alone"))
                actions.confirm(given, good_alone=good_alone, by=actor(request), seen=seen)
            elif act == "drop":
                actions.drop(given, by=actor(request), seen=seen)
            else:
                actions.undo(given, reason=form.cleaned_data["reason"], by=actor(request), seen=seen)
            notes.success(request, _DONE[act])
            return redirect("registers:import", key=key)
        except Stale:
            form.add_error(None, "这次导入的情况刚变过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, sentence(error, "zh"))
    return _show(request, _given(request, key), {act: form, "refused_form": form}, status=422)


def _show(request: HttpRequest, given: Import, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show an import with the forms of what the person may do with it now."""
    seen, acts = {"seen": given.version}, []
    if policies.may_bring(signed_in(request), given):
        if given.state == "checked" and given.good:
            kind: type[forms.Seen] = forms.GoodAlone if given.refused else forms.Seen
            says = f"登记没有问题的 {given.good} 行" if given.refused else f"确认登记全部 {given.good} 行"
            acts.append(("confirm", says, kind(initial=seen, auto_id="confirm_%s"), True))
        if given.state in ("pending", "checked", "unreadable"):
            acts.append(("drop", "放弃这次导入", forms.Seen(initial=seen, auto_id="drop_%s"), False))
        if given.state == "taken":
            acts.append(("undo", "撤销这次导入", forms.Reason(initial=seen, auto_id="undo_%s"), False))
    refusals = list(given.refusals.order_by("number")[:_SHOWN])
    context = _progress(given) | {
        "of": REGISTERS[given.register], "refusals": refusals, "shown": _SHOWN,
        "acts": [(act, says, more.get(act, form), first) for act, says, form, first in acts],
        "refused_form": more.get("refused_form"),
    }  # fmt: skip
    return render(request, "registers/import.html", context, status=status)


def _progress(given: Import) -> dict[str, Any]:
    """How far the work at an import is: the rows that are done with, and the share where the whole is known."""
    done = given.rows if given.state == "pending" else max(given.reached - 1, 0)
    whole = given.rows if given.state == "taking" else 0
    share = min(100 * done // whole, 100) if whole else None
    refresh = _REFRESH_SECONDS if given.state in _WORKING else None
    return {"given": given, "done": done, "share": share, "refresh": refresh}


def _given(request: HttpRequest, key: str) -> Import:
    found = policies.imports(signed_in(request)).select_related("file", "agency")
    return get_object_or_404(found, key=key)
