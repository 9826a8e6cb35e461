"""The office's forms that change a report: each calls one action and comes back to the report's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from gongkai.errors import GongkaiError
from gongkai.report.write.wording import error_sentence
from gongkai.web.accounts.access import actor, member, signed_in
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.record import Stale
from gongkai.web.reports import actions, forms, naming, policies, queries
from gongkai.web.reports.models import Report
from gongkai.web.reports.views.office import show

Act = Callable[[Report, dict[str, Any]], object]


@member("prepare")
@require_POST
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm whose report it is."""
    record = _record(request, key)
    chosen = Agency.objects.filter(key=request.POST.get("agency", "")).first()
    other = chosen is not None and naming.differs(record.printed_agency, chosen)
    printed = record.printed_agency if other else ""
    form = forms.Confirm(request.POST, candidates=queries.candidates(record), printed=printed)

    def do(record: Report, given: dict[str, Any]) -> object:
        chosen = given.pop("agency")
        agency = None if chosen == forms.OUTSIDE else get_object_or_404(Agency, key=chosen)
        return actions.confirm_agency(record, agency=agency, by=actor(request), **given)

    return _done(request, record, form, "confirm_form", "已确认报告的机关、年度和统计范围。", do)


@member("prepare")
@require_POST
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Write down what the file prints in a cell."""
    return _done(
        request,
        _record(request, key),
        forms.Correct(request.POST),
        "correct_form",
        "读数已更正，核对结果已重新计算。",
        lambda record, given: actions.correct_cell(record, by=actor(request), **given),
    )


@member("prepare")
@require_POST
def waive(request: HttpRequest, key: str) -> HttpResponse:
    """Say why a finding needs no correction."""
    return _done(
        request,
        _record(request, key),
        forms.Waive(request.POST),
        "waive_form",
        "已记下说明。",
        lambda record, given: actions.waive(record, by=actor(request), **given),
    )


@member("prepare")
@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a waiver back."""

    def do(record: Report, given: dict[str, Any]) -> None:
        waiver = get_object_or_404(record.waivers, key=given["waiver"])
        actions.withdraw_waiver(record, waiver=waiver, by=actor(request), seen=given["seen"])

    form = forms.Withdraw(request.POST)
    return _done(request, _record(request, key), form, "withdraw_form", "说明已撤回。", do)


@member("prepare")
@require_POST
def read_again(request: HttpRequest, key: str) -> HttpResponse:
    """Have the file read again."""
    return _done(
        request,
        _record(request, key),
        forms.Seen(request.POST),
        "form",
        "已排队重新读取，更正会照样保留。",
        lambda record, given: actions.read_again(record, by=actor(request), **given),
    )


@member("prepare")
@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Delete a draft that was uploaded by mistake."""

    def do(record: Report, given: dict[str, Any]) -> None:
        actions.discard(record, reason=given["reason"], by=actor(request), seen=given["seen"])

    form = forms.Discard(request.POST, auto_id="discard_%s")
    return _done(request, _record(request, key), form, "discard_form", "报告已删除。", do, gone=True)


@member("approve")
@require_POST
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """Show the report to everybody."""
    return _done(
        request,
        _record(request, key),
        forms.Seen(request.POST),
        "form",
        "报告已发布。",
        lambda record, given: actions.publish(record, by=actor(request), **given),
    )


@member("approve")
@require_POST
def unpublish(request: HttpRequest, key: str) -> HttpResponse:
    """Take a published report back."""
    return _done(
        request,
        _record(request, key),
        forms.Unpublish(request.POST),
        "unpublish_form",
        "报告已撤下，不再对外显示。",
        lambda record, given: actions.unpublish(record, by=actor(request), **given),
    )


def _record(request: HttpRequest, key: str) -> Report:
    return get_object_or_404(policies.visible(signed_in(request)), key=key)


def _done(
    request: HttpRequest,
    record: Report,
    form: django_forms.Form,
    called: str,
    said: str,
    do: Act,
    *,
    gone: bool = False,
) -> HttpResponse:
    """Act and come back; what was typed stays in the form where it cannot be done. What is `gone` leads to the list."""
    stale = False
    if form.is_valid():
        try:
            do(record, dict(form.cleaned_data))
            notes.success(request, said)
            return redirect("reports:list") if gone else redirect("reports:one", key=record.key)
        except Stale:
            form.add_error(None, "这份报告刚被别人改过，下面是最新内容。请核对后再办理一次。")
            stale = True
        except GongkaiError as error:
            form.add_error(None, error_sentence(error, "zh"))
    fresh = get_object_or_404(policies.visible(signed_in(request)), key=record.key)
    if stale:
        # What is done again is done upon what is shown now.
        given = request.POST.copy()
        given["seen"] = str(fresh.version)
        form.data = given
    return show(request, fresh, {called: form, "refused": form}, status=422)
