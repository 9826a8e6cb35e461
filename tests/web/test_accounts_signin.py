"""Coming in: password, one-time code, recovery codes, sessions and their limits."""

import io
import re

import pyotp
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from gongkai.web.accounts import actions, bodies, codes, passwords, sessions
from gongkai.web.accounts.models import RecoveryCode, User
from gongkai.web.audit.models import Entry
from tests.web.people import PASSWORD, browser, code, person

pytestmark = pytest.mark.django_db
SIGN_IN, CODE, SET_UP, MINE = "sign_in", "code", "set_up", "mine"


def at(name, *args):
    return reverse(f"accounts:{name}", args=args)


def give_password(client, login, password=PASSWORD):
    return client.post(at(SIGN_IN), {"login": login, "password": password})


def test_a_person_comes_in_with_password_and_code_and_goes_out():
    user = person()
    client = browser(user)
    assert client.get(at(MINE)).context["user"] == user
    client.post(at("sign_out"))
    assert client.get(at(MINE)).status_code == 302
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["accounts.sign_in", "accounts.sign_out"]


def test_the_password_alone_opens_nothing():
    user, client = person(), Client()
    assert give_password(client, user.login).url == at(CODE)
    assert client.get(at(MINE)).url.startswith(at(SIGN_IN))


def test_a_login_is_known_however_it_is_written():
    user, client = person("li.wei"), Client()
    assert give_password(client, " Li.Wei ").url == at(CODE)
    assert user.login == "li.wei"


def test_unknown_login_shut_account_and_wrong_password_are_told_the_same_for_the_same_work(monkeypatch):
    person("known")
    person("shut", is_active=False)
    User.objects.create_user("waiting", name="没有密码的人")
    worked = []
    checked = passwords.check_password
    monkeypatch.setattr(passwords, "check_password", lambda *given: worked.append(1) or checked(*given))
    passwords._nobodys()
    pages = {}
    for login, password in [("known", "wrong"), ("nobody", "wrong"), ("shut", PASSWORD), ("waiting", "wrong")]:
        worked.clear()
        answer = give_password(Client(REMOTE_ADDR="192.0.2.1"), login, password)
        page = re.sub(r'value="[^"]*"', "", answer.content.decode())
        pages[login] = (answer.status_code, page, len(worked))
    assert len(pages) == 4
    assert len(set(pages.values())) == 1
    assert next(iter(pages.values()))[2] == 1


def test_passwords_are_kept_with_scrypt():
    from gongkai.web.settings import platform as settings

    assert settings.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")


def test_a_session_has_another_key_after_the_password_and_after_the_code():
    user, client = person(), Client()
    client.get(at(SIGN_IN))
    seen = []
    give_password(client, user.login)
    seen.append(client.session.session_key)
    client.post(at(CODE), {"code": code(user)})
    seen.append(client.session.session_key)
    assert len(set(seen)) == 2
    assert not Session.objects.filter(session_key=seen[0]).exists()


def test_a_code_is_good_once():
    user = person()
    browser(user)
    second = Client()
    used = code(user)
    give_password(second, user.login)
    answer = second.post(at(CODE), {"code": used})
    assert answer.status_code == 422
    assert "已经用过" in answer.content.decode()


def test_codes_one_step_off_are_good_and_two_are_not():
    user = person()
    assert codes.step_of(user.totp_secret, code(user, -1)) is not None
    assert codes.step_of(user.totp_secret, code(user, 1)) is not None
    assert codes.step_of(user.totp_secret, code(user, -3)) is None


def test_a_recovery_code_stands_in_once_and_is_kept_only_as_a_digest():
    user = person()
    made = codes.renew_recovery_codes(user)
    assert len(made) == codes.RECOVERY_CODES
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert kept
    assert not kept & set(made)
    for expected in (302, 422):
        client = Client()
        give_password(client, user.login)
        assert client.post(at(CODE), {"code": made[0].upper()}).status_code == expected
    assert codes.recovery_codes_left(user) == codes.RECOVERY_CODES - 1


def test_the_first_sign_in_sets_up_a_telephone_and_shows_recovery_codes_once():
    user, client = person(totp_secret=""), Client()
    assert give_password(client, user.login).url == at(SET_UP)
    page = client.get(at(SET_UP))
    secret = page.context["secret"]
    assert "data:image/svg+xml" in page.content.decode()
    assert client.post(at(SET_UP), {"code": "000000x"}).status_code == 422
    answer = client.post(at(SET_UP), {"code": pyotp.TOTP(secret).now()})
    assert all(made in answer.content.decode() for made in answer.context["codes"])
    assert len(answer.context["codes"]) == codes.RECOVERY_CODES
    assert client.get(at(MINE)).status_code == 200
    assert client.get(at(SET_UP)).url == at(MINE)
    user.refresh_from_db()
    assert user.totp_secret == secret


def test_nobody_with_a_telephone_is_let_in_by_setting_up_another():
    user, client = person(), Client()
    give_password(client, user.login)
    assert client.get(at(SET_UP)).url == at(SIGN_IN)
    assert client.post(at(SET_UP), {"code": "123456"}).url == at(SIGN_IN)


def test_the_step_between_password_and_code_ends_after_ten_minutes():
    user, client = person(), Client()
    give_password(client, user.login)
    session = client.session
    session["pending"] = {**session["pending"], "at": session["pending"]["at"] - 601}
    session.save()
    assert client.post(at(CODE), {"code": code(user)}).url == at(SIGN_IN)


@pytest.mark.parametrize(
    ("name", "seconds", "ends"),
    [
        ("seen_at", 29 * 60, False),
        ("seen_at", 31 * 60, True),
        ("signed_in_at", 7 * 3600, False),
        ("signed_in_at", 8 * 3600 + 1, True),
    ],
)
def test_a_session_ends_when_idle_and_when_too_old(name, seconds, ends):
    client = browser(person())
    session = client.session
    session[name] -= seconds
    session.save()
    assert (client.get(at(MINE)).status_code == 302) is ends


def test_what_signed_in_people_see_is_kept_by_no_cache():
    client, seen = browser(person()), 0
    for name in ("mine", "password", "confirm"):
        assert "no-store" in client.get(at(name))["Cache-Control"]
        seen += 1
    assert "no-store" in Client().get(at(SIGN_IN))["Cache-Control"]
    assert seen == 3


def test_changing_the_password_ends_every_other_session():
    user = person()
    here, there = browser(user), browser(user, address="203.0.113.9")
    new = "绝知此事要躬行-2025"
    answer = here.post(at("password"), {"old": PASSWORD, "new": new, "again": new})
    assert answer.status_code == 302, answer.content.decode()
    assert here.get(at(MINE)).status_code == 200
    assert there.get(at(MINE)).status_code == 302
    user.refresh_from_db()
    assert passwords.matches(user, new)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PASSWORD, "short-2024", "12"),
        (PASSWORD, "193847562910", "数字"),
        (PASSWORD, "zhou-enming-2", "相似"),
        (PASSWORD, "qwertyuiop123", "很多人都在用"),
        (PASSWORD, PASSWORD, "最近 5 次"),
        ("wrong", "绝知此事要躬行-2025", "现在的密码不正确"),
    ],
)
def test_a_password_that_is_not_good_enough_is_refused_at_its_field(old, new, said):
    user = person("zhou-enming")
    client = browser(user)
    answer = client.post(at("password"), {"old": old, "new": new, "again": new})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert answer.context["form"].errors.keys() <= {"old", "new"}
    user.refresh_from_db()
    assert passwords.matches(user, PASSWORD)


def test_the_last_five_passwords_are_not_taken_again_and_the_sixth_is():
    user = person()
    had = [PASSWORD]
    for number in range(5):
        had.append(f"第{number}回新设的一串长密码-{number}")
        passwords.assign(user, had[-1])
    refused = 0
    for password in had[1:]:
        with pytest.raises(Exception, match="最近 5 次"):
            passwords.assign(user, password)
        refused += 1
    assert refused == 5
    passwords.assign(user, had[0])
    assert passwords.matches(user, had[0])


def test_a_shut_account_is_out_at_once():
    user, system = person(), person("sys", administrator="system")
    client = browser(user)
    actions.disable(user, by=actor_of(system))
    assert client.get(at(MINE)).status_code == 302


def test_dangerous_acts_ask_for_a_code_again():
    user = person()
    client = browser(user)
    session = client.session
    session[sessions.CONFIRMED] -= 601
    session.save()
    answer = client.post(at("recovery_codes"), HTTP_REFERER=f"http://testserver{at(MINE)}")
    assert answer.url.startswith(at("confirm"))
    assert not RecoveryCode.objects.exists()
    User.objects.filter(pk=user.pk).update(totp_step=0)
    assert client.post(answer.url, {"code": code(user)}).status_code == 302
    assert client.post(at("recovery_codes")).status_code == 200
    assert RecoveryCode.objects.count() == codes.RECOVERY_CODES


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(wanted):
    user, client = person(), Client()
    client.post(at(SIGN_IN), {"login": user.login, "password": PASSWORD, "next": wanted})
    assert client.post(at(CODE), {"code": code(user)}).url == at(MINE)


def test_whoever_was_sent_to_sign_in_comes_back():
    user, client = person(), Client()
    sent = client.get(at("password")).url
    client.get(sent)
    client.post(at(SIGN_IN), {"login": user.login, "password": PASSWORD, "next": at("password")})
    assert client.post(at(CODE), {"code": code(user)}).url == at("password")


def test_no_page_of_coming_in_holds_script_or_style_in_line():
    user = person(totp_secret="")
    client, pages = Client(), []
    pages.append(client.get(at(SIGN_IN)))
    give_password(client, user.login)
    pages.append(client.get(at(SET_UP)))
    inside = browser(person("other"))
    pages += [inside.get(at(name)) for name in ("mine", "password", "confirm")]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=", text)
        assert text.count("<h1") == 1
    assert len(pages) == 5


def actor_of(user):
    from gongkai.web.audit.actor import Actor

    return Actor("user", user.key)


def test_the_address_of_the_office_leads_in_or_asks_to_sign_in():
    assert browser().get("/office/").url.startswith("/office/sign-in/?next=/office/")
    assert browser(person()).get("/office/").url == "/office/account/"


def test_nobody_fills_the_disk_who_has_not_signed_in(monkeypatch):
    """A large body is refused before anything reads it; the control takes the check out."""
    large = b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)

    def read(client):
        body = io.BytesIO(large)
        answer = client.generic(
            "POST", reverse("accounts:sign_in"), b"", content_type="multipart/form-data; boundary=b",
            **{"CONTENT_LENGTH": str(len(large)), "CONTENT_TYPE": "multipart/form-data; boundary=b", "wsgi.input": body},
        )  # fmt: skip
        return answer.status_code, body.tell()

    visitor = Client(enforce_csrf_checks=True)
    visitor.get(reverse("accounts:sign_in"))
    assert read(visitor) == (413, 0)
    assert visitor.post(reverse("accounts:sign_in"), {"login": "a", "password": "b"}).status_code == 403
    monkeypatch.setattr(bodies.SmallUnlessSignedIn, "process_view", lambda *_: None)
    visitor = Client(enforce_csrf_checks=True)
    visitor.get(reverse("accounts:sign_in"))
    status, taken = read(visitor)
    assert status != 413
    assert taken > 0
