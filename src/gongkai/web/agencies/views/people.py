"""The forms of the security administrator: roles granted, revoked, covered and handed over."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from gongkai.web.accounts.access import actor, administrator, takes_a_form
from gongkai.web.accounts.sessions import confirmed
from gongkai.web.agencies import actions, queries
from gongkai.web.agencies import forms_keeping as forms
from gongkai.web.agencies.actions import Period
from gongkai.web.agencies.models import Member
from gongkai.web.agencies.views.acting import Page, agency_at_hand, done, named_person, now

_security = administrator("security")
_ROLES = ("grant", "revoke", "cover", "hand_over")
_GRANT = Page("授予角色", "授予", "已授予。", "管理员账号不能担任角色，也不能授予自己。", _ROLES, "agencies:people")
_REVOKE = Page("收回角色", "收回", "已收回。", "办过的事仍记在其名下。", _ROLES, "agencies:people")
_COVER = Page(
    "安排休假代理", "安排", "已安排。", "休假期间由同事代理其全部角色，到期自动结束。", _ROLES, "agencies:tree"
)
_HAND_OVER = Page("离岗移交", "移交", "已移交。", "离岗人员的全部角色一次移交。", _ROLES, "agencies:tree")


@_security
@takes_a_form
@confirmed
def grant(request: HttpRequest, key: str) -> HttpResponse:
    """Give somebody a role."""
    agency = agency_at_hand(request, key, "people")
    form = forms.Grant(request.POST or None, initial={"seen": 0, "since": queries.today()})
    return done(
        request, agency, form, _GRANT,
        lambda given: actions.grant(
            agency, user=named_person(given["login"], "login"), role=given["role"], since=given["since"],
            until=given["until"], by=actor(request),
        ),
        lambda: 0,
    )  # fmt: skip


@_security
@takes_a_form
def revoke(request: HttpRequest, key: str, role: str) -> HttpResponse:
    """End a role."""
    agency = agency_at_hand(request, key, "people")
    held = get_object_or_404(Member.objects.select_related("agency", "user"), key=role, agency=agency)
    form = forms.Revoke(request.POST or None, initial={"seen": held.version, "until": queries.today()})
    return done(
        request, agency, form, _REVOKE,
        lambda given: actions.revoke(
            held, until=given["until"], reason=given["reason"], by=actor(request), seen=given["seen"]
        ),
        lambda: now(held),
        about=f"{held.user.name}：{held.get_role_display()}",
    )  # fmt: skip


@_security
@takes_a_form
@confirmed
def cover(request: HttpRequest) -> HttpResponse:
    """Let a colleague stand in for somebody on leave."""
    form = forms.Cover(request.POST or None, initial={"seen": 0})

    def do(given: dict[str, Any]) -> object:
        return actions.cover(
            named_person(given["login"], "login"), during=Period(given["since"], given["until"]),
            by_colleague=named_person(given["colleague"], "colleague"), by=actor(request),
        )  # fmt: skip

    return done(request, None, form, _COVER, do, lambda: 0)


@_security
@takes_a_form
@confirmed
def hand_over(request: HttpRequest) -> HttpResponse:
    """Hand all roles of somebody who leaves to a colleague."""
    form = forms.HandOver(request.POST or None, initial={"seen": 0})

    def do(given: dict[str, Any]) -> object:
        return actions.hand_over(
            named_person(given["login"], "login"), to=named_person(given["to"], "to"), on=given["since"],
            reason=given["reason"], by=actor(request),
        )  # fmt: skip

    return done(request, None, form, _HAND_OVER, do, lambda: 0)
