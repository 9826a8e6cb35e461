"""Accounts and the three administrators: links, first start, separation of powers, leaving."""

import itertools
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations import Migration
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts import access, actions, invitations, passwords, policies
from gongkai.web.accounts.models import ADMINISTRATORS, Invitation, User
from gongkai.web.agencies.models import Agency, Member
from gongkai.web.audit.actor import CONSOLE, SWEEP, VISITOR, Actor
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.audit.record import Stale
from tests.web.people import PASSWORD, browser, code, person
from tests.web.together import at_once

pytestmark = pytest.mark.django_db
KINDS = [kind for kind, _ in ADMINISTRATORS]


def by(user):
    return Actor("user", user.key)


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


@pytest.fixture
def three():
    """The three administrators, and a second of each so that none is the last."""
    made = {kind: person(f"{kind}1", administrator=kind) for kind in KINDS}
    for kind in KINDS:
        person(f"{kind}2", administrator=kind)
    return made


def test_the_first_start_gives_a_link_for_each_administrator_and_no_password():
    links = actions.first_links()
    assert list(links) == KINDS
    assert not any(invited.user.has_usable_password() for invited in links.values())
    assert {invited.user.administrator for invited in links.values()} == set(KINDS)
    kept = list(Invitation.objects.values_list("digest", flat=True))
    assert len(kept) == 3
    assert not {invited.token for invited in links.values()} & set(kept)


def test_links_are_given_again_until_each_is_used_and_then_no_more():
    first = actions.first_links()
    actions.accept_invitation(first["system"].token, name="甲", password=PASSWORD)
    second = actions.first_links()
    assert list(second) == ["security", "audit"]
    with pytest.raises(InvalidInput, match="link_gone"):
        actions.accept_invitation(first["audit"].token, name="乙", password=PASSWORD)
    for kind in ("security", "audit"):
        actions.accept_invitation(second[kind].token, name="丙", password=PASSWORD)
    with pytest.raises(InvalidInput, match="administrators_exist"):
        actions.first_links()
    assert User.objects.count() == 3


def test_an_invited_person_sets_name_and_password_and_goes_on_to_the_telephone(three):
    invited = actions.create("li.wei", "李", by=by(three["system"]))
    client = Client()
    assert "li.wei" in client.get(at("invitation", invited.token)).content.decode()
    form = {"name": "李伟", "new": PASSWORD, "again": PASSWORD}
    assert client.post(at("invitation", invited.token), form).url == at("set_up")
    user = User.objects.get(login="li.wei")
    assert (user.name, passwords.matches(user, PASSWORD)) == ("李伟", True)
    assert Client().get(at("invitation", invited.token)).status_code == 404


def test_a_link_survives_a_password_that_is_refused(three):
    invited = actions.create("li.wei", "李伟", by=by(three["system"]))
    with pytest.raises(ValidationError):
        actions.accept_invitation(invited.token, name="李伟", password="short")
    assert invitations.find(invited.token)
    page = Client().post(at("invitation", invited.token), {"name": "李伟", "new": "short", "again": "other"})
    assert page.status_code == 422
    assert "不一致" in page.content.decode()


def test_a_link_ends_after_seven_days_and_with_the_account(three):
    ends = []
    for login, spoil in [
        ("late", lambda user: user.invitations.update(expires_at=timezone.now() - timedelta(seconds=1))),
        ("left", lambda user: actions.disable(user, by(three["system"]))),
        ("again", lambda user: actions.invite(user, by=by(three["system"]))),
    ]:
        invited = actions.create(login, "某人", by=by(three["system"]))
        good_for = invited.user.invitations.get().expires_at - timezone.now()
        assert timedelta(days=6, hours=23) < good_for <= timedelta(days=7)
        spoil(invited.user)
        ends.append(invitations.find(invited.token))
    assert ends == [None, None, None]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_use_a_link_at_once_one_does():
    token = actions.first_links()["system"].token

    def use(number):
        try:
            actions.accept_invitation(token, name=f"第{number}人", password=f"{PASSWORD}-{number}")
        except InvalidInput:
            return 0
        return 1

    assert sum(at_once(use, range(20), workers=10)) == 1
    assert Entry.objects.filter(verb="accounts.accept_invitation").count() == 1


def test_a_lost_password_is_set_anew_by_link_and_only_with_the_telephone(three):
    user = person("forgetful")
    invited = actions.invite(user, by=by(three["system"]))
    client, before = Client(), user.password
    new = "绝知此事要躬行-2025"
    given = {"name": "某人", "new": new, "again": new}
    for wrong in ({}, {"code": "000000"}, {"code": code(user), "new": "short", "again": "short"}):
        assert client.post(at("invitation", invited.token), given | wrong).status_code == 422
    user.refresh_from_db()
    assert user.password == before
    assert client.get(at("mine")).status_code == 302
    assert client.post(at("invitation", invited.token), {**given, "code": code(user)}).url == at("office")
    assert client.get(at("mine")).status_code == 200


def test_no_two_administrators_steps_make_one_of_them_another(three):
    """A link and a reset telephone together would let the maker of the link come in as somebody else, in whatever order."""
    victim = three["audit"]
    link = actions.invite(victim, by=by(three["system"])).token
    victim.refresh_from_db()
    actions.reset_code(victim, by=by(three["security"]))
    assert invitations.find(link) is None
    victim.refresh_from_db()
    with pytest.raises(InvalidInput, match=r"accounts\.no_telephone"):
        actions.invite(victim, by=by(three["system"]))
    newcomer = User.objects.create_user("newcomer", name="新来的")
    assert actions.invite(newcomer, by=by(three["system"])).token


def test_whoever_has_signed_in_opens_no_link_and_uses_none(three):
    """The maker of a link could otherwise become the newcomer without a trace."""
    for who in ("system", "security"):
        invited = actions.create(f"newcomer-{who}", "新来的", by=by(three["system"]))
        address, client = at("invitation", invited.token), browser(three[who])
        new = "绝知此事要躬行-2025"
        for answer in (client.get(address), client.post(address, {"name": "某人", "new": new, "again": new})):
            assert answer.status_code == 403
            assert "请交给本人打开" in answer.content.decode()
        assert invitations.find(invited.token)
        invited.user.refresh_from_db()
        assert invited.user.password_changed_at is None


def test_the_audit_keeps_from_which_address_a_link_was_used(three):
    invited = actions.create("li.wei", "李伟", by=by(three["system"]))
    client, new = Client(REMOTE_ADDR="198.51.100.77"), "绝知此事要躬行-2025"
    client.post(at("invitation", invited.token), {"name": "李伟", "new": new, "again": new})
    entry = Entry.objects.get(verb="accounts.accept_invitation")
    assert re.fullmatch("[0-9a-f]{12}", entry.result["address"])
    page = browser(three["audit"]).get(at("audit"), {"verb": "accounts.accept_invitation"}).content.decode()
    assert f"来自地址（摘要值）：{entry.result['address']}" in page
    assert "198.51.100.77" not in page


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "Password2024!!", "P@ssw0rd2024!", "admin@123456", "woaini1314520", "abcdefghijklm",
        "qwertyuiop123", "1qaz2wsx3edc", "春眠春眠春眠春眠", "aaaaaaaaaaaaa", "信息公开2024-2024", "政府信息公开123456",
        "iloveyou!!!iloveyou", "abc123abc123", "qazwsxqazwsx",
    ],
)  # fmt: skip
def test_a_long_password_that_is_easy_to_guess_is_refused(three, password):
    invited = actions.create("li.wei", "李伟", by=by(three["system"]))
    with pytest.raises(ValidationError) as refused:
        actions.accept_invitation(invited.token, name="李伟", password=password)
    assert {"plain", "password_too_common"} & {error.code for error in refused.value.error_list}
    form = {"name": "李伟", "new": password, "again": password}
    page = Client().post(at("invitation", invited.token), form)
    assert page.status_code == 422
    assert "请换" in page.content.decode()


@pytest.mark.parametrize(
    "password",
    ["纸上得来终觉浅-2024", "correct horse battery", "zhangheng-1871-suanpan", "示范县的春天有三条清清的河"],
)
def test_a_sentence_of_ones_own_is_taken(three, password):
    invited = actions.create("li.wei", "李伟", by=by(three["system"]))
    assert actions.accept_invitation(invited.token, name="李伟", password=password).password


def test_the_page_shows_a_link_once(three):
    client = browser(three["system"])
    page = client.post(at("new"), {"login": "Wang.Fang", "name": "王芳"})
    link = re.search(r'value="(http://testserver[^"]+/invitation/[^"]+)"', page.content.decode())
    assert link
    user = User.objects.get(login="wang.fang")
    assert link[1] not in client.get(at("person", user.key)).content.decode()
    assert Client().get(link[1]).status_code == 200
    again = client.post(at("new"), {"login": "wang.fang", "name": "王芳"})
    assert again.status_code == 422
    assert "已经有人使用" in again.content.decode()


ACTS = {
    "create": ("system", lambda _user, actor: actions.create("new", "新人", by=actor)),
    "invite": ("system", lambda user, actor: actions.invite(user, by=actor)),
    "disable": ("system", lambda user, actor: actions.disable(user, actor)),
    "enable": ("system", lambda user, actor: actions.enable(user, by=actor)),
    "appoint": ("security", lambda user, actor: actions.appoint(user, "audit", by=actor)),
    "unlock": ("security", lambda user, actor: actions.unlock(user, by=actor)),
    "reset_code": ("security", lambda user, actor: actions.reset_code(user, by=actor)),
}


@pytest.mark.parametrize(("act", "who"), list(itertools.product(ACTS, [*KINDS, "nobody", "shut", "visitor"])))
def test_each_act_is_open_to_its_administrator_and_to_nobody_else(act, who, three):
    kind, does = ACTS[act]
    shut = person("shut", administrator=kind, is_active=False)
    actor = {
        **{one: by(three[one]) for one in KINDS},
        "nobody": by(person("nobody")),
        "shut": by(shut),
        "visitor": VISITOR,
    }
    user = person("somebody")
    if who == kind:
        does(user, actor[who])
        assert Entry.objects.filter(verb=f"accounts.{act}", actor=str(actor[who])).count() == 1
        return
    with pytest.raises(PermissionDenied):
        does(user, actor[who])
    assert not Entry.objects.exists()


def test_nobody_does_anything_to_their_own_account(three):
    system, security = three["system"], three["security"]
    refused = 0
    for does in (
        lambda: actions.disable(system, by(system)),
        lambda: actions.enable(system, by=by(system)),
        lambda: actions.invite(system, by=by(system)),
        lambda: actions.appoint(security, "system", by=by(security)),
        lambda: actions.dismiss(security, by=by(security)),
        lambda: actions.reset_code(security, by=by(security)),
    ):
        with pytest.raises(InvalidInput, match="not_oneself"):
            does()
        refused += 1
    assert refused == 6
    assert not Entry.objects.exists()


@pytest.mark.parametrize(("has", "gets"), list(itertools.product(KINDS, KINDS)))
def test_nobody_becomes_two_administrators(has, gets, three):
    user = person("somebody", administrator=has)
    with pytest.raises(InvalidInput, match="one_power"):
        actions.appoint(user, gets, by=by(three["security"]))
    user.refresh_from_db()
    assert user.administrator == has


@pytest.mark.parametrize("kind", ["root", "system,audit", ""])
def test_there_are_three_administrators_and_the_database_knows_no_other(kind, three):
    user = person("somebody")
    with pytest.raises(InvalidInput, match="unknown_administrator"):
        actions.appoint(user, kind, by=by(three["security"]))
    if kind:
        with pytest.raises(IntegrityError, match="administrator"), transaction.atomic():
            User.objects.filter(pk=user.pk).update(administrator=kind[:10])


def role(user, **fields):
    agency = Agency.objects.create(kind="department", level="county")
    return Member.objects.create(user=user, agency=agency, role="clerk", since=date(2020, 1, 1), **fields)


@pytest.mark.parametrize("kind", KINDS)
def test_the_database_refuses_a_role_in_an_agency_to_an_administrator(kind):
    user = person("somebody", administrator=kind)
    with pytest.raises(IntegrityError), transaction.atomic():
        role(user)
    held = role(person("other"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Member.objects.filter(pk=held.pk).update(user=user)
    assert Member.objects.filter(user=user).count() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_has_a_role_in_an_agency_becomes_no_administrator(kind, three):
    user = person("somebody")
    role(user)
    with pytest.raises(InvalidInput, match="one_power"):
        actions.appoint(user, kind, by=by(three["security"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(administrator=kind)
    user.refresh_from_db()
    assert user.administrator == ""


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_makes_a_table_anew_leaves_every_refusal_in_place():
    """SQLite forgets triggers with the table, and cannot make one anew that a trigger of another names."""
    remade = 0
    for model, name in ((Member, "role"), (User, "name"), (Entry, "verb"), (Chain, "head")):
        plan = [(Migration("some migration", "accounts"), False)]
        emit_pre_migrate_signal(0, False, "default", plan=plan)
        field = model._meta.get_field(name)
        longer = field.clone()
        longer.max_length = field.max_length + 1
        longer.set_attributes_from_name(name)
        longer.model = model
        with connection.schema_editor() as editor:
            editor.alter_field(model, field, longer)
        with connection.schema_editor() as editor:
            editor.alter_field(model, longer, field)
        emit_post_migrate_signal(0, False, "default", plan=plan)
        remade += 1
    assert remade == 4
    user = person("somebody")
    role(user)
    actions.create("another", "某人", by=CONSOLE)
    for refused in (
        lambda: User.objects.filter(pk=user.pk).update(administrator="audit"),
        lambda: role(person("other", administrator="audit")),
        lambda: Entry.objects.update(verb="x"),
        lambda: Chain.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            refused()


def test_a_role_that_has_ended_does_not_keep_one_from_becoming_an_administrator(three):
    user = person("somebody")
    role(user, until=date(2021, 1, 1))
    assert actions.appoint(user, "audit", by=by(three["security"])).administrator == "audit"


@pytest.mark.django_db(transaction=True)
def test_a_role_and_a_power_given_at_the_same_moment_are_not_both_held():
    security = person("sec", administrator="security")
    users = [person(f"u{number}") for number in range(12)]
    agency = Agency.objects.create(kind="department", level="county")

    def give(job):
        user, power = job
        try:
            if power:
                actions.appoint(User.objects.get(pk=user.pk), "audit", by=by(security))
            else:
                Member.objects.create(user=user, agency=agency, role="clerk", since=date(2020, 1, 1))
        except (IntegrityError, InvalidInput):
            return 0
        return 1

    given = at_once(give, [(user, power) for user in users for power in (True, False)], workers=8)
    assert sum(given) == len(users)
    assert not Member.objects.exclude(user__administrator="").exists()


def test_the_last_administrator_of_a_kind_is_neither_dismissed_nor_shut():
    made = {kind: person(kind, administrator=kind) for kind in KINDS}
    with pytest.raises(InvalidInput, match="last_administrator"):
        actions.dismiss(made["audit"], by=by(made["security"]))
    with pytest.raises(InvalidInput, match="last_administrator"):
        actions.disable(made["audit"], by(made["system"]))
    person("audit2", administrator="audit")
    assert actions.dismiss(made["audit"], by=by(made["security"])).administrator == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [actions.dismiss, lambda user, by: actions.disable(user, by)])
def test_of_two_administrators_who_end_each_other_at_once_one_stays(act):
    kind = "security" if act is actions.dismiss else "system"
    for number in range(10):
        User.objects.filter(administrator=kind).update(administrator="")
        one, two = (person(f"{kind}{number}{which}", administrator=kind) for which in "ab")

        def end(pair):
            try:
                act(User.objects.get(pk=pair[0].pk), by=by(pair[1]))
            except (InvalidInput, PermissionDenied):
                return False
            return True

        assert at_once(end, [(one, two), (two, one)], workers=2).count(True) == 1
        assert User.objects.filter(administrator=kind, is_active=True).count() == 1


def test_asked_before_either_acts_both_administrators_end_each_other(monkeypatch):
    """The control: both ask whether there is another before the first has acted."""
    pair = [person(f"security{which}", administrator="security") for which in "ab"]
    for user in pair:
        policies.require_another_administrator(user)
    monkeypatch.setattr(policies, "require_another_administrator", lambda _user: None)
    monkeypatch.setattr(policies, "require", lambda *_: None)
    for user, other in (pair, pair[::-1]):
        actions.dismiss(user, by=by(other))
    assert not User.objects.filter(administrator="security").exists()


def test_the_console_and_the_sweep_are_named_in_the_audit():
    actions.create("one", "某人", by=CONSOLE)
    actions.create("two", "某人", by=SWEEP)
    assert list(Entry.objects.order_by("number").values_list("actor", flat=True)) == ["console", "sweep"]


def addresses():
    """Every address of the platform with its view's mark."""

    def walk(patterns):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns)
            else:
                yield pattern

    return [pattern for pattern in walk(get_resolver().url_patterns) if hasattr(pattern.callback, "access")]


def test_pages_of_people_and_audit_are_open_to_their_administrators_and_closed_to_all_others(three):
    somebody = person("somebody")
    clients = {kind: browser(user) for kind, user in three.items()}
    clients["nobody"] = browser(somebody)
    asked = 0
    for pattern in addresses():
        mark = pattern.callback.access
        if mark.door != "administrator" or "accounts.views" not in pattern.callback.__module__:
            continue
        args = [somebody.key] if "key" in pattern.pattern.converters else []
        address = at(pattern.name, *args)
        assert Client().get(address).url.startswith(at("sign_in"))
        for who, client in clients.items():
            status = client.get(address).status_code
            assert (status == 403) is (who not in mark.needs.split("|")), (address, who, status)
            asked += 1
    assert asked >= 50


def test_no_administrator_passes_a_door_for_members_of_agencies(three, rf):
    opened, view = [], access.member("cases.read")(lambda _request: opened.append(1))
    refused = 0
    for user in three.values():
        request = rf.get("/office/cases/")
        request.user = user
        with pytest.raises(PermissionDenied):
            view(request)
        refused += 1
    assert (refused, opened) == (3, [])
    for pattern in addresses():
        if pattern.callback.access.door == "member":
            request = rf.get("/")
            request.user = three["system"]
            if pattern.callback.access.by == "token":
                assert pattern.callback(request).status_code in (401, 405), "a session opens no door for tokens"
                continue
            with pytest.raises(PermissionDenied):
                pattern.callback(request)


def test_the_pages_of_people_list_find_and_do(three):
    user = person("zhang.min", name="张敏")
    system, security = browser(three["system"]), browser(three["security"])
    assert "张敏" in system.get(at("people"), {"words": "张"}).content.decode()
    assert "没有符合条件的用户" in system.get(at("people"), {"words": "无此人"}).content.decode()
    assert security.post(at("appoint", user.key), {"kind": "audit"}).status_code == 302
    user.refresh_from_db()
    assert user.administrator == "audit"
    assert system.post(at("disable", user.key)).status_code == 302
    page = system.get(at("person", user.key)).content.decode()
    assert "已停用" in page
    assert "启用账号" in page
    assert system.post(at("invite", user.key), follow=True).status_code == 200
    own = system.post(at("disable", three["system"].key), follow=True).content.decode()
    assert "不能对自己的账号做这件事" in own


def test_resetting_the_telephone_signs_the_person_out_everywhere(three):
    user = person("lost")
    client = browser(user)
    user.refresh_from_db()
    actions.reset_code(user, by=by(three["security"]))
    assert client.get(at("mine")).status_code == 302


@pytest.mark.parametrize("key", ["nobody", "%00", "a%00b", "A" * 300, "..%2f"])
def test_an_address_of_nobody_is_not_found(key, three):
    client, asked = browser(three["system"]), 0
    for name in ("person", "invite", "disable", "enable"):
        address = at(name, "abc").replace("abc", key)
        method = client.get if name == "person" else client.post
        assert method(address).status_code == 404
        asked += 1
    assert asked == 4


def test_of_two_who_change_one_account_the_second_is_told(three):
    user = person("somebody")
    again = User.objects.get(pk=user.pk)
    actions.disable(user, by(three["system"]))
    with pytest.raises(Stale):
        actions.reset_code(again, by=by(three["security"]))
    assert not Entry.objects.filter(verb="accounts.reset_code").exists()
