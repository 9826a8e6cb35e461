"""The pages of one's own tokens: which there are, making one and seeing it once, ending one."""

from __future__ import annotations

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai import messages
from gongkai.web.accounts import actions, forms, sessions, tokens
from gongkai.web.accounts.access import actor, person, signed_in, takes_a_form
from gongkai.web.accounts.views.refused import shown_in, status


@person
@require_safe
@never_cache
def listing(request: HttpRequest) -> HttpResponse:
    """One's own tokens that are good."""
    context = {"tokens": tokens.good(signed_in(request)), "most": tokens.MOST}
    return render(request, "accounts/tokens.html", context)


@person
@takes_a_form
@sessions.confirmed
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Make a token, after a one-time code, and show it once."""
    form = forms.NewToken(request.POST or None, longest=tokens.longest())
    if request.method == "POST" and form.is_valid():
        with shown_in(form):
            given = form.cleaned_data
            made = actions.make_token(
                signed_in(request), given["name"], scope=given["scope"], days=int(given["days"])
            )
            context = {"made": made.token, "written": made.written, "example": _example(request)}
            return render(request, "accounts/token.html", context)
    return render(request, "accounts/new_token.html", {"form": form}, status=status(form))


@person
@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """End a token."""
    token = get_object_or_404(signed_in(request).tokens, key=key)
    actions.revoke_token(token, by=actor(request))
    notes.success(request, messages.text("tokens.revoked", "zh", name=token.name))
    return redirect("accounts:tokens")


def _example(request: HttpRequest) -> str:
    """The address at which a token says whose it is."""
    return request.build_absolute_uri(reverse("api:me"))
