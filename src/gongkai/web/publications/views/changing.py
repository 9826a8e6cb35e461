"""The office's forms that do something with a document: each calls one action and comes back to the document's page."""

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
from gongkai.web.publications import actions, forms, policies, queries
from gongkai.web.publications.models import Document
from gongkai.web.publications.views.office import found, show

Do = Callable[[Document, Actor, dict[str, Any], Any], object]
"""An act as a form asks for it: the document, who, what was typed with the version seen, and the form itself."""


def _plain(action: Callable[..., object]) -> Do:
    return lambda document, by, given, _form: action(document, by=by, **given)


def _about(action: Callable[..., object], name: str, related: str) -> Do:
    """An act about a file, a relation or a finding of the document, named by its key."""

    def do(document: Document, by: Actor, given: dict[str, Any], _form: Any) -> object:
        held = get_object_or_404(getattr(document, related).all(), key=given.pop("item"))
        return action(document, by=by, **{name: held}, **given)

    return do


def _attach(document: Document, by: Actor, given: dict[str, Any], _form: Any) -> object:
    file = given["file"]
    return actions.attach(document, name=file.name or "", content=file.read(), by=by, seen=given["seen"])


def _relate(document: Document, by: Actor, given: dict[str, Any], _form: Any) -> object:
    target = forms.target(given.pop("index_number"), policies.public())
    return actions.relate(document, target=target, by=by, **given)


def _secrecy(document: Document, by: Actor, given: dict[str, Any], form: Any) -> object:
    return actions.secrecy_review(document, verdicts=form.verdicts(), by=by, seen=given["seen"])


def _paper(document: Document, by: Actor, given: dict[str, Any], form: Any) -> object:
    scan = given["scan"]
    return actions.sign_on_paper(
        document, scan=scan.read(), name=scan.name or "", signatures=form.signatures(), by=by, seen=given["seen"]
    )


_SEEN, _REASON, _RETURN = forms.Seen, forms.Reason, (forms.ReturnBack, _plain(actions.return_back), "已退回拟稿人。")
_ACTS: Mapping[str, Mapping[str, tuple[Callable[..., Any], Do, str]]] = {
    "prepare": {
        "submit": (_SEEN, _plain(actions.submit), "已提交审核。"),
        "attach": (forms.Attach, _attach, "已上传附件。"),
        "detach": (forms.Item, _about(actions.detach, "attachment", "attachments"), "已移除附件。"),
        "relate": (forms.Relate, _relate, "已登记文件关系。"),
        "unrelate": (forms.Item, _about(actions.unrelate, "relation", "relations"), "已取消文件关系。"),
        "redact_text": (_SEEN, _plain(actions.redact_text), "已遮盖标题、说明和正文里查出的内容。请核对。"),
        "redact_file": (
            forms.Item, _about(actions.redact_file, "attachment", "attachments"), "附件已换成脱敏后的文件，原件封存。请核对。",
        ),
        "ask": (forms.ItemReason, _about(actions.ask, "finding", "findings"), "已申请放行，等另一人决定。"),
        "sign_on_paper": (forms.Paper, _paper, "已登记纸质审批。"),
        "release": (_SEEN, _plain(actions.release), "已发布。"),
        "schedule": (forms.Schedule, _plain(actions.schedule), "到时会自动发布。"),
        "unschedule": (_SEEN, _plain(actions.unschedule), "已取消定时发布。"),
        "correct": (forms.Correct, _plain(actions.correct_published), "更正已提交审核；签发前公众看到的是原来的内容。"),
        "withdraw": (_REASON, _plain(actions.withdraw), "已撤下，公众不再看得到。"),
        "archive": (_SEEN, _plain(actions.archive), "已归档。"),
        "discard": (_REASON, _plain(actions.discard), "草稿已作废。"),
    },
    "review": {
        "review": (forms.Review, _plain(actions.review), "已通过审核。"),
        "return": _RETURN,
        "override": (forms.ItemReason, _about(actions.override, "finding", "findings"), "已放行。"),
    },
    "secrecy": {"secrecy_review": (forms.Secrecy, _secrecy, "已提交保密审查结论。"), "return": _RETURN},
    "approve": {"approve": (forms.Approve, _plain(actions.approve), "已签发。"), "return": _RETURN},
}  # fmt: skip
"""Every act by the group of its address and its name: its form, the action, and what is said afterwards."""


@member("prepare")
@require_POST
def prepare(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever prepares documents does with one."""
    return _change(request, key, "prepare", act)


@member("review")
@require_POST
def review(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What a reviewer does with a document."""
    return _change(request, key, "review", act)


@member("secrecy_review")
@require_POST
def secrecy(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What a secrecy reviewer does with a document."""
    return _change(request, key, "secrecy", act)


@member("approve")
@require_POST
def approve(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever approves does with a document."""
    return _change(request, key, "approve", act)


def _change(request: HttpRequest, key: str, group: str, act: str) -> HttpResponse:
    """Do one of the acts; what was typed stays in the form where it cannot be done."""
    document = found(request, key)
    if act not in _ACTS[group]:
        raise Http404
    kind, do, said = _ACTS[group][act]
    form = _filled(kind, document, act, request)
    if form.is_valid():
        try:
            do(document, actor(request), dict(form.cleaned_data), form)
            notes.success(request, said)
            return redirect("publications:one", key=key)
        except Stale:
            form.add_error(None, _who_was_first(found(request, key)))
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return show(request, found(request, key), {act: form, "form": form}, status=422)


def _filled(kind: Callable[..., Any], document: Document, act: str, request: HttpRequest) -> Any:
    if kind is forms.Secrecy:
        return forms.secrecy(document, request.POST, auto_id="secrecy_review_%s")
    if kind is forms.Paper:
        return forms.paper(document, request.POST, request.FILES, auto_id="paper_%s")
    return kind(request.POST, request.FILES, auto_id=f"{act}_%s")


def _who_was_first(document: Document) -> str:
    """What to tell whoever came second: who took the latest step, where one was taken."""
    first = queries.first_to(document)
    done = (
        f"最近一步由{first.who}办理（{first.step.get_kind_display()}：{first.step.get_result_display()}）。"
        if first
        else ""
    )
    return f"这份文件刚被别人办理过。{done}下面是最新内容，请核对后再办理一次。"
