"""The pages of people: the system administrator makes and shuts accounts, the security administrator gives and takes power."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages as notes
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from gongkai import messages
from gongkai.errors import GongkaiError
from gongkai.web.accounts import actions, forms, invitations, policies, queries, tries
from gongkai.web.accounts.access import actor, administrator, signed_in, takes_a_form
from gongkai.web.accounts.models import User
from gongkai.web.accounts.sessions import confirmed
from gongkai.web.accounts.views.refused import sentence, shown_in, status

_PAGE = 50
_both = administrator(policies.SYSTEM, policies.SECURITY)
_system = administrator(policies.SYSTEM)
_security = administrator(policies.SECURITY)


@_both
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    form = forms.FindPeople(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.people(wanted.get("words", ""), wanted.get("state", ""))
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"form": form, "page": page})


@_both
@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One person's account, with what the administrator at hand may do with it."""
    user = get_object_or_404(User, key=key)
    context = {
        "person": user,
        "oneself": user == signed_in(request),
        "blocked": tries.blocked_for(user.login, user.key),
        "form": forms.Appoint(),
    }
    return render(request, "accounts/person.html", context)


@_system
@takes_a_form
def new(request: HttpRequest) -> HttpResponse:
    """Make an account and show its link once."""
    form = forms.NewPerson(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, "login"):
            invited = actions.create(form.cleaned_data["login"], form.cleaned_data["name"], by=actor(request))
            return _link(request, invited)
    return render(request, "accounts/new.html", {"form": form}, status=status(form))


@_system
@require_POST
@confirmed
def invite(request: HttpRequest, key: str) -> HttpResponse:
    """Make another link for a person and show it once."""
    try:
        return _link(request, actions.invite(get_object_or_404(User, key=key), by=actor(request)))
    except GongkaiError as error:
        notes.error(request, sentence(error))
        return redirect("accounts:person", key=key)


@_system
@require_POST
@confirmed
def disable(request: HttpRequest, key: str) -> HttpResponse:
    """Shut an account."""
    return _done(request, key, lambda user: actions.disable(user, by=actor(request)), "disabled_now")


@_system
@require_POST
@confirmed
def enable(request: HttpRequest, key: str) -> HttpResponse:
    """Open a shut account."""
    return _done(request, key, lambda user: actions.enable(user, by=actor(request)), "enabled_now")


@_security
@require_POST
@confirmed
def appoint(request: HttpRequest, key: str) -> HttpResponse:
    """Make somebody else an administrator."""
    kind = request.POST.get("kind", "")
    return _done(request, key, lambda user: actions.appoint(user, kind, by=actor(request)), "appointed_now")


@_security
@require_POST
@confirmed
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    """Take an administrator's power."""
    return _done(request, key, lambda user: actions.dismiss(user, by=actor(request)), "dismissed_now")


@_security
@require_POST
@confirmed
def reset_code(request: HttpRequest, key: str) -> HttpResponse:
    """Let somebody who lost the telephone set up another."""
    return _done(request, key, lambda user: actions.reset_code(user, by=actor(request)), "code_reset_now")


@_security
@require_POST
def unlock(request: HttpRequest, key: str) -> HttpResponse:
    """Forget the failed tries at an account."""
    return _done(request, key, lambda user: actions.unlock(user, by=actor(request)), "unlocked_now")


def _done(request: HttpRequest, key: str, action: Callable[[User], object], said: str) -> HttpResponse:
    user = get_object_or_404(User, key=key)
    try:
        action(user)
    except GongkaiError as error:
        notes.error(request, sentence(error))
    else:
        notes.success(request, messages.text(f"accounts.{said}", "zh", name=user.name))
    return redirect("accounts:person", key=key)


def _link(request: HttpRequest, invited: actions.Invited) -> HttpResponse:
    context = {
        "person": invited.user,
        "address": request.build_absolute_uri(invitations.path(invited.token)),
        "days": invitations.GOOD_FOR.days,
    }
    return render(request, "accounts/link.html", context)
