"""The office's pages of its catalogue: how everything stands, one item with its proof, adding and changing items."""

from __future__ import annotations

from typing import Any

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError
from gongkai.law.refusals import sentence
from gongkai.web.accounts.access import actor, member, signed_in, takes_a_form
from gongkai.web.agencies.queries import named, standing_as
from gongkai.web.audit.queries import Wanted, entries
from gongkai.web.audit.record import Stale
from gongkai.web.audit.wording import verb
from gongkai.web.publications.duties import actions, forms, policies, queries
from gongkai.web.publications.duties.answers import workbook
from gongkai.web.publications.models import Duty
from gongkai.web.publications.queries import people

_PAGE, _AGENCIES = 50, 200
_STALE = "这一项刚被别人改过，下面是最新内容。请核对后再办理一次。"


@member("read")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What the person's agencies must publish and how each item stands, what is late first; with counts by agency."""
    user = signed_in(request)
    found, form, whole = _asked(request)
    table = queries.by_agency(whole)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "counts": _counts(whole), "several": len(table) > 1, "table": table[:_AGENCIES],
        "may_keep": policies.keepers(user).exists(), "states": queries.STATE_WORDS, "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "publications/duties/list.html", context)


@member("read")
@require_safe
def export(request: HttpRequest, ending: str) -> HttpResponse:
    """The same items as a workbook, in the columns of the standard catalogue with how they stand."""
    if ending != "xlsx":
        raise Http404
    found, _, _ = _asked(request)
    lines = [[str(one.duty.agency), *queries.row(one, at)] for at, one in enumerate(found, 1)]
    return workbook(["机关", *queries.HEADS], lines, "主动公开目录", "duties.xlsx")


@member("keep")
@takes_a_form
def adopt(request: HttpRequest) -> HttpResponse:
    """Take over fields of the catalogues of the law, in one act."""
    keepers = _keepers(request)
    asked = request.POST.get("keeper") or request.GET.get("keeper", "")
    agency = next(
        (one.agency for one in keepers if one.key == asked), keepers[0].agency if len(keepers) == 1 else None
    )
    form = forms.Adopt(
        request.POST or None, keepers=keepers, agency=agency, initial={"keeper": agency.key if agency else ""}
    )
    if request.method == "POST" and form.is_valid() and agency is not None:
        try:
            made = actions.adopt(
                agency,
                proactive=form.cleaned_data["proactive"],
                standard=form.cleaned_data["standard"],
                by=actor(request),
            )
            notes.success(request, f"已引入 {len(made)} 项。请逐项补充内容、依据和公开时限。")
            return redirect("publications:duties")
        except GongkaiError as error:
            form.add_error(None, sentence(error, "zh"))
    context = {"form": form, "choose": [] if agency else keepers}
    return render(request, "publications/duties/adopt.html", context, status=422 if form.errors else 200)


@member("keep")
@takes_a_form
def new(request: HttpRequest) -> HttpResponse:
    """Add an item."""
    keepers = _keepers(request)
    asked = request.POST.get("keeper", "")
    agency = next(
        (one.agency for one in keepers if one.key == asked), keepers[0].agency if len(keepers) == 1 else None
    )
    form = forms.item(agency, request.POST or None, keepers=keepers)
    if request.method == "POST" and form.is_valid() and agency is not None:
        try:
            made = actions.add(agency=agency, by=actor(request), **form.values())
            notes.success(request, "已加入目录。")
            return redirect("publications:duty", key=made.key)
        except GongkaiError as error:
            form.add_error(None, sentence(error, "zh"))
    return render(request, "publications/duties/edit.html", {"form": form}, status=422 if form.errors else 200)


@member("keep")
@takes_a_form
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what an item says."""
    duty = found_one(request, key)
    policies.demand(actor(request), policies.KEEP, duty.agency)
    form = forms.item(duty.agency, request.POST or None, held=duty)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(duty, by=actor(request), seen=form.cleaned_data["seen"], **form.values())
            notes.success(request, "已保存。")
            return redirect("publications:duty", key=key)
        except Stale:
            form.add_error(None, "这一项刚被别人改过。请打开看最新内容，再把您的改动填进去。")
        except GongkaiError as error:
            form.add_error(None, sentence(error, "zh"))
    context = {"form": form, "duty": duty}
    return render(request, "publications/duties/edit.html", context, status=422 if form.errors else 200)


@member("read")
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One item: what it says, all that is expected of it with its proof, what was done with it."""
    return show(request, found_one(request, key), {})


def show(request: HttpRequest, duty: Duty, refused: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show an item with the forms of what the person may do; `refused` has, by act, the form that came back."""
    user = signed_in(request)
    may_keep, may_prepare = (policies.may(user, one, duty.agency) for one in (policies.KEEP, policies.PREPARE))
    (stood,) = queries.stood(Duty.objects.filter(pk=duty.pk))
    done = list(entries(Wanted(chains=(duty.agency.chain,), objects=(duty.key,)))[:_PAGE])
    called = people(entry.actor for entry in done)
    bound = duty.fulfilments.select_related("document").order_by("-pk")
    in_use = duty.state == "active"
    context = {
        "duty": duty, "stood": stood, "expected": list(reversed(stood.found)),
        "facts": [(head, cell) for head, cell in zip(queries.HEADS, queries.row(stood, 1), strict=True)][1 : queries.PUBLIC],
        "bound": [(one, queries.period_words(one)) for one in bound], "words": queries.STATE_WORDS, "badges": queries.BADGES,
        "history": [(entry.at, verb(entry.verb), called[entry.actor]) for entry in done],
        "may_edit": may_keep and in_use, "may_bind": may_prepare and in_use, "may_unbind": may_prepare,
        "may_confirm": may_prepare and in_use and duty.timing == "standing",
        "bind": refused.get("bind") or (forms.bind(duty) if may_prepare and in_use else None),
        "keep": _keeping(duty, refused) if may_keep else None, "refused": next(iter(refused.values()), None),
    }  # fmt: skip
    return render(request, "publications/duties/one.html", context, status=status)


def found_one(request: HttpRequest, key: str) -> Duty:
    """Return an item that the person may read. Raises Http404."""
    return get_object_or_404(policies.visible(signed_in(request)).select_related("agency"), key=key)


def _keeping(duty: Duty, refused: dict[str, Any]) -> tuple[str, str, Any]:
    """What whoever keeps the catalogue may do with an item besides changing it."""
    seen = {"seen": duty.version}
    if duty.state == "active":
        return "retire", "停用这一项", refused.get("retire") or forms.Reason(initial=seen, auto_id="retire_%s")
    return "restore", "恢复使用", refused.get("restore") or forms.Seen(initial=seen, auto_id="restore_%s")


def _keepers(request: HttpRequest) -> list[Any]:
    rows = named(policies.keepers(signed_in(request)), timezone.localdate())
    return [standing_as(row.agency, row) for row in rows]


def _counts(whole: list[queries.Stood]) -> list[tuple[str, str, str, int]]:
    held = queries.counted(whole)
    return [(state, word, queries.BADGES[state], held[state]) for state, word in queries.STATE_WORDS.items()]


def _asked(request: HttpRequest) -> tuple[list[queries.Stood], forms.Filters, list[queries.Stood]]:
    """The items asked for, those first that somebody has to look after; the form; and all of the agencies asked for."""
    user = signed_in(request)
    visible = policies.visible(user)
    with_items = named(policies.readable(user).filter(pk__in=visible.values("agency")), timezone.localdate())
    agencies = [(row.agency.key, row.name) for row in with_items[:_AGENCIES]]
    form = forms.Filters(request.GET, held=queries.fields_in_use(visible), agencies=agencies)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = visible.filter(state="retired" if wanted.get("state") == "retired" else "active")
    if wanted.get("agency"):
        rows = rows.filter(agency__key=wanted["agency"])
    whole = queries.stood(rows)
    if words := wanted.get("words"):
        rows = rows.filter(Q(first__icontains=words) | Q(second__icontains=words) | Q(content__icontains=words))
    if wanted.get("field"):
        catalogue, _, field = wanted["field"].partition(".")
        rows = rows.filter(catalogue=catalogue, field=field)
    keys = set(rows.values_list("pk", flat=True))
    found = [stood for stood in whole if stood.duty.pk in keys]
    if (state := wanted.get("state")) and state != "retired":
        found = [stood for stood in found if stood.state == state]
    return queries.in_order(found), form, whole
