"""What people type about consultations; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.agencies.queries import Standing
from gongkai.web.engagement import periods
from gongkai.web.engagement.models import Answer, Comment, Consultation
from gongkai.web.engagement.models.comment import LONGEST, LONGEST_CONTACT
from gongkai.web.engagement.models.words import CHANNELS, OUTCOMES, STATES, WITHHELD
from gongkai.web.publications import text
from gongkai.web.publications.forms import Attach, Item, Reason, Seen
from gongkai.web.publications.models import Document
from gongkai.web.publications.queries import published

__all__ = ["Attach", "Item", "Reason", "Seen"]
_DAY = {"type": "date"}
_MOST_DOCUMENTS = 200
_LONGEST_BODY = 500_000


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )  # fmt: skip


class Written(forms.Form):
    """What a consultation says."""

    title = forms.CharField(
        label="名称", max_length=200, help_text="例如：关于《样例办法（征求意见稿）》公开征求意见的公告。"
    )
    why = forms.CharField(
        label="起草说明",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="为什么作这项决策，主要内容是什么。",
    )
    asked = forms.CharField(label="征求意见的对象", max_length=300, initial="社会公众")
    ways = forms.CharField(
        label="其他提出意见的方式", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="网上提交以外的方式，例如信函寄到哪里。只写机关的地址和电话。",
    )  # fmt: skip
    document = forms.ChoiceField(
        label="草案文件",
        required=False,
        help_text="草案已经作为文件发布的，在这里选；没有的，在下面填写正文，或者保存后上传附件。",
    )
    body = forms.CharField(
        label="草案正文", max_length=_LONGEST_BODY, required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text="一行是一段。以“一、”“（一）”开头的短行作标题。",
    )  # fmt: skip
    opens_on = _day("开始日期")
    closes_on = _day("截止日期", "当日仍可以提出意见。")
    shorter_because = forms.CharField(
        label="缩短期限的说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def values(self, documents: Sequence[Document]) -> dict[str, Any]:
        """Return what was typed as the actions take it. A text that was not changed keeps its looks."""
        found = {name: self.cleaned_data[name] for name in self.base_fields if name in self.cleaned_data}
        for name in ("keeper", "seen"):
            found.pop(name, None)
        chosen = found["document"]
        found["document"] = next((one for one in documents if one.key == chosen), None)
        typed = found["body"].replace("\r\n", "\n").strip()
        if "seen" in self.fields and typed == str(self.initial.get("body") or "").strip():
            del found["body"]
        else:
            found["body"] = text.from_plain(typed)
        return found


def documents_of(agency: Agency | None) -> list[Document]:
    """Return the released documents of an agency of which one may be what is consulted on, the latest first."""
    return list(published(agency)[:_MOST_DOCUMENTS]) if agency is not None else []


def written(
    agency: Agency | None,
    data: Any = None,
    *,
    held: Consultation | None = None,
    keepers: Sequence[Standing] = (),
    documents: Sequence[Document] = (),
) -> Written:
    """Return the form of a consultation, filled with one where it is revised; a new one asks for which agency it is."""
    today = timezone.localdate()
    initial: dict[str, Any] = {"opens_on": today}
    made: dict[str, Any] = {}
    if keepers:
        made["keeper"] = forms.ChoiceField(label="机关", choices=[(one.key, one.name) for one in keepers])
    if held is not None:
        made["seen"] = forms.IntegerField(widget=forms.HiddenInput)
        names = ("title", "why", "asked", "ways", "opens_on", "closes_on", "shorter_because")
        initial = {name: getattr(held, name) for name in names}
        initial |= {"seen": held.version, "body": text.to_plain(held.body)}
        initial["document"] = held.document.key if held.document else ""
    kind = type("WrittenForm", (Written,), made)
    form: Written = kind(data, initial=initial)
    form.order_fields(["seen", "keeper"])
    form.fields["document"].choices = [("", "没有"), *((one.key, one.title) for one in documents)]  # type: ignore[attr-defined]
    if agency is not None:
        due = periods.least(agency, initial["opens_on"])
        form.fields[
            "shorter_because"
        ].help_text = (
            f"{initial['opens_on']:%Y-%m-%d}开始的，截止日期早于{due.due:%Y-%m-%d}，要在这里说明理由；说明会公开。"
        )
        form.initial.setdefault("closes_on", due.due)
    return form


class Extend(Seen):
    """Until when comments are taken, and why so long."""

    closes_on = _day("新的截止日期")
    reason = forms.CharField(label="延长的理由", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class Withhold(Item):
    """Why a comment is not published."""

    case = forms.ChoiceField(label="不公布的情形", choices=[("", "请选择"), *WITHHELD])
    because = forms.CharField(label="说明", max_length=500, required=False)


class Said(Seen):
    """What becomes of comments, and of which ones, by their numbers."""

    heading = forms.CharField(label="意见要点", max_length=300, help_text="用一句话概括这些意见，不写姓名。")
    outcome = forms.ChoiceField(label="处理结果", choices=[("", "请选择"), *OUTCOMES])
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    comments = forms.MultipleChoiceField(
        label="答复哪些意见",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="内容相同的意见可以一并答复。",
    )


class Revised(Item):
    """What becomes of comments, said otherwise."""

    heading = forms.CharField(label="意见要点", max_length=300)
    outcome = forms.ChoiceField(label="处理结果", choices=OUTCOMES)
    reason = forms.CharField(label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class Assign(Item):
    """Which comments have an answer that there is."""

    comments = forms.MultipleChoiceField(label="再加上这些意见", widget=forms.CheckboxSelectMultiple)


class Summary(Seen):
    """What became of the comments as a whole."""

    summary = forms.CharField(
        label="采纳情况说明", max_length=20_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="共收到多少条意见，采纳了哪些，没有采纳的主要是什么、为什么。一行是一段。",
    )  # fmt: skip


class Filters(forms.Form):
    """Looking for consultations."""

    words = forms.CharField(label="名称", required=False, max_length=60)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES])
    waiting = forms.BooleanField(label="只看等我办理的", required=False)


class PublicFilters(forms.Form):
    """Looking for consultations that everybody sees."""

    words = forms.CharField(label="名称", required=False, max_length=60)
    phase = forms.ChoiceField(
        label="进展", required=False,
        choices=[("", "全部"), ("open", "正在征求意见"), ("over", "已截止"), ("summarised", "已公布采纳情况")],
    )  # fmt: skip


class CommentFilters(forms.Form):
    """Looking for comments."""

    state = forms.ChoiceField(
        label="状态", required=False,
        choices=[("", "全部"), ("waiting", "待处理"), ("published", "已公布"), ("withheld", "不公布"), ("unanswered", "还没有答复")],
    )  # fmt: skip


class Plain(forms.Form):
    """What anybody types with a comment."""

    text = forms.CharField(
        label="您的意见", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="请不要写身份证号码、电话、住址等个人信息；意见可能公布。",
    )  # fmt: skip
    name = forms.CharField(label="姓名或者单位名称", max_length=60, required=False, help_text="可以不填。")
    agreed = forms.BooleanField(label="公布意见时，同意公布上面的姓名或者单位名称", required=False)
    contact = forms.CharField(
        label="联系方式", max_length=LONGEST_CONTACT, required=False,
        help_text="可以不填。只供机关核实情况时联系，不公开，征求意见结束后到期删除。",
    )  # fmt: skip


class Open(Plain):
    """A comment from the net, with a field that people do not see and programs fill."""

    website = forms.CharField(
        label="此栏请留空",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        """Nothing."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("这一栏请留空，再提交一次。")
        return ""


class Entered(Seen, Plain):
    """A comment that came by another way."""

    channel = forms.ChoiceField(
        label="来源", choices=[("", "请选择"), *((code, word) for code, word in CHANNELS if code != "web")]
    )


def choices_of(comments: Sequence[Comment]) -> list[tuple[str, str]]:
    """Return comments to choose from: number and beginning."""
    return [(one.key, f"第{one.number}条：{one.text[:36]}") for one in comments]


def chosen(comments: Sequence[Comment], keys: Sequence[str]) -> list[Comment]:
    """Return the comments with these keys."""
    wanted = set(keys)
    return [one for one in comments if one.key in wanted]


def answer_form(answer: Answer, seen: int, data: Any = None) -> Revised:
    """Return the form of an answer that there is."""
    initial = {
        "seen": seen, "item": answer.key, "heading": answer.heading, "outcome": answer.outcome, "reason": answer.reason,
    }  # fmt: skip
    return Revised(data, initial=initial, auto_id=f"revise_{answer.key}_%s")
