"""Mails and notices: put down once for one cause, sent when a server is named, tried again with growing waits."""

import logging
import smtplib
from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.accounts.models import User
from gongkai.web.audit.actor import Actor
from gongkai.web.notices import actions, mail, outbox, queries, sms
from gongkai.web.notices.effects_due import EFFECTS
from gongkai.web.notices.models import Notification, Outbox
from gongkai.web.notices.sweep import tick
from gongkai.web.settings.logs import Json

pytestmark = pytest.mark.django_db
SMS = tuple(effect for effect in EFFECTS if effect.name == "sms")
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
    assert queries.outgoing("mail") == (1, 0, False)


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
    entry = put()
    tick(effects=MAIL)
    assert len(server.taken) == 1
    said = [Json().format(record) for record in caplog.records]
    assert any(outbox.hashed(ADDRESS) in line and entry.key in line for line in said)
    assert [line for line in said if "made-up" in line] == []


class Provider:
    """A provider of short messages that answers as it is told to."""

    answer: object = None
    taken: ClassVar = []

    def send(self, number, text, reference):
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is None:
            self.taken.append((number, text, reference))
        return self.answer


class NoProvider:
    """Something without `send`."""


@pytest.fixture
def provider(monkeypatch):
    monkeypatch.setenv("GONGKAI_SMS_PROVIDER", f"{__name__}:Provider")
    monkeypatch.setattr("gongkai.web.notices.sms.import_string", lambda _path: Provider)
    Provider.answer, Provider.taken = None, []
    return Provider


def test_a_short_message_goes_once_by_the_provider_and_no_mail_with_it(provider, server):
    entry = actions.sms("00000000000", "您的申请已答复。", cause="case:8")
    assert actions.sms("00000000000", "再次", cause="case:8").pk == entry.pk
    assert tick(effects=MAIL).idle
    assert tick(effects=SMS).done == 1
    assert tick(effects=SMS).idle
    assert state(entry) == ("sent", 1, "")
    assert provider.taken == [("00000000000", "您的申请已答复。", entry.key)]
    assert server.taken == []


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("unknown", ("failed", 1, "unknown")),
        (TimeoutError(), ("queued", 1, "TimeoutError")),
        (KeyError(), ("queued", 1, "KeyError")),
    ],
)
def test_what_a_provider_refuses_is_over_and_what_fails_is_tried_again(provider, answer, expected):
    provider.answer = answer
    entry = actions.sms("00000000000", "您的申请已答复。", cause="case:9")
    tick(effects=SMS)
    assert state(entry) == expected


@pytest.mark.parametrize("given", ["", "no.such.module:Thing", "json:JSONDecoder", "json", f"{__name__}:NoProvider"])
def test_without_a_provider_that_can_send_short_messages_stay_queued(monkeypatch, given):
    monkeypatch.setenv("GONGKAI_SMS_PROVIDER", given)
    if given:
        with pytest.raises(InvalidInput, match=r"notices\.sms_provider"):
            sms.provider()
    entry = actions.sms("+0000000000", "您的申请已答复。", cause="case:10")
    assert tick(effects=SMS).idle
    assert state(entry)[0] == "queued"
    assert queries.outgoing("sms") == (1, 0, False)


@pytest.mark.parametrize("number", ["", "12", "电话", "0000-0000", "1" * 16, ADDRESS])
def test_what_is_no_number_gets_no_short_message(number):
    with pytest.raises(InvalidInput, match=r"notices\.sms_number"):
        actions.sms(number, "您的申请已答复。", cause="case:11")
    assert not Outbox.objects.exists()


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
