"""Tokens: made by a person after a one-time code, shown once, ended by many ways, and a door like any other."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts import actions, tokens, tries
from gongkai.web.accounts.models import Token, Tries
from gongkai.web.accounts.sessions import CONFIRMED
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.models import Entry
from tests.web.people import browser, person
from tests.web.programs import ROOT, good, program, refused, token
from tests.web.together import at_once

LIMIT, LIMIT_OF_ADDRESS, MANY = 5, 50, 1000
ATTACKER, VICTIM = "203.0.113.66", "198.51.100.9"
ME = f"{ROOT}/me"
one_by_one = pytest.mark.django_db
together = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def ask(written, address=ATTACKER):
    return Client(REMOTE_ADDR=address, HTTP_AUTHORIZATION=f"Bearer {written}").get(ME)


def wrong(written):
    return written[:-4] + ("aaaa" if not written.endswith("aaaa") else "bbbb")


@one_by_one
def test_a_token_is_made_on_the_page_shown_once_and_kept_only_as_a_digest():
    user = person()
    inside = browser(user)
    page = inside.post(reverse("accounts:new_token"), {"name": "汇总脚本", "scope": "read", "days": "30"})
    written = page.context["written"]
    assert written in page.content.decode()
    assert page["Cache-Control"].count("no-store")
    listed = inside.get(reverse("accounts:tokens")).content.decode()
    assert "汇总脚本" in listed
    assert written not in listed
    held = Token.objects.get()
    secret = written.rpartition("_")[2]
    assert secret not in " ".join(str(value) for value in Token.objects.values_list()[0])
    entry = Entry.objects.get(verb="accounts.make_token")
    assert (entry.object_key, entry.result) == (held.key, {"scope": "read", "days": 30})
    found = good(ask(written))
    assert (found["key"], found["token"]["scope"]) == (user.key, "read")


@one_by_one
def test_making_a_token_asks_for_a_one_time_code_again():
    inside = browser(person())
    session = inside.session
    session[CONFIRMED] = 0
    session.save()
    for method in ("get", "post"):
        answer = getattr(inside, method)(reverse("accounts:new_token"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("accounts:confirm"))
    assert not Token.objects.exists()


@one_by_one
def test_a_token_lasts_no_longer_than_the_installation_allows(monkeypatch):
    monkeypatch.setenv("GONGKAI_TOKEN_DAYS", "10")
    user = person()
    for days in (0, 11, 10**9):
        with pytest.raises(InvalidInput) as refusal:
            actions.make_token(user, "x", scope="read", days=days)
        assert refusal.value.code == "tokens.days"
    with pytest.raises(InvalidInput):
        actions.make_token(user, "x", scope="everything", days=1)
    page = browser(user).get(reverse("accounts:new_token")).content.decode()
    assert "10天" in page
    assert "90天" not in page
    for _ in range(tokens.MOST):
        actions.make_token(user, "x", scope="read", days=10)
    with pytest.raises(InvalidInput) as refusal:
        actions.make_token(user, "x", scope="read", days=10)
    assert refusal.value.code == "tokens.too_many"


def ended(user, security, system):
    by = Actor("user", user.key)
    return {
        "expired": lambda: Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1)),
        "revoked": lambda: actions.revoke_token(Token.objects.get(), by=by),
        "disabled": lambda: actions.disable(user, Actor("user", system.key)),
        "disabled and enabled": lambda: (
            actions.disable(user, Actor("user", system.key)),
            actions.enable(user, by=Actor("user", system.key)),
        ),
        "telephone lost": lambda: actions.reset_code(user, by=Actor("user", security.key)),
    }


@one_by_one
@pytest.mark.parametrize("how", ["expired", "revoked", "disabled", "disabled and enabled", "telephone lost"])
@pytest.mark.parametrize("remembered", [True, False])
def test_a_token_that_has_ended_opens_nothing_at_once(how, remembered):
    user, security, system = person(), person("s", administrator="security"), person("y", administrator="system")
    written = token(user)
    good(ask(written, VICTIM))
    if not remembered:
        cache.clear()
    ended(user, security, system)[how]()
    user.refresh_from_db()
    error = refused(answer := ask(written, VICTIM), 401, "tokens.wrong")
    assert answer["WWW-Authenticate"] == 'Bearer realm="gongkai", error="invalid_token"'
    assert "令牌" in error["message"]


@one_by_one
def test_only_the_person_revokes_a_token():
    user, other = person(), person("other")
    token(user)
    held = Token.objects.get()
    assert browser(other).post(reverse("accounts:revoke_token", args=[held.key])).status_code == 404
    good(program(user).get(ME))
    assert browser(user).post(reverse("accounts:revoke_token", args=[held.key])).status_code == 302
    held.refresh_from_db()
    assert held.revoked_at is not None


@one_by_one
def test_neither_a_session_nor_a_token_in_the_address_opens_a_door_for_tokens():
    user = person()
    written = token(user)
    inside = browser(user)
    error = refused(answer := inside.get(ME), 401, "tokens.missing")
    assert answer["WWW-Authenticate"] == 'Bearer realm="gongkai"'
    assert error["message"]
    refused(inside.post(f"{ROOT}/notices/x/read"), 401, "tokens.missing")
    refused(Client().get(ME, HTTP_AUTHORIZATION=f"Basic {written}"), 401, "tokens.missing")
    refused(Client().get(f"{ME}?token={written}"), 422, "api.parameter")


@one_by_one
def test_a_token_opens_no_page_of_the_office():
    user = person()
    answer = Client(HTTP_AUTHORIZATION=f"Bearer {token(user)}").get(reverse("accounts:mine"))
    assert answer.status_code == 302


@one_by_one
def test_the_token_counts_and_not_the_session_beside_it():
    user, other = person(), person("other")
    inside = browser(other)
    found = good(inside.get(ME, HTTP_AUTHORIZATION=f"Bearer {token(user)}"))
    assert found["key"] == user.key


@one_by_one
def test_the_day_of_the_last_use_is_kept():
    user = person()
    client = program(user)
    good(client.get(ME))
    good(client.get(ME))
    assert Token.objects.get().last_used == timezone.localdate()


@one_by_one
def test_what_is_private_is_kept_by_no_cache():
    answer = program(person()).get(ME)
    assert "no-store" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]
    assert "ETag" not in answer.headers


@one_by_one
def test_good_tokens_spend_no_tries_and_are_not_counted_again_for_a_while(django_assert_num_queries):
    client = program(person())
    for _ in range(LIMIT * 3):
        cache.clear()
        good(client.get(ME))
    assert Tries.objects.count() == 0
    with django_assert_num_queries(2):  # the token with its person, and the roles
        good(client.get(ME))


@one_by_one
@pytest.mark.parametrize("written", ["", "gk_", "gk__", "gk_x", "x" * 5000, "gk_\u4e2d\u6587_x", "gk_a_b_c", "null"])
def test_what_is_no_token_at_all_is_refused_and_counted(written):
    answer = Client(REMOTE_ADDR=ATTACKER, HTTP_AUTHORIZATION=f"Bearer {written}".encode().decode("latin-1")).get(ME)
    refused(answer, 401, "tokens.wrong")
    assert Tries.objects.count() == 2


@one_by_one
def test_after_too_many_wrong_ones_the_person_still_comes_in_from_elsewhere():
    user = person()
    written = token(user)
    answers = [ask(wrong(written)).status_code for _ in range(LIMIT + 2)]
    assert answers == [401] * LIMIT + [429] * 2
    blocked = ask(written)
    refused(blocked, 429, "accounts.blocked")
    assert 0 < int(blocked["Retry-After"]) <= 900
    good(ask(written, VICTIM))
    assert Entry.objects.filter(verb="accounts.refuse_sign_in", result__door="token").count() == LIMIT


@one_by_one
def test_others_at_the_same_address_come_in_while_one_token_is_blocked():
    written, others = token(person()), token(person("other"))
    for _ in range(LIMIT * 2):
        ask(wrong(written))
    good(ask(others))


def counting(monkeypatch):
    called, real = [], tokens._find
    monkeypatch.setattr(tokens, "_find", lambda written: called.append(written) or real(written))
    return called


@together
def test_of_a_thousand_tries_at_a_token_no_more_than_the_limit_are_evaluated(monkeypatch):
    written = token(person())
    evaluated = counting(monkeypatch)
    answers = at_once(lambda _: ask(wrong(written)).status_code, range(MANY))
    assert (answers.count(401), answers.count(429)) == (LIMIT, MANY - LIMIT)
    assert len(evaluated) == LIMIT
    cache.clear()
    good(ask(written, VICTIM))


@together
def test_of_a_thousand_tries_at_as_many_tokens_no_more_than_the_limit_of_the_address_are_evaluated(monkeypatch):
    evaluated = counting(monkeypatch)
    answers = at_once(lambda number: ask(f"gk_{number:014}_guess").status_code, range(MANY))
    assert len(answers) == MANY
    assert len(evaluated) == answers.count(401) == LIMIT_OF_ADDRESS
    assert answers.count(429) == MANY - LIMIT_OF_ADDRESS


@together
def test_a_good_token_used_by_many_at_once_is_never_refused():
    written = token(person())

    def use(_number):
        cache.clear()
        return ask(written).status_code

    assert at_once(use, range(120)) == [200] * 120


@together
def test_without_the_condition_in_the_update_more_than_the_limit_would_be_evaluated(monkeypatch):
    """The control: counting by reading first and writing afterwards, without a transaction, lets a crowd through."""
    written = token(person())
    evaluated = counting(monkeypatch)

    def naive(door, subject, address, proof):
        mark = tries._mark(door, subject, address)
        row, _ = Tries.objects.get_or_create(
            door=door, mark=mark, defaults={"address": address, "since": timezone.now()}
        )
        if row.used >= LIMIT:
            raise InvalidInput("accounts.blocked", minutes=1)
        found = proof()
        Tries.objects.filter(pk=row.pk).update(used=row.used + 1)
        return found

    monkeypatch.setattr(tries, "evaluated", naive)
    at_once(lambda _: ask(wrong(written)).status_code, range(200))
    assert len(evaluated) > LIMIT
