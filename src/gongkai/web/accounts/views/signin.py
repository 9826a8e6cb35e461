"""Coming in and going out: password, one-time code, setting up a telephone, invitations, and proving to be there."""

from __future__ import annotations

from django.contrib import messages as notes
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from gongkai import messages
from gongkai.errors import GongkaiError
from gongkai.web.accounts import actions, codes, forms, invitations, sessions, signin, tries
from gongkai.web.accounts.access import person, public, signed_in, takes_a_form
from gongkai.web.accounts.address import client_address
from gongkai.web.accounts.models import User
from gongkai.web.accounts.views.refused import TOO_MANY, next_page, sentence, shown_in, status

_FORBIDDEN = 403


@public
@takes_a_form
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for login and password."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_page(request, reverse("accounts:mine")))
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            wanted = next_page(request, "")
            user = signin.with_password(request, form.cleaned_data["login"], form.cleaned_data["password"])
            request.session[signin.NEXT] = wanted
            return redirect("accounts:code" if user.totp_secret else "accounts:set_up")
    wanted = next_page(request, "")
    return render(request, "accounts/sign_in.html", {"form": form, "next": wanted}, status=status(form))


@public
@takes_a_form
@sensitive_post_parameters("code")
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the one-time code of whoever has shown the password."""
    user = signin.pending(request)
    if user is None or not user.totp_secret:
        return _again(request)
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.session.get(signin.NEXT)
        with shown_in(form, "code"):
            signin.with_code(request, user, form.cleaned_data["code"])
            return HttpResponseRedirect(wanted or reverse("accounts:mine"))
    return render(request, "accounts/code.html", {"form": form}, status=status(form))


@public
@takes_a_form
@sensitive_post_parameters("code")
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Set up the telephone at the first sign-in, then show the recovery codes once."""
    user = signin.pending(request)
    if user is None or user.totp_secret:
        return _again(request)
    secret = signin.secret_to_set_up(request)
    form = forms.FirstCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.session.get(signin.NEXT)
        with shown_in(form, "code"):
            made = signin.with_new_telephone(request, user, form.cleaned_data["code"])
            return _recovery_codes(request, made, wanted or reverse("accounts:mine"))
    context = {"form": form, "secret": secret, "picture": codes.picture(secret, user.login)}
    return render(request, "accounts/set_up.html", context, status=status(form))


@public
@takes_a_form
@sensitive_post_parameters("new", "again")
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set name and password with a one-time link, then go on to the one-time code."""
    address = client_address(request)
    if isinstance(request.user, User):
        # Whoever made the link is signed in: it is for the other person, in a browser of that person's own.
        return render(request, "accounts/link_not_yours.html", status=_FORBIDDEN)
    found = invitations.find(token)
    if found is None:
        try:
            tries.take("invitation", "", address)
        except GongkaiError as error:
            return render(request, "accounts/link_gone.html", {"alert": sentence(error)}, status=TOO_MANY)
        return render(request, "accounts/link_gone.html", status=404)
    unnamed = found.user.administrator and not found.user.password_changed_at
    first = {"name": "" if unnamed else found.user.name}
    has_telephone = bool(found.user.totp_secret)
    form = forms.Accept(request.POST or None, initial=first, with_code=has_telephone)
    if request.method == "POST" and form.is_valid():
        with shown_in(form, "code" if has_telephone else None, password="new"):  # noqa: S106 - the name of a field
            given = form.cleaned_data
            if has_telephone:
                # Who made the link has it too: the password changes only for whoever has the telephone.
                validate_password(given["new"], found.user)
                signin.check_code(request, found.user, given["code"])
            user = actions.accept_invitation(token, name=given["name"], password=given["new"], address=address)
            if has_telephone:
                signin.come_in(request, user)
                return redirect("accounts:office")
            signin.wait_for_code(request, user)
            return redirect("accounts:set_up")
    context = {"form": form, "login": found.user.login, "until": found.expires_at}
    return render(request, "accounts/invitation.html", context, status=status(form))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    signin.leave(request)
    notes.success(request, messages.text("accounts.signed_out", "zh"))
    return redirect("accounts:sign_in")


@person
@takes_a_form
@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for a one-time code again before a dangerous act."""
    form = forms.Code(request.POST or None)
    wanted = next_page(request, reverse("accounts:mine"))
    if request.method == "POST" and form.is_valid():
        with shown_in(form, "code"):
            signin.check_code(request, signed_in(request), form.cleaned_data["code"])
            sessions.confirm(request)
            return HttpResponseRedirect(wanted)
    return render(request, "accounts/confirm.html", {"form": form, "next": wanted}, status=status(form))


@person
@require_safe
@never_cache
def office(_request: HttpRequest) -> HttpResponse:
    """The office's own address leads to the page that everybody in it has; the others stand in its sidebar."""
    return redirect("accounts:mine")


@person
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = signed_in(request)
    return render(request, "accounts/mine.html", {"left": codes.recovery_codes_left(user)})


@person
@takes_a_form
@sensitive_post_parameters("old", "new", "again")
@never_cache
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session ends, this one goes on under another key."""
    form = forms.ChangePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = signed_in(request)
        with shown_in(form, "old", password="new"):  # noqa: S106 - the name of a field
            given = form.cleaned_data
            actions.change_password(user, given["old"], given["new"], address=client_address(request))
            update_session_auth_hash(request, user)
            notes.success(request, messages.text("accounts.password_changed", "zh"))
            return redirect("accounts:mine")
    return render(request, "accounts/password.html", {"form": form}, status=status(form))


@person
@require_POST
@sessions.confirmed
@never_cache
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes for oneself and show them once."""
    made = actions.renew_recovery_codes(signed_in(request))
    return _recovery_codes(request, made, reverse("accounts:mine"))


def _recovery_codes(request: HttpRequest, made: list[str], onward: str) -> HttpResponse:
    return render(request, "accounts/recovery_codes.html", {"codes": made, "onward": onward})


def _again(request: HttpRequest) -> HttpResponse:
    """Send whoever has no password step behind them, or too long ago, to the beginning."""
    if isinstance(request.user, User):
        return redirect("accounts:mine")
    return redirect("accounts:sign_in")
