"""Rows of every register for an agency: ones that everybody sees, and ones that are lawfully withheld."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from gongkai.web.audit.actor import CONSOLE
from gongkai.web.registers import actions
from gongkai.web.registers.bulk.working import Looked
from gongkai.web.registers.models import (
    Budget,
    Charge,
    Decision,
    Import,
    Post,
    Power,
    Procurement,
    Project,
    RefusedRow,
    Row,
    Rule,
    Service,
    Subsidy,
)

SHOWN = ({"publicity": "open"}, {"publicity": "withheld", "withheld_by": "政府信息公开条例第二十条第六项"})
DAY = date(2024, 5, 6)


def rows(agency):
    """Enter an open and a withheld row of every register, and correct the withheld ones."""
    return [_row(agency, register, number, shown) for number, shown in enumerate(SHOWN, 1) for register in GIVEN]


def imported(agency, by=CONSOLE) -> Import:
    """Bring a sheet of decisions of which one row is good and one is refused; as the sweep leaves it, to be confirmed."""
    heads = ["种类", "决定书文号", "备注"]
    given, _ = actions.bring(f"{agency.key}\n".encode(), "台账.csv", register="decisions", agency=agency, by=by)
    RefusedRow.objects.create(
        given=given, number=3, cells=["行政奖励", "样奖〔2024〕1号", "无"], why="种类：“行政奖励”不是可以填的内容。"
    )
    actions.settle_look(given, Looked(heads, ["备注"], 2, 1, 0, 1), timezone.now())
    return Import.objects.get(pk=given.pk)


def _row(agency, register: type[Row], number, shown):
    row = actions.record(register, agency=agency, by=CONSOLE, **GIVEN[register](number), **shown)
    if shown["publicity"] == "withheld":
        actions.correct(
            row, reason="看错", by=CONSOLE, seen=row.version, withheld_by="政府信息公开条例第二十条第八项"
        )
    return row


GIVEN = {
    Rule: lambda n: {
        "kind": "normative_document", "title": f"样例办法{n}", "number": f"样政规〔2024〕{n}号", "issued_on": DAY,
        "effective_on": DAY, "review_number": f"样审〔2024〕{n}号",
    },
    Decision: lambda n: {
        "kind": "penalty", "number": f"样罚〔2024〕{n}号", "decided_on": DAY, "matter": "占道经营", "power": "own",
        "subject_kind": "citizen", "subject": "样小明",
    },
    Charge: lambda n: {"item": f"样例费{n}", "basis": "样价〔2020〕1号", "month": DAY, "yuan": 1234 * n},
    Procurement: lambda n: {
        "title": "办公设备", "number": f"样采2024-{n}", "concluded_on": DAY, "supplier": "样例公司", "yuan": 251000,
    },
    Service: lambda n: {
        "title": f"样例事项{n}", "number": f"样办{n}", "kind": "service", "audience": "both", "basis": "样例条例第一条",
        "conditions": "本地居民", "materials": "申请表一份\n证明一份", "steps": "申请、受理、办结", "statutory_days": 20, "promised_days": 5,
        "fee": "不收费", "telephone": "0000-00000000", "place": "样例路1号", "hours": "工作日9:00至17:00", "handler": "样例科", "as_of": DAY,
    },
    Power: lambda n: {
        "title": f"样例职权{n}", "number": f"样权{n}", "kind": "penalty", "power": "own", "basis": "样例条例第二条", "handler": "样例队",
        "duties": "立案、调查、决定", "accountability": "应当立案不立案的", "as_of": DAY,
    },
    Budget: lambda n: {
        "year": 2020 + n, "kind": "budget", "scope": "department", "income": 1_205_000, "spending": 1_205_000, "three_public": 30_000,
        "abroad": 0, "cars": 20_000, "reception": 10_000, "approved_on": DAY, "published_on": DAY,
    },
    Subsidy: lambda n: {
        "programme": "样例补贴", "batch": "2024年第一批", "serial": str(n), "beneficiary": "样小明", "village": "样例村", "standard": "每亩100元",
        "fen": 35_050, "shown_from": DAY, "shown_until": timezone.localdate() + timedelta(days=9), "assessed_on": DAY,
    },
    Post: lambda n: {
        "title": f"样例岗位{n}", "number": f"样岗{n}", "kind": "institution", "employer": "样例站", "places": 2, "conditions": "本科以上学历",
        "announced_on": DAY, "apply_until": DAY, "taken": 1, "result_on": DAY, "result": "体检考察合格",
    },
    Project: lambda n: {
        "title": f"样例路改造{n}", "stage": "building", "number": f"样发改〔2024〕{n}号", "approved_on": DAY, "builder": "样例公司",
        "contractor": "样例建筑公司", "place": "样例镇", "scale": "一公里", "yuan": 12_005_000, "spent": 10_000, "as_of": DAY,
    },
}  # fmt: skip
"""What is given for a row of each register, by its number."""
