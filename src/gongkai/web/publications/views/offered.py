"""What a person may do with a document as it stands: every act with its form, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.web.accounts.models import User
from gongkai.web.publications import forms, policies, text, way
from gongkai.web.publications.models import Document
from gongkai.web.publications.models.words import APPROVAL, REVIEWS, SECRECY, SHOWN, codes


@dataclass(frozen=True, slots=True)
class Offer:
    """An act: the group of addresses it is in, its name there, what its button says, its form, and whether it takes a file."""

    group: str
    act: str
    says: str
    form: Any
    file: bool = False
    first: bool = False


def offered(user: User, document: Document, refused: dict[str, Any]) -> list[Offer]:
    """Return what a person may do; `refused` has, by act, the form that came back with errors."""
    made = [*_steps(user, document), *_prepared(user, document)]
    return [Offer(one.group, one.act, one.says, refused.get(one.act, one.form), one.file, one.first) for one in made]


def _steps(user: User, document: Document) -> list[Offer]:
    """The step that the document awaits, for whoever may take it, and the return."""
    seen = {"seen": document.version}
    kind = document.awaits
    if document.state not in way.UNDER_REVIEW:
        if document.state in ("approved", "scheduled") and policies.may(user, policies.APPROVE, document):
            return [Offer("approve", "return", "退回拟稿人", _form(forms.ReturnBack, "return", seen))]
        return []
    permission = policies.PERMISSION_OF.get(kind, "")
    if (
        not permission
        or not policies.may(user, permission, document)
        or f"user:{user.key}" in policies.hands(document)
    ):
        return []
    if kind in codes(REVIEWS):
        word = f"通过{document.get_awaits_display()}"
        found = [Offer("review", "review", word, _form(forms.Review, "review", seen), first=True)]
    elif kind == SECRECY:
        form = forms.secrecy(document, initial=seen, auto_id="secrecy_review_%s")
        found = [Offer("secrecy", "secrecy_review", "提交保密审查结论", form, first=True)]
    else:
        found = [Offer("approve", "approve", "签发", _form(forms.Approve, "approve", seen), first=True)]
    group = {SECRECY: "secrecy", APPROVAL: "approve"}.get(kind, "review")
    return [*found, Offer(group, "return", "退回拟稿人", _form(forms.ReturnBack, "return", seen))]


def _prepared(user: User, document: Document) -> list[Offer]:
    """What whoever prepares documents may do with one in its state."""
    if not policies.may(user, policies.PREPARE, document):
        return []
    seen = {"seen": document.version}

    def offer(act: str, says: str, kind: Callable[..., Any] = forms.Seen, **more: Any) -> Offer:
        return Offer("prepare", act, says, _form(kind, act, seen | more.pop("initial", {})), **more)

    state, proactive = document.state, document.attribute == "proactive"
    found: list[Offer] = []
    if state == "draft":
        found += [
            offer("submit", "提交审核", first=True),
            offer("attach", "上传附件", forms.Attach, file=True),
            offer("relate", "登记与其他文件的关系", forms.Relate, initial={"since": document.formed_on}),
        ]
    if state in way.UNDER_REVIEW:
        sheet = forms.paper(document, initial=seen, auto_id="paper_%s")
        found.append(Offer("prepare", "sign_on_paper", "登记纸质审批表", sheet, file=True))
    if state in ("approved", "scheduled") and proactive:
        found += [offer("release", "立即发布", first=True), offer("schedule", "定时发布", forms.Schedule)]
    if state == "scheduled":
        found.append(offer("unschedule", "取消定时发布"))
    if state == "released":
        body = text.to_plain(document.current.body if document.current else "")
        found.append(offer("correct", "更正正文", forms.Correct, initial={"body": body}))
    if state in SHOWN:
        found.append(offer("withdraw", "撤下", forms.Reason))
    if state == "withdrawn" or (state == "approved" and not proactive):
        found.append(offer("archive", "归档"))
    if state == "draft" and document.index_number is None:
        found.append(offer("discard", "作废草稿", forms.Reason))
    return found


def _form(kind: Callable[..., Any], act: str, initial: dict[str, Any]) -> Any:
    return kind(initial=initial, auto_id=f"{act}_%s")
