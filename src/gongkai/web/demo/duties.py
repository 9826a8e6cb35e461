"""What the county's offices must publish: the law's catalogue taken over, items of their own, some late, and a list of persons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from gongkai.law.catalogues.catalogue import load
from gongkai.web.agencies.models import Agency
from gongkai.web.demo import documents
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.publications import actions as publications
from gongkai.web.publications import text
from gongkai.web.publications.duties import actions, queries
from gongkai.web.publications.models import Document, Duty

Tell = Callable[[str], None]
_DAY = timedelta(1)
_QINGSHAN, _BEILING = "示范县青山镇人民政府", "示范县北岭乡人民政府"


class Item(NamedTuple):
    """An item of an office's own or of the standard catalogue, how long it has been there, and the document that fulfils it."""

    first: str
    second: str
    field: str
    timing: str
    days_ago: int
    content: str
    by: str = ""


_ITEMS: dict[str, tuple[Item, ...]] = {
    OFFICE: (
        Item("安全生产", "安全生产检查情况", "work_safety", "quarterly", 200, "检查对象数、发现问题、整改情况"),
        Item(
            "财政预算",
            "部门预算",
            "budgets_and_accounts",
            "event",
            200,
            "部门概况、收支情况",
            "示范县人民政府办公室2026年部门预算",
        ),
        Item("机构职能", "办公室职能", "", "standing", 200, "主要职能、内设机构", "示范县人民政府办公室机构职能"),
    ),
    _QINGSHAN: (
        Item("低保", "低保对象名单", "social_assistance", "monthly", 80, "对象姓名（不含身份证号）、人数、监督电话"),
        Item(
            "补贴",
            "惠农补贴发放方案",
            "agricultural_subsidies",
            "event",
            80,
            "补贴标准、发放范围",
            "青山镇惠农补贴发放方案",
        ),
        Item("村级财务", "收支情况", "", "quarterly", 10, "收入、支出、结余"),
    ),
    _BEILING: (Item("救灾", "救灾款物发放情况", "disaster_relief", "monthly", 100, "款物种类、数量、发放范围"),),
}
_LIST = "青山镇低保对象名单公示"


def make_duties(agencies: dict[str, Agency], tell: Tell) -> None:
    """Make the catalogues of the agencies that have none yet; `tell` hears of which agency."""
    for name, items in _ITEMS.items():
        agency = agencies[name]
        if Duty.objects.filter(agency=agency).exists():
            continue
        tell(name)
        with transaction.atomic():
            _keep(agency, items)
            if name == _QINGSHAN:
                _list_of_persons(agency)


def _keep(agency: Agency, items: tuple[Item, ...]) -> None:
    clerk, today = who_acts(agency, "clerk"), timezone.localdate()
    if agency.level in ("county", "township"):
        wanted = [item.id for item in load("proactive").items_at(agency.level, today)]
        actions.adopt(agency, proactive=wanted, by=clerk)
    for item in items:
        duty = actions.add(
            agency=agency, by=clerk, catalogue="grassroots" if item.field else "own", field=item.field, first=item.first,
            second=item.second, content=item.content, basis="国务院部门基层政务公开标准指引", discloser=str(agency),
            channels="website notice_board", timing=item.timing, since=today - item.days_ago * _DAY,
        )  # fmt: skip
        document = Document.objects.filter(agency=agency, title=item.by).first() if item.by else None
        if document is not None:
            actions.bind(duty, document=document, by=clerk)


def _list_of_persons(agency: Agency) -> None:
    """A list that is shown for a week and comes down by itself, with its assessment, for the month before."""
    clerk, today = who_acts(agency, "clerk"), timezone.localdate()
    duty = Duty.objects.get(agency=agency, second="低保对象名单")
    lines = ("现将本月低保对象公示如下。", "示范戊等十二户，每户人数见村公示栏。")
    given: dict[str, Any] = {
        "title": _LIST, "topic": "civil_affairs", "column": "social_assistance", "formed_on": today - 2 * _DAY,
        "timing": "periodic", "attribute": "proactive", "origin": "drafted", "persons": True, "shown_until": today + 7 * _DAY,
    }  # fmt: skip
    period = date.fromisoformat(queries.periods(duty)[-1][0])
    document = actions.draft_for(
        duty, period=period, agency=agency, body=text.from_plain("\n".join(lines)), by=clerk, **given
    )
    publications.assess(
        document, purpose="依照社会救助办法公示，接受群众监督；只公开户主姓名和人数。", impact="可能让他人知道家庭困难，公示期短，风险低。",
        measures="不公开身份证号、住址和账号；公示期满自动撤下。", assessed_on=today - 2 * _DAY, by=clerk, seen=document.version,
    )  # fmt: skip
    documents.bring(document, "released")
