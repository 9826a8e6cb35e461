"""The forms of coming in and of accounts: labels, hints and what a browser may fill in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy

from gongkai.web.accounts.models import ADMINISTRATORS, Token


class PlainForm(forms.Form):
    """A form whose fields look like the rest of the site."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            select = isinstance(field.widget, forms.Select)
            field.widget.attrs.setdefault("class", "form-select" if select else "form-control")


def _password(label: str, autocomplete: str, hint: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=256, widget=widget, help_text=hint)


def _rules() -> str:
    return "".join(password_validators_help_texts())


_RULES = lazy(_rules, str)()


class _Twice(PlainForm):
    """A form that asks for a new password twice."""

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", "两次输入的密码不一致，请重新输入。")
        return given


class SignIn(PlainForm):
    """Login and password."""

    login = forms.CharField(
        label="登录名",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = _password("密码", "current-password")


def _code() -> forms.CharField:
    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "class": "form-control"}
    )
    hint = "手机验证器上显示的6位数字；手机不在身边时，可以输入一个备用码。"
    return forms.CharField(label="动态口令", max_length=40, help_text=hint, widget=widget)


class Code(PlainForm):
    """A one-time code or a recovery code."""

    code = _code()


class FirstCode(PlainForm):
    """The first code of a telephone that was just set up."""

    code = forms.CharField(
        label="动态口令",
        max_length=10,
        help_text="扫描后手机上显示的6位数字。",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class Accept(_Twice):
    """What a person gives with an invitation."""

    name = forms.CharField(
        label="姓名",
        max_length=60,
        help_text="同事看到的名字。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    new = _password("密码", "new-password", _RULES)
    again = _password("再输入一次密码", "new-password")
    field_order = ("name", "new", "again", "code")

    def __init__(self, *args: Any, with_code: bool = False, **given: Any) -> None:
        super().__init__(*args, **given)
        if with_code:
            self.fields["code"] = _code()


class ChangePassword(_Twice):
    """The old password and a new one."""

    old = _password("现在的密码", "current-password")
    new = _password("新密码", "new-password", _RULES)
    again = _password("再输入一次新密码", "new-password")
    field_order = ("old", "new", "again")


class NewPerson(PlainForm):
    """A new account."""

    login = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._@-]*$",
        label="登录名",
        max_length=60,
        help_text="小写字母、数字和 . _ @ - ，例如工号或姓名拼音。",
        error_messages={"invalid": "登录名只能用字母、数字和 . _ @ - ，并以字母或数字开头。"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))


class NewToken(PlainForm):
    """What a token is for, what it may do, and for how long it is good."""

    name = forms.CharField(
        label="用途",
        max_length=60,
        help_text="写明哪个程序使用，例如“年报汇总脚本”，日后好辨认。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label="权限", choices=Token.SCOPES, help_text="程序能做的不会超过您本人的权限；只取数据的，选“只读”。"
    )
    days = forms.TypedChoiceField(label="有效期", coerce=int, help_text="到期自动失效，需要时再新建。")

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["days"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        offered = sorted({min(days, longest) for days in (7, 30, 90, longest)})
        field.choices = [(days, f"{days}天") for days in offered]


class FindPeople(PlainForm):
    """Which people to list."""

    words = forms.CharField(label="姓名或登录名", max_length=60, required=False)
    state = forms.ChoiceField(
        label="状态",
        required=False,
        choices=(("", "全部"), ("active", "使用中"), ("waiting", "等待启用"), ("disabled", "已停用")),
    )


class Appoint(PlainForm):
    """Which administrator a person becomes."""

    kind = forms.ChoiceField(label="任命为", choices=ADMINISTRATORS)


class FindEntries(PlainForm):
    """Which entries of the audit to list."""

    chain = forms.CharField(label="链（机关名称，或者“系统”）", max_length=80, required=False)
    actor = forms.CharField(label="行为人（登录名或姓名）", max_length=60, required=False)
    verb = forms.ChoiceField(label="行为", required=False)
    object_key = forms.CharField(label="对象（名称、姓名或标识）", max_length=60, required=False)
    since = forms.DateField(
        label="自", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label="至", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, verbs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["verb"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", "全部"), *verbs]
