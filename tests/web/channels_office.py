"""Channels of an agency, and what was released on them."""

from __future__ import annotations

from datetime import date

from gongkai.web.publications.channels import actions
from gongkai.web.publications.channels.evidence import Line
from gongkai.web.publications.channels.models import Channel

SINCE = date(2020, 1, 1)
LINE = Line("样小明", SINCE, "大坪村公示栏")
LINK = "https://www.example.invalid/item/1.html"


def opened(agency, by, kind="wechat", name="样例微信", since=SINCE, address=""):
    return actions.open_channel(agency, kind=kind, name=name, address=address, since=since, by=by)


def shown(channel, by, title="样例信息", day=date(2024, 5, 1), link="", line=LINE, photo=None):
    return actions.show_alone(channel, title=title, shown_on=day, link=link, line=line, photo=photo, by=by)


def fresh(record):
    return type(record)._default_manager.get(pk=record.pk)


def closed(channel, by, until):
    now: Channel = fresh(channel)
    return actions.close_channel(now, until=until, by=by, seen=now.version)
