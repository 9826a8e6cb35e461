"""The made-up channels of the county: what was released on them, with every kind of evidence, one entry struck, one channel closed."""

from __future__ import annotations

import struct
import zlib
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.publications.channels import actions
from gongkai.web.publications.channels.bulk.actions import bring
from gongkai.web.publications.channels.evidence import Line, Photo
from gongkai.web.publications.channels.models import Channel
from gongkai.web.publications.models import Document

SINCE = date(2021, 1, 1)
_SITE = "https://www.example.invalid"
_OF_OFFICE = (
    ("website", "示范县人民政府网站", _SITE),
    ("wechat", "示范县发布", "示范县发布"),
    ("gazette", "示范县人民政府公报", "每季度出版，政务服务大厅可以取阅"),
    ("notice_board", "政务服务大厅公告栏", "示范县示范路10号一楼"),
    ("screen", "政务服务大厅电子屏", "示范县示范路10号一楼"),
    ("radio", "示范县广播站", "示范县示范路20号"),
)
_OF_TOWN = (
    ("wechat", "青山镇之声", "青山镇之声"),
    ("village_loudspeaker", "青山镇村村响广播", "各村"),
    ("notice_board", "青山镇政务公开栏", "镇政府门口"),
)
_CLOSED = "示范县广播站"
_TOWN = "示范县青山镇人民政府"
_ITEMS = ("防汛提醒", "医疗保险缴费提醒", "征兵报名公告", "森林防火提醒", "便民服务热线介绍")


def make_channels(agencies: dict[str, Agency]) -> None:
    """Make the channels of the office and of a town that have none yet, after their documents."""
    for name, channels in ((OFFICE, _OF_OFFICE), (_TOWN, _OF_TOWN)):
        agency = agencies[name]
        if not Channel.objects.filter(agency=agency).exists():
            with transaction.atomic():
                _shown(agency, _opened(agency, channels))


def _opened(agency: Agency, channels: tuple[tuple[str, str, str], ...]) -> dict[str, Channel]:
    clerk = who_acts(agency, "clerk")
    return {
        name: actions.open_channel(agency, kind=kind, name=name, address=address, since=SINCE, by=clerk)
        for kind, name, address in channels
    }


def _shown(agency: Agency, channels: dict[str, Channel]) -> None:
    clerk, today = who_acts(agency, "clerk"), timezone.localdate()
    online = [one for one in channels.values() if one.kind in ("website", "wechat")]
    (board,) = (one for one in channels.values() if one.kind == "notice_board")
    released = list(Document.objects.filter(agency=agency, state="released").order_by("pk"))
    for at, document in enumerate(released):
        on = {channel: f"{_SITE}/{channel.key}/{document.key}.html" for channel in online}
        actions.show(document, on=on, shown_on=today, by=clerk)
        if at == 0:
            photo = Photo(_picture(), "公告栏照片.png")
            actions.show(document, on={board: ""}, shown_on=today, photo=photo, by=clerk)
    line = Line("示范值班员", today, board.address)
    for at, title in enumerate(_ITEMS):
        channel = list(channels.values())[at % len(channels)]
        actions.show_alone(channel, title=title, shown_on=today - timedelta(days=7 * at), line=line, by=clerk)
    rows = "".join(f"推文{at},{today - timedelta(days=at)} 18:00,{_SITE}/s/{at}\n" for at in range(1, 30))
    list_ = f"文章标题,群发时间,内容URL\n{rows},{today} 18:00,{_SITE}/s/0\n".encode()
    bring(list_, "公众号导出清单.csv", channel=online[-1], by=clerk)
    again = actions.show_alone(board, title="防汛提醒（重复登记）", shown_on=today, line=line, by=clerk)
    actions.strike_showing(again, reason="重复录入。", by=clerk, seen=again.version)
    if _CLOSED in channels:
        actions.close_channel(channels[_CLOSED], until=date(2023, 7, 1), by=clerk, seen=channels[_CLOSED].version)


def _picture() -> bytes:
    """A small grey picture."""
    side = 64

    def block(kind: bytes, given: bytes) -> bytes:
        return struct.pack(">I", len(given)) + kind + given + struct.pack(">I", zlib.crc32(kind + given))

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x99" * side) * side)
    return b"\x89PNG\r\n\x1a\n" + block(b"IHDR", head) + block(b"IDAT", rows) + block(b"IEND", b"")
