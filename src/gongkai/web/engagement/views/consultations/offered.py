"""What a person may do with a consultation as it stands: every act with its form, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from gongkai.web.accounts.models import User
from gongkai.web.engagement import policies
from gongkai.web.engagement.forms import consultations as forms
from gongkai.web.engagement.models import Consultation


@dataclass(frozen=True, slots=True)
class Offer:
    """An act: the group of addresses it is in, its name there, what its button says, its form, whether it takes a file."""

    group: str
    act: str
    says: str
    form: Any
    file: bool = False
    first: bool = False


def offered(user: User, consultation: Consultation, refused: dict[str, Any]) -> list[Offer]:
    """Return what a person may do; `refused` has, by act, the form that came back with errors."""
    made = [*_approved(user, consultation), *_prepared(user, consultation)]
    return [Offer(one.group, one.act, one.says, refused.get(one.act, one.form), one.file, one.first) for one in made]


def _approved(user: User, consultation: Consultation) -> list[Offer]:
    if not policies.may(user, policies.APPROVE, consultation.agency):
        return []
    me, found = f"user:{user.key}", []

    def offer(act: str, says: str, kind: Callable[..., Any] = forms.Seen, *, first: bool = False) -> None:
        found.append(Offer("approve", act, says, _form(kind, act, consultation), first=first))

    if consultation.state == "asked":
        if me not in consultation.hands:
            offer("open", "批准，公开征求意见", first=True)
        offer("return", "退回修改", forms.Reason)
    if consultation.state == "open" and consultation.summary_state == "asked":
        if me not in consultation.summary_hands:
            offer("publish_summary", "批准公布采纳情况", first=True)
        offer("return_summary", "退回修改采纳情况", forms.Reason)
    if consultation.state == "open" and timezone.localdate() <= consultation.closes_on:
        offer("extend", "延长期限", forms.Extend)
        offer("stop", "终止征求意见", forms.Reason)
    return found


def _prepared(user: User, consultation: Consultation) -> list[Offer]:
    if not policies.may(user, policies.PREPARE, consultation.agency):
        return []
    found = []

    def offer(act: str, says: str, kind: Callable[..., Any] = forms.Seen, **more: bool) -> None:
        found.append(Offer("prepare", act, says, _form(kind, act, consultation), **more))

    if consultation.state == "draft":
        offer("submit", "提交批准", first=True)
        offer("attach", "上传附件", forms.Attach, file=True)
        offer("discard", "作废草稿", forms.Reason)
    if consultation.public:
        offer("withdraw", "撤下", forms.Reason)
    return found


def _form(kind: Callable[..., Any], act: str, consultation: Consultation) -> Any:
    return kind(initial={"seen": consultation.version}, auto_id=f"{act}_%s")
