"""What a form says of what was typed wrongly: the field by its name, what to do, and none of Django's own words."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from gongkai.web.portal.forms import Worded
from tests.web import reports_office
from tests.web.people import browser, person
from tests.web.permissions import addresses, world
from tests.web.permissions.asking import visitors
from tests.web.permissions.expected import rows

DJANGOS = re.compile(
    "这个字段|该字段|请确保|输入一个有效|输入有效|不是可用的选择|选择一个有效|This field|Enter a|Ensure"
)


class Everything(forms.Form):
    """A field of every kind that the platform has."""

    word = forms.CharField(label="名称", max_length=5, min_length=2)
    choice = forms.ChoiceField(label="类型", choices=[("a", "甲")])
    typed = forms.TypedChoiceField(label="有效期", choices=[(1, "1天")], coerce=int)
    day = forms.DateField(label="日期")
    number = forms.IntegerField(label="年度", min_value=2008, max_value=2100)
    amount = forms.DecimalField(label="金额", max_digits=6, decimal_places=2)
    tick = forms.BooleanField(label="确定 100%")
    file = forms.FileField(label="文件", max_length=5)
    mail = forms.EmailField(label="邮箱")
    seen = forms.IntegerField(widget=forms.HiddenInput)
    own = forms.CharField(label="登录名", error_messages={"required": "请写登录名，例如工号。"})


def said(files=None, **given):
    form = Everything(given, files or {})
    assert not form.is_valid()
    return {name: list(errors) for name, errors in form.errors.items()}


def test_what_is_missing_is_named_with_what_to_do():
    assert said() == {
        "word": ["请填写名称。"],
        "choice": ["请选择类型。"],
        "typed": ["请选择有效期。"],
        "day": ["请填写日期。"],
        "number": ["请填写年度。"],
        "amount": ["请填写金额。"],
        "tick": ["请勾选“确定 100%”。"],
        "file": ["请选择文件。"],
        "mail": ["请填写邮箱。"],
        "seen": ["页面内容不完整，没有办理。请刷新页面后再办理一次。"],
        "own": ["请写登录名，例如工号。"],
    }


def test_what_is_wrong_is_named_with_the_limit():
    files = {"file": SimpleUploadedFile("a-long-name.txt", b"x")}
    found = said(
        files, word="一二三四五六", choice="b", typed="9", day="昨天", number="1999", amount="12345678.123", tick="on",
        mail="nobody", seen="x", own="x",
    )  # fmt: skip
    assert found == {
        "word": ["“名称”最多5个字，现在有6个字。"],
        "choice": ["“类型”没有这一项，请重新选择。"],
        "typed": ["“有效期”没有这一项，请重新选择。"],
        "day": ["“日期”不是有效的日期，请按“2024-03-01”的样子填写。"],
        "number": ["“年度”不能小于2008。"],
        "amount": ["“金额”一共不能超过6位数字。", "“金额”小数不能超过2位。", "“金额”整数部分不能超过4位。"][
            : len(found["amount"])
        ],
        "file": ["文件名最多5个字，现在有15个字。请改短文件名后重新选择。"],
        "mail": ["“邮箱”不是有效的电子邮箱地址。"],
        "seen": ["页面内容不完整，没有办理。请刷新页面后再办理一次。"],
    }
    assert said(word="一", number="2101", amount="x")["word"] == ["“名称”至少2个字，现在有1个字。"]
    assert said(number="2101")["number"] == ["“年度”不能大于2100。"]
    assert said(number="二")["number"] == ["“年度”要填整数。"]
    assert said(amount="x")["amount"] == ["“金额”要填数字。"]
    assert said(word="a\0b")["word"] == ["“名称”里有不能保存的字符，请删去后重新填写。"]


def test_the_words_are_there_in_whatever_language_django_speaks():
    with override("en"):
        assert said()["word"] == ["请填写名称。"]


def test_without_the_own_words_djangos_stand_there(monkeypatch):
    """The control: Django has its own for all of these."""
    monkeypatch.setattr(Worded, "__init__", forms.BoundField.__init__)
    assert DJANGOS.search(str(said()))


@pytest.mark.django_db
def test_no_form_of_the_platform_speaks_djangos_words(record_property):
    made = world.make()
    kwargs, seen, wrong = addresses.given(made), 0, []
    for visitor in visitors(made, ("nobody", "clerk own", "approver own", "system", "security", "audit")):
        for name, row in sorted(rows().items()):
            if "POST" not in row.methods() or name.startswith("api:"):
                continue
            whole = addresses.sent(made, visitor.who.user).get(name, {})
            spoiled = {field: "x" * 3000 for field in whole if field not in ("files", "file")}
            for form in ({"nothing": "x"}, {**spoiled, "nothing": "x"}):
                answer = visitor.ask("POST", addresses.path(name, kwargs.get(name, {})), form=form)
                text = answer.content.decode(errors="replace")
                if answer.status == 422:
                    seen += 1
                    wrong += [(name, found.group()) for found in DJANGOS.finditer(text)]
    record_property("counted", {"forms: pages with what was typed wrongly": seen})
    assert not wrong, wrong[:20]
    assert seen >= 40


@pytest.mark.django_db
def test_the_page_names_the_field_in_the_summary_and_beside_it():
    made = reports_office.office()
    report = reports_office.read(made)
    answer = browser(made.clerk).post(reverse("reports:waive", args=[report.key]), {"seen": 1, "finding": 1})
    assert answer.content.decode().count("请填写说明。") == 2


@pytest.mark.django_db
def test_a_rename_shows_the_short_name_that_holds_and_says_when_it_is_to_come(settings):
    del settings
    made = reports_office.office()
    made.county.names.update(short="样县")
    client = browser(person("system", administrator="system"))
    address = reverse("agencies:rename", args=[made.county.key])
    assert 'value="样县"' in client.get(address).content.decode()
    given = {"seen": made.county.version, "short": "样县"}
    same = client.post(address, {**given, "name": "样例县人民政府", "since": "2024-01-01"})
    assert same.status_code == 422
    year = date.today().year + 1
    later = client.post(address, {**given, "name": "新样例县人民政府", "since": f"{year}-05-01"}, follow=True)
    assert f"将于{year}年5月1日更名为“新样例县人民政府”" in later.content.decode()
    assert made.county.names.get(name="新样例县人民政府").short == "样县"
