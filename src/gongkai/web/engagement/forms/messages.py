"""What people type about messages; what it means and whether it may be is the actions' matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.web.agencies.queries import Standing
from gongkai.web.engagement.actions.messages.sending import LONGEST_PERSONAL
from gongkai.web.engagement.models.message import LONGEST
from gongkai.web.engagement.models.words import MESSAGE_KINDS, MESSAGE_STATES
from gongkai.web.publications.forms import Reason, Seen

__all__ = ["Reason", "Seen"]
_CHOOSE = ("", "请选择")


class Sent(forms.Form):
    """What anybody types to an agency, with a field that people do not see and programs fill."""

    agency = forms.ChoiceField(label="写给哪个机关", help_text="不知道归谁管的，选当地人民政府，由它转交。")
    kind = forms.ChoiceField(label="类别", choices=[_CHOOSE, *MESSAGE_KINDS])
    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(label="内容", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))
    name = forms.CharField(label="姓名", max_length=LONGEST_PERSONAL, required=False, help_text="可以不填。不公开。")
    contact = forms.CharField(
        label="联系方式", max_length=LONGEST_PERSONAL, required=False,
        help_text="可以不填。只供承办机关核实情况，不公开，答复后到期删除。",
    )  # fmt: skip
    consent = forms.BooleanField(label="同意隐去个人信息后，公开我的留言和答复", required=False)
    website = forms.CharField(
        label="此栏请留空", required=False, max_length=200,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *given: Any, addressees: Sequence[Standing], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["agency"].choices = [_CHOOSE, *((one.key, one.name) for one in addressees)]  # type: ignore[attr-defined]

    def clean_website(self) -> str:
        """Nothing."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError("这一栏请留空，再提交一次。")
        return ""


class Follow(forms.Form):
    """What was given to the writer of a message."""

    code = forms.CharField(label="查询码", max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    password = forms.CharField(label="查询密码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class Reply(Seen):
    """An answer."""

    answer = forms.CharField(label="答复", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))


class Pass(Seen):
    """To whom a message is passed on, and why."""

    to = forms.ChoiceField(label="转给哪个机关")
    reason = forms.CharField(
        label="理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写信人能看到转给了哪个机关。",
    )

    def __init__(self, *given: Any, addressees: Sequence[Standing], **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["to"].choices = [_CHOOSE, *((one.key, one.name) for one in addressees)]  # type: ignore[attr-defined]


class Published(Seen):
    """What everybody reads of a message."""

    title = forms.CharField(label="公开的标题", max_length=100)
    text = forms.CharField(label="公开的内容", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))
    answer = forms.CharField(label="公开的答复", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}))


class Filters(forms.Form):
    """Looking for messages."""

    words = forms.CharField(label="标题或查询码", required=False, max_length=60)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *MESSAGE_KINDS])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *MESSAGE_STATES, ("overdue", "超过承诺期限")]
    )
    waiting = forms.BooleanField(label="只看等我办理的", required=False)


class PublicFilters(forms.Form):
    """Looking for messages that everybody reads."""

    words = forms.CharField(label="标题", required=False, max_length=60)
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部"), *MESSAGE_KINDS])


class DeskSettings(Seen):
    """Whether answers are approved."""

    approval = forms.BooleanField(label="答复须经拟稿人以外的人批准", required=False)
