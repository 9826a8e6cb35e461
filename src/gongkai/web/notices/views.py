"""What a person is told in the site: the list, and going to a matter, which marks its notice as read."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from gongkai.web.accounts.access import actor, person, signed_in
from gongkai.web.notices import actions, queries

_PAGE = 50


@person
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All notices for the person, the newest first."""
    page = Paginator(queries.visible(signed_in(request)), _PAGE).get_page(request.GET.get("page"))
    return render(request, "notices/list.html", {"page": page})


@person
@require_POST
def go(request: HttpRequest, key: str) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    notice = get_object_or_404(queries.visible(signed_in(request)), key=key)
    actions.mark_read(notice, by=actor(request))
    if notice.address and url_has_allowed_host_and_scheme(notice.address, allowed_hosts=None):
        return redirect(notice.address)
    return redirect("notices:list")
