"""The audit administrator's pages: find entries, export them, prove the chains."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.accounts import actions, forms, policies
from gongkai.web.accounts.access import actor, administrator
from gongkai.web.accounts.models import User
from gongkai.web.audit import chain, export, named, wording
from gongkai.web.audit import queries as audit
from gongkai.web.audit.said import chain_names, said

_administrator = administrator(policies.AUDIT)


@_administrator
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Entries, newest first, by chain, actor, verb, object and period."""
    form, wanted = _wanted(request)
    after = request.GET.get("after", "")
    page = audit.page(wanted, after=int(after) if after.isascii() and after.isdecimal() else None)
    return render(request, "accounts/audit.html", {**_listed(request, page), "form": form})


@_administrator
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Prove one chain or all, and say what was found."""
    asked = named.chains(request.POST.get("chain", "").strip())
    names = [name for name in audit.chains() if not asked or name in asked]
    called = chain_names(names)
    found = [chain.verify(name) for name in names]
    broken = [verdict for verdict in found if not verdict.whole]
    with chain.act(actor(request), "audit.verify", None, chain=actions.CHAIN, chains=len(found), broken=len(broken)):
        pass
    context = {
        "verdicts": [
            (verdict.whole, wording.verdict(verdict, "zh", called=called[verdict.chain]), verdict.chain)
            for verdict in [*broken, *_whole(found)]
        ],
        "broken": len(broken),
        "entries": sum(verdict.entries for verdict in found),
    }
    return render(request, "accounts/audit_verdict.html", context)


@_administrator
@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The wanted entries as CSV."""
    return _export(request, "csv", "text/csv; charset=utf-8")


@_administrator
@require_safe
def as_json(request: HttpRequest) -> HttpResponseBase:
    """The wanted entries as JSON."""
    return _export(request, "json", "application/json")


def _export(request: HttpRequest, form: str, kind: str) -> HttpResponseBase:
    _, wanted = _wanted(request)
    with chain.act(actor(request), "audit.export", None, chain=actions.CHAIN, format=form):
        pass
    lines = export.csv_lines if form == "csv" else export.json_lines
    answer = StreamingHttpResponse(lines(audit.everything(wanted)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="audit.{form}"'
    return answer


def _wanted(request: HttpRequest) -> tuple[forms.FindEntries, audit.Wanted]:
    """The form as filled in, and what it asks for; fields that are wrong do not narrow."""
    form = forms.FindEntries(request.GET, verbs=wording.verbs("zh"))
    form.is_valid()
    given: dict[str, Any] = dict(form.cleaned_data)
    return form, audit.Wanted(
        chains=named.chains(given.get("chain", "").strip()),
        actors=_actors(given.get("actor", "")),
        verb=given.get("verb", ""),
        objects=named.records(given.get("object_key", "").strip()),
        since=given.get("since"),
        until=given.get("until"),
    )


def _actors(written: str) -> tuple[str, ...]:
    """An actor as the audit writes it, or the person with a login or a name."""
    if not written:
        return ()
    keys = User.objects.filter(login=written.lower()) | User.objects.filter(name=written)
    return (written, *(f"user:{user.key}" for user in keys))


def _listed(request: HttpRequest, page: audit.Page) -> dict[str, Any]:
    asked = {name: value for name, value in request.GET.items() if name != "after" and value}
    return {
        "rows": said(page.entries),
        "asked": urlencode(asked),
        "older": urlencode({**asked, "after": page.after}) if page.after else "",
        "paged": "after" in request.GET,
    }


def _whole(found: list[chain.Verdict]) -> list[chain.Verdict]:
    return [verdict for verdict in found if verdict.whole]
