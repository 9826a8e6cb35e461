"""What a token's person is and is told."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router

from gongkai.web.accounts.access import actor, signed_in
from gongkai.web.accounts.models import Token
from gongkai.web.agencies import policies
from gongkai.web.agencies import queries as agencies
from gongkai.web.api import doors, office_shapes
from gongkai.web.api.agencies import named
from gongkai.web.api.answers import answer, instant
from gongkai.web.api.pages import Turn, page
from gongkai.web.api.parameters import After, Before, Limit
from gongkai.web.notices import actions, queries
from gongkai.web.notices.models import Notification

router = Router(tags=["own"])


@doors.person(router, "GET", "/me", office_shapes.Me)
def me(request: HttpRequest) -> HttpResponseBase:
    """Whose token it is, what it may do, and which roles the person has today."""
    user, today = signed_in(request), agencies.today()
    token: Token = request.auth  # type: ignore[attr-defined]  # put there by the door
    roles = [
        {
            "agency": named(agencies.standing(role.agency, today)),
            "role": role.role,
            "permissions": sorted(policies.ROLE_PERMISSIONS[role.role]),
            "permissions_below": sorted(policies.BELOW_PERMISSIONS.get(role.role, ())),
        }
        for role in policies.roles(user, today)
    ]
    shown = {"name": token.name, "scope": token.scope, "expires_at": instant(token.expires_at)}
    found = {"key": user.key, "name": user.name, "administrator": user.administrator, "token": shown, "roles": roles}
    return answer(request, found, private=True)


@doors.person(router, "GET", "/notices", office_shapes.Notices)
def notices(request: HttpRequest, after: After, before: Before, limit: Limit) -> HttpResponseBase:
    """What the person is told, the newest first."""
    turned = page(queries.visible(signed_in(request)), Turn(after, before, limit), newest_first=True)
    items = [_notice(notice) for notice in turned.records]
    return answer(request, {**turned.around(request), "items": items}, private=True)


@doors.person(router, "POST", "/notices/{slug:key}/read", office_shapes.Notice)
def read_notice(request: HttpRequest, key: str) -> HttpResponseBase:
    """Mark a notice as read; one that is read stays so."""
    notice = get_object_or_404(queries.visible(signed_in(request)), key=key)
    actions.mark_read(notice, by=actor(request))
    return answer(request, _notice(notice), private=True)


def _notice(notice: Notification) -> dict[str, object]:
    return {
        "key": notice.key,
        "title": notice.title,
        "body": notice.body,
        "address": notice.address,
        "at": instant(notice.created_at),
        "read_at": instant(notice.read_at),
    }
