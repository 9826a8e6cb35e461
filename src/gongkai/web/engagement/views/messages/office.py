"""The office's pages of messages: the list with what is due first, one with all that may be done with it, the figures as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.policies import visible as visible_agencies
from gongkai.web.agencies.queries import named
from gongkai.web.audit.record import Stale
from gongkai.web.engagement import policies
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.forms import messages as forms
from gongkai.web.engagement.models import Message
from gongkai.web.engagement.models.words import UNANSWERED
from gongkai.web.engagement.queries import messages as queries
from gongkai.web.publications.queries import people
from gongkai.web.registers.views.answers import written_table

_PAGE = 50
Act = tuple[str, str, str, Any]
"""An act: the group of its address, its name there, what its button says, its form."""


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The messages that the person may read, with filters; those unanswered first, the oldest first."""
    user, form = signed_in(request), forms.Filters(request.GET)
    waiting = policies.messages_waiting_for(user)
    page = Paginator(_found(request, form), _PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "form": form, "page": page, "rows": [(one, queries.clock(one, today)) for one in page], "waits": waiting.count(),
        "kept": named(visible_agencies(user, today, "keep"), today)[:_PAGE],
    }  # fmt: skip
    return render(request, "engagement/messages/list.html", context)


@member("read")
@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The same messages as a file, without who wrote them."""
    if ending not in ("csv", "xlsx"):
        raise Http404
    heads = [
        "查询码",
        "承办机关",
        "类别",
        "标题",
        "收到日期",
        "承诺答复日期",
        "最迟答复日期",
        "状态",
        "答复日期",
        "公开",
    ]
    rows = [
        [
            one.code, str(one.agency), one.get_kind_display(), one.title, str(one.received_on), str(one.promised), str(one.due),
            one.get_state_display(), str(one.answered_on or ""), one.get_publicity_display(),
        ]
        for one in _found(request, forms.Filters(request.GET))
    ]  # fmt: skip
    return written_table(heads, rows, ending, "messages")


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One message, with what may be done with it."""
    return show(request, found(request, key), {})


def show(request: HttpRequest, message: Message, refused: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show a message with the forms of what the person may do; `refused` has the form that came back with errors."""
    acts = [(group, act, says, refused.get(act, form)) for group, act, says, form in _offered(request, message)]
    context = {
        "message": message, "clock": queries.clock(message, timezone.localdate()), "acts": acts, "refused": refused.get("form"),
        "transfers": message.transfers.select_related("before", "after"), "writers": people(message.hands).values(),
    }  # fmt: skip
    return render(request, "engagement/messages/one.html", context, status=status)


@member("keep")
@takes_a_form
def desk(request: HttpRequest, key: str) -> HttpResponse:
    """Whether answers of an agency are approved."""
    agency = get_object_or_404(visible_agencies(signed_in(request), timezone.localdate(), "read"), key=key)
    policies.demand(actor(request), "keep", agency)
    held = queries.desk(agency)
    form = forms.DeskSettings(request.POST or None, initial={"seen": held.version, "approval": held.approval})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_desk(agency, by=actor(request), **form.cleaned_data)
            notes.success(request, "已保存。")
            return redirect("engagement:messages")
        except Stale:
            form.add_error(None, "刚被别人改过。请刷新页面，核对后再保存。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    context = {"form": form, "agency": agency}
    return render(request, "engagement/messages/desk.html", context, status=422 if form.errors else 200)


def found(request: HttpRequest, key: str) -> Message:
    """Return a message that the person may read. Raises Http404."""
    return get_object_or_404(policies.visible_messages(signed_in(request)).select_related("agency"), key=key)


def _found(request: HttpRequest, form: forms.Filters) -> Any:
    user, wanted = signed_in(request), form.cleaned_data if form.is_valid() else {}
    waiting = wanted.pop("waiting", False)
    rows = queries.looked_for(policies.visible_messages(user), **wanted)
    if waiting:
        rows = rows.filter(pk__in=policies.messages_waiting_for(user).values("pk"))
    last = Case(When(state__in=UNANSWERED, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.order_by(last, "due", "pk")


def _offered(request: HttpRequest, message: Message) -> list[Act]:
    """What the person may do with a message as it stands."""
    user, seen, made = signed_in(request), {"seen": message.version}, []

    def offer(group: str, act: str, says: str, kind: Any = forms.Seen, **more: Any) -> None:
        initial = seen | more.pop("initial", {})
        made.append((group, act, says, kind(initial=initial, auto_id=f"{act}_%s", **more)))

    if policies.may(user, policies.APPROVE, message.agency) and message.state == "asked":
        if f"user:{user.key}" not in message.hands:
            offer("approve", "approve", "批准答复")
        offer("approve", "return", "退回修改", forms.Reason)
    if not policies.may(user, policies.PREPARE, message.agency):
        return made
    if message.state == "waiting":
        approval = queries.desk(message.agency).approval
        offer(
            "prepare", "answer", "提交批准" if approval else "答复", forms.Reply, initial={"answer": message.answer}
        )
        offer("prepare", "transfer", "转给其他机关", forms.Pass, addressees=queries.addressees())
        offer("prepare", "close", "不予办理", forms.Reason)
    if message.state == "closed":
        offer("prepare", "reopen", "重新办理")
    if message.state == "answered" and message.consent and message.publicity != "open":
        offer("prepare", "publish", "公开留言和答复", forms.Published, initial=_shown(message))
    if message.publicity == "open":
        offer("prepare", "withdraw", "撤下公开", forms.Reason)
    return made


def _shown(message: Message) -> dict[str, str]:
    """What would be published, masked; where something cannot be masked the person writes it."""
    try:
        found = actions.shown_as(message)
    except InvalidInput:
        return {}
    return {"title": found.title, "text": found.text, "answer": found.answer}
