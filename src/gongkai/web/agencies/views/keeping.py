"""The forms of what an agency keeps of itself: guide, site, local choices, fee account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from gongkai.web.accounts.access import actor, member, takes_a_form
from gongkai.web.agencies import actions, queries
from gongkai.web.agencies import forms_keeping as forms
from gongkai.web.agencies.views.acting import Page, agency_at_hand, done

_keep = member("keep")
_GUIDE = Page("修改公开指南", "保存指南", "指南已保存。", "指南向公众公布。", ("keep_guide",), "agencies:guide")
_SITE = Page("修改网站设置", "保存设置", "网站设置已保存。", "", ("keep_site",), "agencies:site")
_LOCAL = Page(
    "修改地方设置", "保存设置", "地方设置已保存。", "法院、复议地址和法律留给地方的规定，写入文书。",
    ("keep_local_choice",), "agencies:guide",
)  # fmt: skip
_ACCOUNT = Page(
    "修改收费账户",
    "保存账户",
    "收费账户已保存。",
    "缴费通知使用这里的账户。",
    ("keep_fee_account",),
    "agencies:guide",
)


@_keep
@takes_a_form
def guide(request: HttpRequest, key: str) -> HttpResponse:
    """Write the guide."""
    agency = agency_at_hand(request, key, "keep")
    held = queries.guide(agency)
    fields = tuple(name for name in forms.KeepGuide.base_fields if name != "seen")
    initial = {name: getattr(held, name) for name in fields} | {"seen": held.version}
    form = forms.KeepGuide(request.POST or None, initial=initial)
    texts = tuple(name for name in fields if name != "updated_on")
    return done(
        request, agency, form, _GUIDE,
        lambda given: actions.keep_guide(
            agency, values=_texts(given, texts), updated_on=given["updated_on"], by=actor(request), seen=given["seen"]
        ),
        lambda: queries.guide(agency).version,
    )  # fmt: skip


@_keep
@takes_a_form
def site(request: HttpRequest, key: str) -> HttpResponse:
    """Write the site."""
    agency = agency_at_hand(request, key, "keep")
    held = queries.site(agency)
    fields = tuple(name for name in forms.KeepSite.base_fields if name != "seen")
    initial: dict[str, Any] = {name: getattr(held, name) for name in fields} | {"seen": held.version}
    for column in held.listed():
        initial[f"on_{column.code}"] = column.on
        initial[f"label_{column.code}"] = held.columns.get(column.code, {}).get("label", "")
    form = forms.KeepSite(request.POST or None, initial=initial)
    return done(
        request, agency, form, _SITE,
        lambda given: actions.keep_site(
            agency, values=_texts(given, fields), columns=form.columns(), by=actor(request), seen=given["seen"]
        ),
        lambda: queries.site(agency).version,
    )  # fmt: skip


@_keep
@takes_a_form
def local_choice(request: HttpRequest, key: str) -> HttpResponse:
    """Write what the place has decided."""
    agency = agency_at_hand(request, key, "keep")
    held = queries.local_choice(agency)
    texts = ("court_name", "reconsideration_address", "reconsideration_channel")
    initial: dict[str, Any] = {name: getattr(held, name) for name in (*texts, "court_concentrated")}
    initial |= forms.settings_initial(held.settings) | {"seen": held.version}
    form = forms.KeepLocalChoice(request.POST or None, initial=initial)
    return done(
        request, agency, form, _LOCAL,
        lambda given: actions.keep_local_choice(
            agency, values=_texts(given, texts), court_concentrated=given["court_concentrated"],
            settings=form.settings(), by=actor(request), seen=given["seen"],
        ),
        lambda: queries.local_choice(agency).version,
    )  # fmt: skip


@_keep
@takes_a_form
def fee_account(request: HttpRequest, key: str) -> HttpResponse:
    """Write the fee account."""
    agency = agency_at_hand(request, key, "keep")
    held = queries.fee_account(agency)
    fields = tuple(name for name in forms.KeepFeeAccount.base_fields if name != "seen")
    initial = {name: getattr(held, name) for name in fields} | {"seen": held.version}
    form = forms.KeepFeeAccount(request.POST or None, initial=initial)
    return done(
        request, agency, form, _ACCOUNT,
        lambda given: actions.keep_fee_account(
            agency, values=_texts(given, fields), by=actor(request), seen=given["seen"]
        ),
        lambda: queries.fee_account(agency).version,
    )  # fmt: skip


def _texts(given: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: given[name] for name in names}
