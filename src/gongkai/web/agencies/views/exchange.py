"""The sheet of the tree: given out, looked through, taken over."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from gongkai.errors import GongkaiError
from gongkai.law.refusals import sentence
from gongkai.web.accounts.access import actor, administrator, takes_a_form
from gongkai.web.agencies import actions, forms, queries
from gongkai.web.agencies.exchange.lines import exported
from gongkai.web.agencies.exchange.plan import Plan, planned
from gongkai.web.agencies.exchange.sheet import read, write
from gongkai.web.agencies.models import Import
from gongkai.web.agencies.views.acting import CONFLICT, GOOD, WRONG

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200
_system = administrator("system")


@_system
@takes_a_form
def bring(request: HttpRequest) -> HttpResponse:
    """Give in a sheet; it is looked through at once and nothing changes yet."""
    form = forms.Upload(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            given, _ = actions.look_through(upload.read(), upload.name, by=actor(request))
        except GongkaiError as error:
            form.add_error("file", sentence(error, "zh"))
        else:
            return redirect("agencies:looked_through", given.key)
    status = WRONG if form.is_bound and form.errors else GOOD
    context = {"form": form, "past": Import.objects.exclude(applied_at=None)[:_SHOWN]}
    return render(request, "agencies/import.html", context, status=status)


@_system
@takes_a_form
def looked_through(request: HttpRequest, key: str) -> HttpResponse:
    """What a sheet would do, with every row's problems; and the button that takes it over."""
    given = get_object_or_404(Import, key=key)
    status, refused = GOOD, ""
    if request.method == "POST" and (form := forms.Confirm(request.POST)).is_valid():
        try:
            plan = actions.bring_in(given, by=actor(request), seen=form.cleaned_data["seen"])
        except GongkaiError as error:
            status, refused = CONFLICT, sentence(error, "zh")
        else:
            notes.success(request, f"已导入：新增{len(plan.added)}个，变更{len(plan.changed)}个。")
            return redirect("agencies:tree")
    given.refresh_from_db()
    plan = planned(read(bytes(given.content))) if given.applied_at is None else Plan()
    problems = [
        {"row": problem.row, "column": problem.column, "says": sentence(problem.error, "zh")}
        for problem in plan.problems[:_SHOWN]
    ]
    context = {
        "given": given,
        "plan": plan,
        "problems": problems,
        "refused": refused,
        "form": forms.Confirm(initial={"seen": given.version}),
        "shown": _SHOWN,
        "added": plan.added[:_SHOWN],
        "changed": plan.changed[:_SHOWN],
    }
    return render(request, "agencies/looked_through.html", context, status=status)


@_system
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The tree as it stands today."""
    del request
    return _file(write(exported()), f"agencies-{queries.today():%Y%m%d}.xlsx")


@_system
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """An empty sheet that says what goes where."""
    del request
    return _file(write((), template=True), "agencies-template.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=_XLSX, headers=headers)
