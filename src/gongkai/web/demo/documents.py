"""The made-up documents of the county: released in several columns, related to each other, and at every step of their way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.publications import actions, text, way
from gongkai.web.publications.actions import Verdict
from gongkai.web.publications.models import Document

Tell = Callable[[str], None]
_DAY = timedelta(days=1)
_PHONE = "13800000000"
"""A number that the gate takes for somebody's; it belongs to nobody."""


class Made(NamedTuple):
    """A document: its title, column and topic, its text, how far it comes, and what it does to which other."""

    title: str
    column: str
    topic: str
    lines: tuple[str, ...]
    reaches: str = "released"
    does: str = ""
    to: str = ""
    number: str = ""
    file: str = ""


_AID = "示范县临时救助办法"
_RUBBISH = "示范县生活垃圾分类管理办法"
_OF_OFFICE = (
    Made(
        _AID, "normative_documents", "civil_affairs",
        ("一、总则", "（一）目的", "为了做好临时救助工作，制定本办法。", "（二）适用范围", "本县居民适用本办法。", "二、申请和审核",
         "申请人向户籍所在地乡镇人民政府提出申请。", "三、附则", "本办法自印发之日起施行。"),
        number="示政规〔2026〕1号",
    ),
    Made(
        f"《{_AID}》政策解读", "normative_documents", "civil_affairs",
        ("一、制定背景", "原办法实施多年，部分内容需要调整。", "二、主要内容", "明确了适用范围、申请和审核程序。"), does="interprets", to=_AID,
    ),
    Made(
        _RUBBISH, "normative_documents", "construction_and_environment",
        ("一、分类标准", "生活垃圾分为四类。", "二、投放要求", "单位和个人应当分类投放。"), number="示政规〔2026〕2号",
    ),
    Made(
        "关于修改《示范县生活垃圾分类管理办法》的决定", "normative_documents", "construction_and_environment",
        ("将第二部分修改为：单位和个人应当按照规定的时间、地点分类投放。",), does="amends", to=_RUBBISH, number="示政规〔2026〕3号",
    ),
    Made(
        "示范县人民政府办公室机构职能", "organisation", "general_affairs", ("一、主要职能", "负责县政府日常工作。", "二、内设机构", "综合科、政务公开科。"),
    ),
    Made("示范县2026年重点建设项目名单", "major_projects", "economic_management", ("全年安排重点项目十项。",), reaches="withdrawn"),
    Made("示范县政务服务大厅春节期间值班安排", "licences_and_services", "general_affairs", ("大厅春节期间安排专人值班。",), reaches="first_review"),
    Made("示范县防汛应急预案", "emergencies", "general_affairs", ("一、组织体系", "成立防汛指挥部。"), reaches="secrecy_review"),
    Made("示范县2026年招考公告", "recruitment", "general_affairs", ("公开招考岗位若干。",), reaches="approval"),
    Made("示范县第三季度经济运行情况", "statistics", "general_affairs", ("全县经济运行平稳。",), reaches="scheduled"),
    Made(
        "示范县走访慰问活动情况", "public_livelihood", "general_affairs", ("县领导走访慰问困难群众。", f"联系人示范县办丙，电话{_PHONE}。"),
        reaches="draft", file="活动安排.txt",
    ),
    Made(
        "示范县人民政府办公室2026年部门预算", "budgets_and_accounts", "finance",
        ("一、部门概况", "部门基本情况见附件。", "二、收支情况", "收支平衡。"), file="部门预算表.txt",
    ),
)  # fmt: skip
_OF_OTHERS = {
    "示范县教育局": (
        Made(
            "示范县义务教育招生入学工作方案",
            "public_livelihood",
            "general_affairs",
            ("一、招生范围", "适龄儿童就近入学。"),
        ),
        Made("示范县教育局2025年部门决算", "budgets_and_accounts", "general_affairs", ("收支决算情况公开如下。",)),
    ),
    "示范县青山镇人民政府": (
        Made(
            "青山镇农村宅基地审批公示", "homestead_use_review", "land_and_energy", ("经审核，拟批准宅基地申请三件。",)
        ),
        Made("青山镇惠农补贴发放方案", "public_livelihood", "general_affairs", ("补贴按政策标准发放到户。",)),
    ),
}


def make_documents(agencies: dict[str, Agency], tell: Tell) -> None:
    """Make the documents of the agencies that have none yet; `tell` hears of which agency. The office's come last."""
    for name, documents in (*_OF_OTHERS.items(), (OFFICE, _OF_OFFICE)):
        agency = agencies[name]
        if Document.objects.filter(agency=agency).exists():
            continue
        tell(name)
        with transaction.atomic():
            actions.set_procedure(agency, reviews=1, by=who_acts(agency, "clerk"), seen=0)
            for made in documents:
                _bring(_drafted(agency, made), made)


def _drafted(agency: Agency, made: Made) -> Document:
    clerk, day = who_acts(agency, "clerk"), timezone.localdate() - 10 * _DAY
    document = actions.draft(
        agency=agency, body=text.from_plain("\n".join(made.lines)), by=clerk, title=made.title, number=made.number,
        topic=made.topic, column=made.column, formed_on=day, timing="as_it_arises",
        attribute="proactive", origin="drafted", keywords="示范", abstract=made.lines[-1] if made.reaches != "draft" else "",
    )  # fmt: skip
    if made.file:
        content = "此件为示例附件。".encode()
        actions.attach(document, name=made.file, content=content, by=clerk, seen=document.version)
    if made.does:
        target = Document.objects.get(agency=agency, title=made.to)
        actions.relate(document, kind=made.does, target=target, since=day, by=clerk, seen=document.version)
    return document


def _bring(document: Document, made: Made) -> None:
    """Bring a document as far as it comes, by the people of its agency, each in their part."""
    agency = document.agency
    steps: dict[str, Callable[[Document], object]] = {
        "first_review": lambda d: actions.submit(d, by=who_acts(agency, "clerk"), seen=d.version),
        "secrecy_review": lambda d: actions.review(
            d, by=who_acts(agency, "reviewer"), seen=d.version, proofread=True, comment="已审核、校对。"
        ),
        "approval": lambda d: actions.secrecy_review(
            d, verdicts={item: Verdict("passed") for item in way.items(d)}, by=who_acts(agency, "secrecy_reviewer"),
            seen=d.version,
        ),
        "approved": lambda d: actions.approve(d, by=who_acts(agency, "approver"), seen=d.version, comment="同意。"),
    }  # fmt: skip
    if made.reaches == "draft":
        return
    for reached, go in steps.items():
        go(document)
        if reached == made.reaches:
            return
    clerk = who_acts(agency, "clerk")
    if made.reaches == "scheduled":
        actions.schedule(document, at=timezone.now() + 30 * _DAY, by=clerk, seen=document.version)
        return
    actions.release(document, by=clerk, seen=document.version)
    if made.reaches == "withdrawn":
        actions.withdraw(document, reason="项目名单有误，更正后再公开。", by=clerk, seen=document.version)
