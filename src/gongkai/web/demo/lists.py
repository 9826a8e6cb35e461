"""The made-up lists of the county: guides, powers, budgets, subsidies, posts, projects; some incomplete, late, over or taken down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies.models import Agency
from gongkai.web.demo.county import OFFICE
from gongkai.web.demo.people import who_acts
from gongkai.web.publications.models import Document
from gongkai.web.registers import actions
from gongkai.web.registers.actions.passing import over
from gongkai.web.registers.models import Budget, Post, Power, Project, Row, Service, Subsidy

_DAY = timedelta(days=1)
_TOWN = "示范县青山镇人民政府"
_CIVIL, _EDUCATION, _LAND = "示范县民政局", "示范县教育局", "示范县自然资源局"
_HALL = {
    "place": "示范县政务服务大厅一楼",
    "hours": "工作日9:00至17:00",
    "telephone": "0000-00000011",
    "complaints": "0000-00000012",
}
_SERVICES: Mapping[str, tuple[dict[str, Any], ...]] = {
    _CIVIL: (
        {
            **_HALL, "title": "临时救助申请", "number": "示办001", "kind": "payment", "audience": "citizen", "basis": "示范县临时救助办法",
            "conditions": "基本生活暂时出现严重困难的本县居民。", "materials": "1.申请书\n2.困难情况说明", "steps": "申请、受理、审核、发放",
            "statutory_days": 20, "promised_days": 10, "fee": "不收费", "handler": "社会救助科",
        },
        {
            **_HALL, "title": "社会团体名称核准", "number": "示办002", "kind": "licence", "audience": "organisation", "basis": "示范办法第三条",
            "conditions": "名称符合规定。", "materials": "申请表", "steps": "申请、审查、决定", "promised_days": 0, "fee": "不收费",
            "handler": "社会组织科",
        },
        {
            "title": "高龄津贴申领", "number": "示办003", "kind": "payment", "audience": "citizen", "basis": "示范办法第五条",
            "conditions": "年满八十周岁的本县居民。", "steps": "申请、审核、发放", "telephone": "0000-00000013",
        },
    ),
    _TOWN: (
        {
            "title": "农村宅基地申请", "number": "示办101", "kind": "licence", "audience": "citizen", "basis": "示范办法第七条",
            "conditions": "本村村民，符合分户条件。", "materials": "1.申请表\n2.村民会议意见", "steps": "申请、村级审查、镇级审批、公示",
            "statutory_days": 20, "promised_days": 15, "fee": "不收费", "place": "青山镇便民服务中心", "hours": "工作日9:00至17:00",
            "telephone": "0000-00000100", "handler": "自然资源所",
        },
    ),
}  # fmt: skip
_POWERS: Mapping[str, tuple[dict[str, Any], ...]] = {
    _TOWN: (
        {
            "title": "对占道经营的处罚", "number": "示权001", "kind": "penalty", "power": "transferred", "basis": "示范条例第二条",
            "handler": "综合行政执法队", "duties": "立案、调查、告知、决定、送达、执行", "accountability": "应当立案不立案的；滥用职权的。",
        },
        {
            "title": "农村宅基地使用检查", "number": "示权002", "kind": "inspection", "power": "own", "basis": "示范条例第四条",
            "handler": "自然资源所", "duties": "制定计划、现场检查、告知结果",
        },
    ),
    _LAND: (
        {
            "title": "建设用地规划许可", "number": "示权101", "kind": "licence", "power": "own", "basis": "示范条例第九条", "handler": "审批科",
            "duties": "受理、审查、决定、送达、事后监管", "accountability": "超过时限作出决定的。",
        },
    ),
}  # fmt: skip
_PROJECTS = (
    {
        "title": "示范县污水处理厂扩建", "stage": "building", "number": "示发改〔2026〕11号", "builder": "示范水务公司", "contractor": "示范建筑公司",
        "place": "示范县东河镇", "scale": "日处理两万吨", "yuan": 86_500_000, "spent": 31_200_000,
    },
    {
        "title": "示范路改造", "stage": "tender", "number": "示发改〔2026〕15号", "builder": "示范城建公司", "place": "示范县城区", "yuan": 12_005_000,
    },
    {
        "title": "示范产业园二期", "stage": "stopped", "number": "示发改〔2025〕8号", "builder": "示范投资公司", "place": "示范县南塘乡", "yuan": 45_000_000,
    },
)  # fmt: skip


def make_lists(agencies: dict[str, Agency]) -> None:
    """Make the lists of the agencies once."""
    if Service.objects.filter(agency=agencies[_TOWN]).exists():
        return
    today = timezone.localdate()
    with transaction.atomic():
        for register, of in ((Service, _SERVICES), (Power, _POWERS)):
            for name, rows in of.items():
                for number, row in enumerate(rows):
                    _enter(register, agencies[name], as_of=today - 30 * number * _DAY, **row)
        _budgets(agencies, today)
        _subsidies(agencies[_TOWN], today)
        _posts(agencies[_EDUCATION], today)
        _projects(agencies[OFFICE], today)


def _enter(register: type[Row], agency: Agency, **values: Any) -> Row:
    return actions.record(register, agency=agency, by=who_acts(agency, "clerk"), publicity="open", **values)


def _budgets(agencies: dict[str, Agency], today: date) -> None:
    """One in time, which leads to its document, and final accounts that came late."""
    office, released = (
        agencies[OFFICE],
        Document.objects.filter(agency=agencies[OFFICE], column="budgets_and_accounts"),
    )
    approved = today - 60 * _DAY
    _enter(
        Budget, office, year=today.year, kind="budget", scope="department", income=12_050_000, spending=12_050_000, basic=9_050_000,
        project=3_000_000, three_public=180_000, abroad=0, cars=120_000, reception=60_000, approved_on=approved,
        published_on=approved + 10 * _DAY, document=released.filter(state="released").first(),
    )  # fmt: skip
    _enter(
        Budget, agencies[_EDUCATION], year=today.year - 1, kind="accounts", scope="department", income=231_500_000,
        spending=230_900_000, approved_on=approved, published_on=approved + 40 * _DAY,
    )  # fmt: skip


def _subsidies(town: Agency, today: date) -> None:
    """A batch on show, and an earlier one whose time is over and which has come down by itself."""
    batches = (("第二批", today - 3 * _DAY, today + 7 * _DAY, 6), ("第一批", today - 40 * _DAY, today - 30 * _DAY, 3))
    for batch, begins, ends, count in batches:
        for number in range(count):
            _enter(
                Subsidy, town, programme="示范耕地地力保护补贴", batch=f"{today.year}年{batch}", serial=str(number + 1),
                beneficiary=f"示范农户{'甲乙丙丁戊己'[number]}", village=("示范村", "样例村")[number % 2], standard="每亩86.5元",
                fen=8650 * (number + 2), shown_from=begins, shown_until=ends, assessed_on=begins - _DAY,
            )  # fmt: skip
    now = timezone.now()
    for key in list(over(now)):
        actions.take_down(key, now)


def _posts(agency: Agency, today: date) -> None:
    announced = today - 90 * _DAY
    _enter(
        Post, agency, title="小学语文教师", number="示岗01", kind="institution", employer="示范县第一小学", places=3,
        conditions="本科以上学历，具有教师资格。", announced_on=announced, apply_until=announced + 15 * _DAY,
        exam_on=announced + 30 * _DAY, taken=2, result_on=announced + 60 * _DAY, result="笔试、面试、体检和考察合格；一个名额取消。",
    )  # fmt: skip
    _enter(
        Post, agency, title="学校会计", number="示岗02", kind="institution", employer="示范县第二中学", places=1,
        conditions="大专以上学历，会计专业。", announced_on=today - 5 * _DAY, apply_until=today + 10 * _DAY, exam_on=today + 30 * _DAY,
    )  # fmt: skip


def _projects(agency: Agency, today: date) -> None:
    made = [
        _enter(Project, agency, approved_on=today - 200 * _DAY, as_of=today - 20 * number * _DAY, **values)
        for number, values in enumerate(_PROJECTS)
    ]
    actions.withdraw(
        made[-1], reason="项目停建，投资额有误，核对后再公开。", by=who_acts(agency, "clerk"), seen=made[-1].version
    )
