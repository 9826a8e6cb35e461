"""Doors that are tried too often: no more than the limit is evaluated, and the victim comes in from elsewhere."""

import time
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client
from django.urls import reverse

from gongkai.errors import InvalidInput
from gongkai.web.accounts import actions, codes, passwords, tries
from gongkai.web.accounts.models import Tries
from gongkai.web.audit.actor import Actor
from tests.web.people import PASSWORD, browser, code, person
from tests.web.together import at_once

LIMIT, LIMIT_OF_ADDRESS, MANY = 5, 50, 1000
ATTACKER, VICTIM = "203.0.113.66", "198.51.100.7"
one_by_one = pytest.mark.django_db
together = pytest.mark.django_db(transaction=True)


def counting(monkeypatch, module, name):
    """Count the calls of a function and let it do its work."""
    called, real = [], getattr(module, name)
    monkeypatch.setattr(module, name, lambda *given: called.append(given) or real(*given))
    return called


def sign_in(login, password="wrong", address=ATTACKER):
    client = Client(REMOTE_ADDR=address)
    return client.post(reverse("accounts:sign_in"), {"login": login, "password": password}).status_code


@together
def test_of_a_thousand_tries_at_a_login_no_more_than_the_limit_are_evaluated(monkeypatch):
    victim = person("victim")
    passwords._nobodys()
    evaluated = counting(monkeypatch, passwords, "check_password")
    answers = at_once(sign_in, ["victim"] * MANY)
    assert (answers.count(422), answers.count(429)) == (LIMIT, MANY - LIMIT)
    assert len(evaluated) == LIMIT
    assert sign_in("victim", PASSWORD) == 429
    assert browser(victim, address=VICTIM).get(reverse("accounts:mine")).status_code == 200


@together
def test_of_a_thousand_tries_at_as_many_logins_from_one_address_no_more_than_its_limit_are_evaluated(monkeypatch):
    victim = person("login-7")
    passwords._nobodys()
    evaluated = counting(monkeypatch, passwords, "check_password")
    answers = at_once(sign_in, [f"login-{number}" for number in range(MANY)])
    assert len(answers) == MANY
    assert len(evaluated) == answers.count(422) == LIMIT_OF_ADDRESS
    assert browser(victim, address=VICTIM).get(reverse("accounts:mine")).status_code == 200


@together
def test_of_a_thousand_tries_at_a_one_time_code_no_more_than_the_limit_are_evaluated(monkeypatch):
    victim = person("victim")
    client = Client(REMOTE_ADDR=ATTACKER)
    client.post(reverse("accounts:sign_in"), {"login": "victim", "password": PASSWORD})
    evaluated = counting(monkeypatch, codes, "use")

    def guess(number):
        other = Client(REMOTE_ADDR=ATTACKER)
        other.cookies = client.cookies
        return other.post(reverse("accounts:code"), {"code": f"x{number:05}"}).status_code

    answers = at_once(guess, range(MANY))
    assert len(answers) == MANY
    assert len(evaluated) == LIMIT
    assert browser(victim, address=VICTIM).get(reverse("accounts:mine")).status_code == 200


@together
def test_of_a_thousand_tries_at_the_old_password_no_more_than_the_limit_are_evaluated(monkeypatch):
    user = person("victim")
    evaluated = counting(monkeypatch, passwords, "matches")

    def guess(_number):
        with pytest.raises(InvalidInput):
            actions.change_password(user, "wrong", "绝知此事要躬行-2025", address=ATTACKER)

    assert len(at_once(guess, range(MANY))) == MANY
    assert len(evaluated) == LIMIT


@together
def test_of_tries_at_links_no_more_than_the_limit_of_the_address_are_answered_as_unknown():
    def guess(number):
        return Client(REMOTE_ADDR=ATTACKER).get(reverse("accounts:invitation", args=[f"guess{number}"])).status_code

    answers = at_once(guess, range(200))
    assert len(answers) == 200
    assert (answers.count(404), answers.count(429)) == (LIMIT_OF_ADDRESS, 200 - LIMIT_OF_ADDRESS)


@together
def test_without_the_condition_in_the_update_more_than_the_limit_would_be_evaluated(monkeypatch):
    """The control: counting by reading first and writing afterwards lets a crowd through."""

    def naive(door, mark, subject, address, limit):
        del subject, address
        row = Tries.objects.filter(door=door, mark=mark).first()
        time.sleep(0.05)
        if row and row.used >= limit:
            return False
        Tries.objects.filter(door=door, mark=mark).update(used=F("used") + 1)
        return True

    person("victim")
    passwords._nobodys()
    tries.take("sign-in", "victim", ATTACKER)
    Tries.objects.update(used=0)
    monkeypatch.setattr(tries, "_count", naive)
    monkeypatch.setattr(tries.transaction, "atomic", lambda **_: nullcontext())
    evaluated = []

    def guess(_number):
        try:
            tries.take("sign-in", "victim", ATTACKER)
        except InvalidInput:
            return
        evaluated.append(1)

    at_once(guess, range(100))
    assert len(evaluated) > LIMIT


@one_by_one
def test_what_is_locked_opens_again_after_the_window():
    for _ in range(LIMIT):
        tries.take("sign-in", "somebody", ATTACKER)
    with pytest.raises(InvalidInput) as refused:
        tries.take("sign-in", "somebody", ATTACKER)
    assert (refused.value.code, refused.value.facts) == ("accounts.blocked", {"minutes": 15})
    Tries.objects.update(since=F("since") - timedelta(minutes=16))
    tries.take("sign-in", "somebody", ATTACKER)


@one_by_one
def test_whoever_is_blocked_does_not_spend_the_tries_of_everybody_at_the_address():
    for _ in range(LIMIT_OF_ADDRESS):
        try:
            tries.take("sign-in", "forgetful", ATTACKER)
        except InvalidInput:
            continue
    assert Tries.objects.get(subject="").used == LIMIT
    tries.take("sign-in", "colleague", ATTACKER)


@one_by_one
def test_a_good_sign_in_forgets_the_tries_before_it():
    user = person()
    for _ in range(LIMIT - 1):
        sign_in(user.login, address=VICTIM)
    browser(user, address=VICTIM)
    assert [sign_in(user.login, address=VICTIM) for _ in range(LIMIT)] == [422] * LIMIT


@one_by_one
def test_the_security_administrator_sees_and_ends_a_lock():
    user, security = person(), person("sec", administrator="security")
    for _ in range(LIMIT):
        sign_in(user.login)
    assert [counter.address for counter in tries.blocked_for(user.login)] == [ATTACKER]
    page = browser(security).get(reverse("accounts:person", args=[user.key]))
    assert ATTACKER in page.content.decode()
    assert actions.unlock(user, by=Actor("user", security.key)) == 1
    assert sign_in(user.login) == 422


@one_by_one
def test_a_login_that_nobody_has_is_locked_like_any_other():
    person("known")
    seen = {login: [sign_in(login) for _ in range(LIMIT + 2)] for login in ("known", "nobody")}
    assert seen["known"] == seen["nobody"] == [422] * LIMIT + [429] * 2


@one_by_one
def test_neither_a_login_nor_its_plain_digest_is_kept():
    sign_in("secret-login")
    kept = " ".join(f"{row.mark} {row.subject} {row.address}" for row in Tries.objects.all())
    assert kept
    assert "secret-login" not in kept


@one_by_one
@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        ("0", "192.0.2.1", "203.0.113.66"),
        ("1", "192.0.2.1", "192.0.2.1"),
        ("1", "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        ("2", "6.6.6.6, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        ("1", "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("1", "::ffff:192.0.2.1", "192.0.2.1"),
        ("1", "not an address", "unknown"),
    ],
)
def test_the_address_is_the_one_that_the_outermost_proxy_saw(proxies, header, address, monkeypatch, rf):
    from gongkai.web.accounts.address import client_address

    monkeypatch.setenv("GONGKAI_PROXIES", proxies)
    request = rf.get("/", REMOTE_ADDR=ATTACKER, HTTP_X_FORWARDED_FOR=header)
    assert client_address(request) == address


@one_by_one
def test_counters_that_no_longer_count_are_cleared_away():
    tries.take("sign-in", "somebody", ATTACKER)
    assert tries.forget_expired() == 0
    Tries.objects.update(since=F("since") - timedelta(minutes=16))
    assert tries.forget_expired() == 2


@one_by_one
def test_a_code_counts_against_the_person_at_the_address_and_not_elsewhere():
    user = person()
    client = Client(REMOTE_ADDR=ATTACKER)
    client.post(reverse("accounts:sign_in"), {"login": user.login, "password": PASSWORD})
    for _ in range(LIMIT):
        client.post(reverse("accounts:code"), {"code": "000000x"})
    assert client.post(reverse("accounts:code"), {"code": code(user)}).status_code == 429
    assert browser(user, address=VICTIM).get(reverse("accounts:mine")).status_code == 200
