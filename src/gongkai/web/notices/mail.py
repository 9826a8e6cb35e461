"""Handing a mail to the server that the operator has named. Nothing here knows the database."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from gongkai.errors import InvalidInput
from gongkai.web.notices.refused import Refused
from gongkai.web.settings import declared

SECONDS = 20
"""How long the server may take for each answer."""
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_PERMANENT = 500


class Server(NamedTuple):
    """Where mails go: how the connection is kept secret, and as whom to sign in, where that is asked."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""


def server() -> Server | None:
    """Return the server of GONGKAI_MAIL_URL, None where none is named. Raises InvalidInput for an address it cannot use."""
    given = declared.text("GONGKAI_MAIL_URL")
    if not given:
        return None
    try:
        parts = urlsplit(given)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise InvalidInput("notices.mail_url") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise InvalidInput("notices.mail_url")
    return Server(parts.scheme, parts.hostname, port, unquote(parts.username or ""), unquote(parts.password or ""))


def deliver(to: Server, mail: EmailMessage) -> Refused | None:
    """Hand a mail to the server; return None when it took it."""
    try:
        with _connection(to) as connection:
            if to.user:
                connection.login(to.user, to.password)
            connection.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return Refused("recipient", all(code >= _PERMANENT for code in codes))
    except smtplib.SMTPDataError as error:
        return Refused("content", error.smtp_code >= _PERMANENT)
    except (OSError, smtplib.SMTPException) as error:
        return Refused(type(error).__name__, False)
    return None


def message(key: str, recipient: str, subject: str, body: str) -> EmailMessage:
    """Write a mail. One record always has the same Message-ID, by which servers know a mail that comes twice."""
    sender = declared.text("GONGKAI_MAIL_FROM") or "gongkai@localhost"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, recipient, " ".join(subject.split())
    mail["Message-ID"] = f"<{key}@{sender.rpartition('@')[2] or 'localhost'}>"
    mail.set_content(body)
    return mail


def _connection(to: Server) -> smtplib.SMTP:
    if to.scheme == "smtps":
        return smtplib.SMTP_SSL(to.host, to.port, timeout=SECONDS)
    connection = smtplib.SMTP(to.host, to.port, timeout=SECONDS)
    if to.scheme == "smtp+starttls":
        connection.starttls()
    return connection
