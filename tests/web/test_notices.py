"""Mails and notices: put down once for one cause, sent when a server is named, tried again with growing waits."""

import logging
import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import Actor
from gongkai.web.notices import actions, mail, outbox, queries
from gongkai.web.notices.effects_due import EFFECTS
from gongkai.web.notices.models import Notification, Outbox
from gongkai.web.notices.sweep import tick

pytestmark = pytest.mark.django_db
MAIL = tuple(effect for effect in EFFECTS if effect.name == "mail")
ADDRESS = "made-up@example.cn"


class Server:
    """A mail server that answers as it is told to."""

    def __init__(self, answer=None):
        self.answer, self.taken = answer, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def send_message(self, message):
        if self.answer:
            raise self.answer
        self.taken.append(message)


@pytest.fixture
def server(monkeypatch):
    made = Server()
    monkeypatch.setenv("GONGKAI_MAIL_URL", "smtp://127.0.0.1:2525")
    monkeypatch.setattr(mail, "_connection", lambda _to: made)
    return made


def put(cause="test:1"):
    return actions.mail(ADDRESS, "年度报告\n已读取", "请查看。", cause=cause)


def state(entry):
    entry.refresh_from_db()
    return entry.state, entry.tries, entry.failure


def test_without_a_server_mails_stay_queued_and_it_is_said(monkeypatch):
    monkeypatch.delenv("GONGKAI_MAIL_URL", raising=False)
    entry = put()
    assert tick(effects=MAIL).idle
    assert state(entry) == ("queued", 0, "")
    assert queries.mail_standing() == (1, 0, False)


def test_a_mail_is_sent_once(server):
    entry = put()
    assert tick(effects=MAIL).done == 1
    assert tick(effects=MAIL).idle
    assert state(entry) == ("sent", 1, "")
    (sent,) = server.taken
    assert (sent["To"], sent["Subject"]) == (ADDRESS, "年度报告 已读取")
    assert entry.key in sent["Message-ID"]


def test_one_cause_gives_one_mail_and_one_notice():
    assert put("case:7").pk == put("case:7").pk
    first = actions.notify("k1", "一", cause="case:7")
    assert actions.notify("k1", "二", cause="case:7").pk == first.pk
    assert actions.notify("k2", "一", cause="case:7").pk != first.pk
    assert (Outbox.objects.count(), Notification.objects.count()) == (1, 2)


def test_a_server_that_does_not_answer_is_tried_again_with_growing_waits(server):
    server.answer = ConnectionRefusedError()
    entry, waits, now = put(), [], timezone.now()
    for _ in range(outbox.MOST_TRIES):
        assert tick(now, MAIL).done == 1
        entry.refresh_from_db()
        waits.append((entry.next_try - now).total_seconds() / 60)
        now = entry.next_try
    assert waits[:5] == [1, 2, 4, 8, 16]
    assert max(waits) == 360
    assert state(entry) == ("failed", 12, "ConnectionRefusedError")
    assert tick(now + timedelta(days=9), MAIL).idle


def test_a_mail_goes_when_the_server_comes_back(server):
    server.answer = TimeoutError()
    entry, now = put(), timezone.now()
    tick(now, MAIL)
    assert tick(now + timedelta(seconds=30), MAIL).idle
    server.answer = None
    tick(now + timedelta(minutes=2), MAIL)
    assert state(entry) == ("sent", 2, "")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"unknown")}), "failed"),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (450, b"busy")}), "queued"),
        (smtplib.SMTPDataError(554, b"no"), "failed"),
        (smtplib.SMTPServerDisconnected("gone"), "queued"),
    ],
)
def test_only_a_refusal_for_good_ends_the_tries(server, answer, expected):
    server.answer = answer
    entry = put()
    tick(effects=MAIL)
    assert state(entry)[:2] == (expected, 1)


def test_no_log_holds_the_recipient(server, caplog):
    caplog.set_level(logging.DEBUG)
    put()
    tick(effects=MAIL)
    assert len(server.taken) == 1
    said = [record.getMessage() for record in caplog.records]
    assert any(outbox.hashed(ADDRESS) in line for line in said)
    assert [line for line in said if "made-up" in line] == []


@pytest.mark.parametrize("given", ["ftp://x", "smtp://", "mail.example.cn:25", "smtp://x:port"])
def test_a_wrong_mail_address_is_refused_and_mails_stay_queued(monkeypatch, given):
    monkeypatch.setenv("GONGKAI_MAIL_URL", given)
    with pytest.raises(InvalidInput, match=r"notices\.mail_url"):
        mail.server()
    entry = put()
    assert tick(effects=MAIL).idle
    assert state(entry)[0] == "queued"


def test_the_server_is_read_from_its_address(monkeypatch):
    monkeypatch.setenv("GONGKAI_MAIL_URL", "smtp+starttls://a%40b.cn:p%3Aw@mail.example.cn")
    assert mail.server() == ("smtp+starttls", "mail.example.cn", 587, "a@b.cn", "p:w")


def test_only_the_person_a_notice_is_for_marks_it_as_read():
    user = User.objects.create_user("made-up", name="甲")
    notice = actions.notify(user.key, "年度报告已读取", cause="report:1")
    actions.mark_read(notice, by=Actor("user", "somebody-else"))
    assert queries.unread(user) == 1
    actions.mark_read(notice, by=Actor("user", user.key))
    assert queries.unread(user) == 0
    assert [found.pk for found in queries.visible(user)] == [notice.pk]
