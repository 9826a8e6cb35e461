"""The office's forms that do something with a consultation: each calls one action and comes back to the page it was on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages as notes
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.record import Stale
from gongkai.web.engagement.actions import consultations as actions
from gongkai.web.engagement.forms import consultations as forms
from gongkai.web.engagement.models import Consultation
from gongkai.web.engagement.views.consultations import office

Do = Callable[[Consultation, Actor, dict[str, Any]], object]
"""An act as a form asks for it: the consultation, who, and what was typed with the version seen."""


def _plain(action: Callable[..., object]) -> Do:
    return lambda consultation, by, given: action(consultation, by=by, **given)


def _on_comment(action: Callable[..., object]) -> Do:
    """An act on a comment: the version seen is that of the comment."""

    def do(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
        held = get_object_or_404(consultation.comments.all(), key=given.pop("item"))
        held.consultation = consultation
        return action(held, by=by, **given)

    return do


def _on_answer(action: Callable[..., object]) -> Do:
    """An act on an answer: the version seen is that of the consultation."""

    def do(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
        held = get_object_or_404(consultation.answers.all(), key=given.pop("item"))
        held.consultation = consultation
        return action(held, by=by, **given)

    return do


def _attach(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
    file = given["file"]
    return actions.attach(consultation, name=file.name or "", content=file.read(), by=by, seen=given["seen"])


def _detach(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
    held = get_object_or_404(consultation.enclosures.all(), key=given.pop("item"))
    return actions.detach(consultation, enclosure=held, by=by, seen=given["seen"])


def _answer(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
    chosen = forms.chosen(office.unanswered(consultation), given.pop("comments"))
    return actions.answer(consultation, comments=chosen, by=by, **given)


def _assign(consultation: Consultation, by: Actor, given: dict[str, Any]) -> object:
    held = get_object_or_404(consultation.answers.all(), key=given.pop("item"))
    chosen = forms.chosen(office.unanswered(consultation), given["comments"])
    return actions.assign(consultation, comments=chosen, answer=held, by=by, seen=given["seen"])


_SEEN, _REASON = forms.Seen, forms.Reason
_ONE, _COMMENTS, _SUMMARY = "consultation", "consultation_comments", "consultation_summary"
_ACTS: Mapping[str, Mapping[str, tuple[Callable[..., Any], Do, str, str]]] = {
    "prepare": {
        "submit": (_SEEN, _plain(actions.submit), "已提交，等待批准。", _ONE),
        "attach": (forms.Attach, _attach, "已上传附件。", _ONE),
        "detach": (forms.Item, _detach, "已移除附件。", _ONE),
        "discard": (_REASON, _plain(actions.discard), "草稿已作废。", _ONE),
        "withdraw": (_REASON, _plain(actions.withdraw), "已撤下，公众不再看得到。", _ONE),
        "enter": (forms.Entered, _plain(actions.enter_comment), "已登记意见。", _COMMENTS),
        "publish": (forms.Item, _on_comment(actions.publish_comment), "已公布这条意见，查出的个人信息已经遮盖。", _COMMENTS),
        "withhold": (forms.Withhold, _on_comment(actions.withhold_comment), "这条意见不公布。", _COMMENTS),
        "answer": (forms.Said, _answer, "已保存处理结果。", _SUMMARY),
        "revise_answer": (forms.Revised, _on_answer(actions.revise_answer), "已修改处理结果。", _SUMMARY),
        "remove_answer": (forms.Item, _on_answer(actions.remove_answer), "已删除处理结果，这些意见要重新答复。", _SUMMARY),
        "assign": (forms.Assign, _assign, "已把这些意见归到这一处理结果。", _SUMMARY),
        "submit_summary": (forms.Summary, _plain(actions.submit_summary), "采纳情况已提交，等待批准公布。", _SUMMARY),
    },
    "approve": {
        "open": (_SEEN, _plain(actions.open_to_all), "已批准，公众可以看到了。", _ONE),
        "return": (_REASON, _plain(actions.return_back), "已退回修改。", _ONE),
        "extend": (forms.Extend, _plain(actions.extend), "已延长期限，理由已公开。", _ONE),
        "stop": (_REASON, _plain(actions.stop), "已终止征求意见，理由已公开。", _ONE),
        "publish_summary": (_SEEN, _plain(actions.publish_summary), "采纳情况已公布。", _ONE),
        "return_summary": (_REASON, _plain(actions.return_summary), "采纳情况已退回修改。", _ONE),
    },
}  # fmt: skip
"""Every act by the group of its address and its name: its form, the action, what is said afterwards, and its page."""
_SHOWN = {_ONE: office.show, _COMMENTS: office.show_comments, _SUMMARY: office.show_summary}


@member("prepare")
@require_POST
def prepare(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever prepares does with a consultation, its comments and answers."""
    return _change(request, key, "prepare", act)


@member("approve")
@require_POST
def approve(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever approves does with a consultation."""
    return _change(request, key, "approve", act)


def _change(request: HttpRequest, key: str, group: str, act: str) -> HttpResponse:
    """Do one of the acts; what was typed stays in the form where it cannot be done."""
    consultation = office.found(request, key)
    if act not in _ACTS[group]:
        raise Http404
    kind, do, said, page = _ACTS[group][act]
    form = kind(request.POST, request.FILES, auto_id=f"{act}_%s")
    if "comments" in form.fields:
        form.fields["comments"].choices = forms.choices_of(office.unanswered(consultation))
    if form.is_valid():
        try:
            do(consultation, actor(request), dict(form.cleaned_data))
            notes.success(request, said)
            return redirect(f"engagement:{page}", key=key)
        except Stale:
            form.add_error(None, "刚被别人办理过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return _SHOWN[page](request, office.found(request, key), {act: form, "form": form}, status=422)
