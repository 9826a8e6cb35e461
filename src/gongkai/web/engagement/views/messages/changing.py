"""The office's forms that do something with a message: each calls one action and comes back to the message's page."""

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
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.record import Stale
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.forms import messages as forms
from gongkai.web.engagement.models import Message
from gongkai.web.engagement.queries.messages import addressees
from gongkai.web.engagement.views.messages import office

Do = Callable[[Message, Actor, dict[str, Any]], object]
"""An act as a form asks for it: the message, who, and what was typed with the version seen."""


def _plain(action: Callable[..., object]) -> Do:
    return lambda message, by, given: action(message, by=by, **given)


def _transfer(message: Message, by: Actor, given: dict[str, Any]) -> object:
    to = get_object_or_404(Agency, key=given.pop("to"))
    return actions.transfer(message, to=to, by=by, **given)


def _pass_on(*given: Any, **more: Any) -> forms.Pass:
    return forms.Pass(*given, addressees=addressees(), **more)


_SEEN, _REASON = forms.Seen, forms.Reason
_ACTS: Mapping[str, Mapping[str, tuple[Callable[..., Any], Do, str]]] = {
    "prepare": {
        "answer": (forms.Reply, _plain(actions.write_answer), "已保存答复。"),
        "transfer": (_pass_on, _transfer, "已转出，两个机关都能看到。"),
        "close": (_REASON, _plain(actions.close), "已登记不予办理，写信人能看到理由。"),
        "reopen": (_SEEN, _plain(actions.reopen), "已重新办理。"),
        "publish": (forms.Published, _plain(actions.publish), "已公开，查出的个人信息已经遮盖。请看公开的页面。"),
        "withdraw": (_REASON, _plain(actions.withdraw), "已撤下，公众不再看得到。"),
    },
    "approve": {
        "approve": (_SEEN, _plain(actions.approve_answer), "已批准，写信人可以看到答复。"),
        "return": (_REASON, _plain(actions.return_answer), "已退回修改。"),
    },
}
"""Every act by the group of its address and its name: its form, the action, and what is said afterwards."""


@member("prepare")
@require_POST
def prepare(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever prepares does with a message."""
    return _change(request, key, "prepare", act)


@member("approve")
@require_POST
def approve(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """What whoever approves does with an answer."""
    return _change(request, key, "approve", act)


def _change(request: HttpRequest, key: str, group: str, act: str) -> HttpResponse:
    """Do one of the acts; what was typed stays in the form where it cannot be done."""
    message = office.found(request, key)
    if act not in _ACTS[group]:
        raise Http404
    kind, do, said = _ACTS[group][act]
    form = kind(request.POST, auto_id=f"{act}_%s")
    if form.is_valid():
        try:
            do(message, actor(request), dict(form.cleaned_data))
            notes.success(request, said)
            return redirect("engagement:message", key=key)
        except Stale:
            form.add_error(None, "这条留言刚被别人办理过，下面是最新内容。请核对后再办理一次。")
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    return office.show(request, office.found(request, key), {act: form, "form": form}, status=422)
