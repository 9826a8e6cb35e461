"""The office's pages of lists: one brought for a channel, how far it is, its report, confirming, dropping, undoing."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages as notes
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.audit.record import Stale
from gongkai.web.files.responses import attachment
from gongkai.web.files.workbooks import XLSX, table
from gongkai.web.publications import policies as documents
from gongkai.web.publications.channels import forms, policies, queries
from gongkai.web.publications.channels.bulk import actions
from gongkai.web.publications.channels.bulk.models import WORKING, ShowingImport
from gongkai.web.publications.channels.bulk.sheet import MOST_ROWS, REASON
from gongkai.web.publications.channels.models import Showing
from gongkai.web.publications.channels.views import office
from gongkai.web.settings import declared

_REFRESH_SECONDS = 2
_SHOWN, _PAST = 100, 50
_DONE = {
    "confirm": "已确认，正在登记。",
    "drop": "已放弃，没有登记。",
    "undo": "已撤销，这些记录不再计入统计，也不再显示。",
}


@member("prepare")
@takes_a_form
def bring(request: HttpRequest, key: str) -> HttpResponse:
    """Give in a list; nothing is entered before its report was looked at and confirmed."""
    channel = office.channel(request, key)
    documents.demand(actor(request), documents.PREPARE, channel.agency)
    form = forms.Bring(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            given, again = actions.bring(upload, upload.name or "", channel=channel, by=actor(request))
        except GongkaiError as error:
            form.add_error("file", error_sentence(error, "zh"))
        else:
            if again:
                notes.warning(request, "这个文件以前上传过，内容完全相同，没有重复处理。下面是那一次的情况。")
            return redirect("channels:import", key=given.key)
    past = policies.imports(signed_in(request)).filter(channel=channel).select_related("file").order_by("-pk")
    context = {
        "channel": channel, "form": form, "past": past[:_PAST], "most": MOST_ROWS,
        "megabytes": declared.number("GONGKAI_UPLOAD_MEGABYTES"),
    }  # fmt: skip
    return render(request, "channels/bring.html", context, status=422 if form.errors else 200)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """How far an import is, and its report; only how far where the page asks for that."""
    given = _given(request, key)
    if request.headers.get("HX-Request") == "true":
        answer = render(request, "channels/import_progress.html", _progress(given))
        if given.state not in WORKING:
            answer["HX-Refresh"] = "true"
        return answer
    return _show(request, given, {})


@member("read")
@require_safe
def refused(request: HttpRequest, key: str) -> FileResponse:
    """The refused rows as a workbook under the headings of their own sheet, with the reasons in a last column."""
    given = _given(request, key)
    rows = list(given.refusals.order_by("number"))
    if not rows:
        raise Http404
    heads = [str(head) for head in given.heads if head != REASON]
    lines = [[*_padded(row.cells, len(heads)), row.why.replace("\n", "；")] for row in rows]
    return attachment(io.BytesIO(table([*heads, REASON], lines, "需要改正的行")), "refused-channel-rows.xlsx", XLSX)


@member("prepare")
@require_POST
def decide(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Confirm, drop or undo an import."""
    given = _given(request, key)
    documents.demand(actor(request), documents.PREPARE, given.agency)
    kinds: dict[str, type[forms.Seen]] = {
        "confirm": forms.GoodAlone if given.refused else forms.Seen, "drop": forms.Seen, "undo": forms.Reason,
    }  # fmt: skip
    if act not in kinds:
        raise Http404
    form = kinds[act](request.POST, auto_id=f"{act}_%s")
    if form.is_valid():
        try:
            _decided(given, act, form.cleaned_data, request)
            notes.success(request, _DONE[act])
            return redirect("channels:import", key=key)
        except Stale:
            form.add_error(None, "这次导入的情况刚变过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return _show(request, _given(request, key), {act: form, "refused_form": form}, status=422)


def _decided(given: ShowingImport, act: str, data: dict[str, Any], request: HttpRequest) -> None:
    by, seen = actor(request), data["seen"]
    if act == "confirm":
        actions.confirm(given, good_alone=bool(data.get("good_alone")), by=by, seen=seen)
    elif act == "drop":
        actions.drop(given, by=by, seen=seen)
    else:
        actions.undo(given, reason=data["reason"], by=by, seen=seen)


def _show(request: HttpRequest, given: ShowingImport, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show an import with the forms of what the person may do with it now."""
    seen, acts = {"seen": given.version}, []
    if policies.may(signed_in(request), given.agency):
        if given.state == "checked" and given.good:
            kind: type[forms.Seen] = forms.GoodAlone if given.refused else forms.Seen
            says = f"登记没有问题的 {given.good} 行" if given.refused else f"确认登记全部 {given.good} 行"
            acts.append(("confirm", says, kind(initial=seen, auto_id="confirm_%s"), True))
        if given.state in ("pending", "checked", "unreadable"):
            acts.append(("drop", "放弃这次导入", forms.Seen(initial=seen, auto_id="drop_%s"), False))
        if given.state == "taken":
            acts.append(("undo", "撤销这次导入", forms.Reason(initial=seen, auto_id="undo_%s"), False))
    brought = queries.listed(Showing.objects.filter(brought=given))[:_SHOWN]
    context = _progress(given) | {
        "refusals": list(given.refusals.order_by("number")[:_SHOWN]), "shown": _SHOWN, "channel": given.channel,
        "rows": [(one, queries.evidence(one)) for one in brought],
        "acts": [(act, says, more.get(act, form), first) for act, says, form, first in acts],
        "refused_form": more.get("refused_form"),
    }  # fmt: skip
    return render(request, "channels/import.html", context, status=status)


def _progress(given: ShowingImport) -> dict[str, Any]:
    return {"given": given, "refresh": _REFRESH_SECONDS if given.state in WORKING else None}


def _padded(cells: list[Any], length: int) -> list[str]:
    found = [str(cell) for cell in cells[:length]]
    return found + [""] * (length - len(found))


def _given(request: HttpRequest, key: str) -> ShowingImport:
    found = policies.imports(signed_in(request)).select_related("file", "channel__agency")
    return get_object_or_404(found, key=key)
