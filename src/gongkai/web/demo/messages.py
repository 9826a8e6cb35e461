"""The made-up messages of the county: answered and published, waiting, late, passed on, waiting for approval, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.accounts import tries
from gongkai.web.agencies.models import Agency
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.engagement.actions import messages as actions
from gongkai.web.engagement.models import Message

_TOWNSHIP = "示范县青山镇人民政府"
_ADDRESS = "192.0.2.1"
"""An address of the documents' range, which belongs to nobody."""


def make_messages(agencies: dict[str, Agency]) -> None:
    """Make the messages of the county's office, where it has none yet."""
    office, township = agencies[OFFICE], agencies[_TOWNSHIP]
    if Message.objects.filter(agency=office).exists():
        return
    given = (
        ("complaint", "示范路路灯不亮", "示范路中段路灯不亮，电话13800000000，请安排维修。", True),
        ("question", "办理居住证需要哪些材料", "请问办理居住证需要准备哪些材料？", True),
        ("suggestion", "建议增设公交站点", "建议在示范小区门口增设公交站点。", True),
        ("question", "村级公路什么时候修", "请问青山镇通村公路什么时候开工？", False),
        ("complaint", "夜间施工扰民", "示范小区旁工地夜间施工，影响休息。", False),
        ("suggestion", "建议延长服务大厅开放时间", "建议服务大厅周六上午开放。", False),
        ("question", "公园改造期间怎样进出", "请问公园改造期间从哪个门进出？", False),
    )
    # Each is taken in a transaction of its own, as those of citizens are.
    lamp, permit, bus, road, noise, hall, park = (_sent(office, *one) for one in given)
    with transaction.atomic():
        for message, answer in (
            (lamp, "已于次日修复。"),
            (permit, "请带身份证和居住证明到服务大厅办理。"),
            (bus, "已列入明年计划。"),
        ):
            _do("write_answer", message, "clerk", answer=answer)
            _publish(message)
        _do("withdraw", bus, "clerk", reason="写信人要求不再公开。")
        _do("transfer", road, "clerk", to=township, reason="属于青山镇职责。")
        _came(noise, 130)
        _came(hall, 140)
        desk = actions.set_desk(office, approval=True, by=who_acts(office, "clerk"), seen=0)
        _do("write_answer", hall, "clerk", answer="正在研究，将在季度末前公布安排。")
        actions.set_desk(office, approval=False, by=who_acts(office, "clerk"), seen=desk.version)
        _came(park, 2)


def _sent(agency: Agency, kind: str, title: str, text: str, consent: bool) -> Message:
    made = actions.send(
        agency,
        kind=kind,
        title=title,
        text=text,
        consent=consent,
        name="示范甲",
        contact="示范信箱",
        address=_ADDRESS,
    )
    tries.give_back(actions.DOOR, agency.key, _ADDRESS)
    return made.message


def _do(name: str, message: Message, role: str, **given: Any) -> None:
    now = Message.objects.select_related("agency").get(pk=message.pk)
    getattr(actions, name)(now, by=who_acts(now.agency, role), seen=now.version, **given)


def _publish(message: Message) -> None:
    found = actions.shown_as(Message.objects.select_related("agency").get(pk=message.pk))
    _do("publish", message, "clerk", title=found.title, text=found.text, answer=found.answer)


def _came(message: Message, days: int) -> None:
    """Let it have come so many days ago: a demonstration has a past that nobody has waited for."""
    gone, today = timedelta(days=days), timezone.localdate()
    Message.objects.filter(pk=message.pk).update(
        received_on=today - gone, due=message.due - gone, promised=message.promised - gone
    )
