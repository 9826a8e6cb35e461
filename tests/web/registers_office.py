"""Rows of every register for an agency: ones that everybody sees, and ones that are lawfully withheld."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from gongkai.web.audit.actor import CONSOLE
from gongkai.web.registers import actions
from gongkai.web.registers.bulk.working import Looked
from gongkai.web.registers.models import Charge, Decision, Import, Procurement, RefusedRow, Row, Rule

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
}  # fmt: skip
"""What is given for a row of each register, by its number."""
