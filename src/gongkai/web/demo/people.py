"""The people of the demonstration county: every role, somebody on leave with a cover, somebody who left and handed over.

Nobody has a password: everybody comes in by a link of their own, as real people do.
"""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from gongkai.web.accounts import actions as accounts
from gongkai.web.accounts.models import ADMINISTRATORS, User
from gongkai.web.agencies import actions, queries
from gongkai.web.agencies.actions.people import Period
from gongkai.web.agencies.models import ROLES, Agency, Member
from gongkai.web.audit.actor import Actor
from gongkai.web.demo.county import COUNTY, OFFICE

PREFIX = "demo."
LINKS_FILE = "demo-links.txt"
_STEMS = "甲乙丙丁戊己庚辛"
_SINCE = date(2021, 3, 1)
_FEW = (("clerk",), ("reviewer", "secrecy_reviewer", "approver"))
_SOME = (("clerk",), ("reviewer",), ("secrecy_reviewer",), ("approver",))
_OFFICE_ROLES = (
    ("head",), ("supervisor",), ("clerk",), ("reviewer",), ("secrecy_reviewer",), ("approver",), ("reader",),
)  # fmt: skip
_TOWN = (("clerk",), ("reviewer", "secrecy_reviewer"), ("approver",))
_TEAMS: dict[str, tuple[str, str, tuple[tuple[str, ...], ...]]] = {
    OFFICE: ("office", "县办", _OFFICE_ROLES),
    "示范县教育局": ("education", "教育", _SOME),
    "示范县民政局": ("civil", "民政", _SOME),
    "示范县财政局": ("finance", "财政", _FEW),
    "示范县自然资源局": ("land", "自然资源", _FEW),
    "示范县卫生健康委员会": ("health", "卫健", _FEW),
    "示范县市场监督管理局": ("market", "市监", _FEW),
    "示范县青山镇人民政府": ("qingshan", "青山", _TOWN),
    "示范县东河镇人民政府": ("donghe", "东河", _TOWN),
    "示范县南塘乡人民政府": ("nantang", "南塘", _TOWN),
    "示范县北岭乡人民政府": ("beiling", "北岭", _TOWN),
}
_ALSO_FOR_THE_COUNTY = ("clerk", "approver")
_ON_LEAVE, _STANDS_IN, _LEFT, _TAKES_OVER = (
    "demo.civil.clerk", "demo.civil.reviewer", "demo.education.left", "demo.education.clerk",
)  # fmt: skip


class Link(NamedTuple):
    """Somebody's link: the name, what the person is, in which agency, and the token, which is kept nowhere."""

    name: str
    role: str
    agency: str
    login: str
    token: str


def make_people(agencies: dict[str, Agency], by: Actor) -> list[Link]:
    """Make those people who are not there yet, with their roles; return a link for everybody who is new.

    Roles are given by the county's own security administrator, as the rules want it; `by` only opens accounts.
    """
    tokens: dict[str, str] = {}
    for kind, title in ADMINISTRATORS:
        user = _person(f"{PREFIX}{kind}", f"示范{title[:2]}甲", tokens, by)
        if not user.administrator:
            accounts.appoint(user, kind, by=by)
    admin = Actor("user", User.objects.get(login=f"{PREFIX}security").key)
    for name, (team, short, posts) in _TEAMS.items():
        for stem, roles in zip(_STEMS, posts, strict=False):
            user = _person(f"{PREFIX}{team}.{roles[0]}", f"示范{short}{stem}", tokens, by)
            for role in roles:
                _give(user, agencies[name], role, admin)
                if team == "office" and role in _ALSO_FOR_THE_COUNTY:
                    _give(user, agencies[COUNTY], role, admin)
    _somebody_left(agencies["示范县教育局"], tokens, by, admin)
    _somebody_on_leave(admin)
    return _links(tokens)


def new_links(by: Actor) -> list[Link]:
    """Make a new link for everybody of the county who has an account in use; earlier links end."""
    people = User.objects.filter(login__startswith=PREFIX, is_active=True).order_by("pk")
    return _links({user.login: accounts.invite(user, by=by).token for user in people})


def who_acts(agency: Agency, role: str) -> Actor:
    """Return the person of the county who holds a role in an agency today."""
    today = queries.today()
    held = Member.objects.filter(
        agency=agency, role=role, since__lte=today, user__login__startswith=PREFIX, user__is_active=True
    )
    user = held.exclude(until__lte=today).order_by("pk").values_list("user__key", flat=True)[0]
    return Actor("user", user)


def keep_links(text: str) -> Path:
    """Write the links into the data folder, readable by nobody but its owner, in place of earlier ones."""
    path = Path(settings.DATA) / LINKS_FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    return path


def _person(login: str, name: str, tokens: dict[str, str], by: Actor) -> User:
    held = User.objects.filter(login=login).first()
    if held is not None:
        return held
    invited = accounts.create(login, name, by=by)
    tokens[login] = invited.token
    return invited.user


def _give(user: User, agency: Agency, role: str, admin: Actor) -> None:
    if not Member.objects.filter(user=user, agency=agency, role=role).exists():
        actions.grant(agency, user=user, role=role, since=_SINCE, by=admin)


def _somebody_left(agency: Agency, tokens: dict[str, str], by: Actor, admin: Actor) -> None:
    """Somebody was clerk and reader, handed over to a colleague, and has an account that is shut."""
    left = _person(_LEFT, "示范教育戊", tokens, by)
    tokens.pop(_LEFT, None)
    if not left.is_active:
        return
    _give(left, agency, "reader", admin)
    colleague = User.objects.get(login=_TAKES_OVER)
    if Member.objects.filter(user=left, until__isnull=True).exists():
        day = queries.today() - timedelta(days=30)
        actions.hand_over(left, to=colleague, on=day, reason="调离本单位，工作已当面移交。", by=admin)
    accounts.disable(left, by)


def _somebody_on_leave(admin: Actor) -> None:
    absent, colleague = (User.objects.get(login=login) for login in (_ON_LEAVE, _STANDS_IN))
    if Member.objects.filter(covers__user=absent).exists():
        return
    today = queries.today()
    during = Period(today - timedelta(days=5), today + timedelta(days=40))
    actions.cover(absent, during=during, by_colleague=colleague, by=admin)


def _links(tokens: dict[str, str]) -> list[Link]:
    return [_link(User.objects.get(login=login), token) for login, token in tokens.items()]


def _link(user: User, token: str) -> Link:
    """What a person is and where, as the roles say that hold for good."""
    held = list(Member.objects.filter(user=user, until__isnull=True, covers=None).order_by("pk"))
    words, order = dict(ROLES), [role for role, _ in ROLES]
    roles = sorted({member.role for member in held}, key=order.index)
    agency = queries.standing(held[0].agency, queries.today()).name if held else "—"
    said = user.get_administrator_display() if user.administrator else "、".join(words[role] for role in roles)
    return Link(user.name, said, agency, user.login, token)
