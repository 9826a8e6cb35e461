"""What is shown of the registers that feed Table 2."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from gongkai.web.registers.masking import shown
from gongkai.web.registers.models import Charge, Decision, Procurement, Row, Rule
from gongkai.web.registers.shown.column import Column, Register, of_agency, of_field


def validity(rule: Rule) -> str:
    """Return whether a rule is in force today, in the words of the public's pages."""
    today = timezone.localdate()
    if rule.repealed_on is not None and rule.repealed_on <= today:
        return "废止"
    if (rule.lapsed_on is not None and rule.lapsed_on <= today) or (
        rule.expires_on is not None and rule.expires_on < today
    ):
        return "失效"
    return "有效" if rule.effective_on <= today else "尚未施行"


def _amount(register: type[Row]) -> Column:
    """The amount, under the code that its files have."""
    return replace(of_field(register, "yuan"), code="amount")


FIGURES = (
    Register(
        "documents", Rule, "规章和行政规范性文件", "issued_on", "本机关制发的规章和行政规范性文件，及其施行、失效、废止日期。",
        (
            of_field(Rule, "title"), of_field(Rule, "number"), of_agency("制发机关"), of_field(Rule, "kind"),
            of_field(Rule, "issued_on"), of_field(Rule, "effective_on"), of_field(Rule, "expires_on"), of_field(Rule, "term"),
            Column("validity", "有效性", validity, says="今天是否有效"), of_field(Rule, "repealed_on"), of_field(Rule, "lapsed_on"),
            of_field(Rule, "ended_because"), of_field(Rule, "review_number", office=True),
            of_field(Rule, "filing_number", office=True), of_field(Rule, "publicity", office=True),
        ),
        icon="file-earmark-ruled",
    ),
    Register(
        "decisions", Decision, "行政许可、处罚和强制决定", "decided_on", "行政许可、行政处罚、行政强制决定；公民的姓名作了遮盖。",
        (
            of_field(Decision, "number"), of_field(Decision, "matter"), of_field(Decision, "kind"),
            of_agency("作出机关", "in_name_of"), of_field(Decision, "decided_on"), of_field(Decision, "power"),
            of_field(Decision, "subject_kind"), Column("subject", "相对人", shown, says="自然人只显示姓氏"),
            of_field(Decision, "publicity", office=True),
        ),
        icon="file-earmark-check", hides=("subject",), whose="in_name_of", linked=("agency", "in_name_of"),
    ),
    Register(
        "charges", Charge, "行政事业性收费", "month", "各收费项目每月实际收取的金额，单位：万元。",
        (
            of_field(Charge, "item"), of_agency("收费机关"), of_field(Charge, "month"), _amount(Charge), of_field(Charge, "basis"),
            of_field(Charge, "publicity", office=True),
        ),
        icon="cash-coin",
    ),
    Register(
        "procurement", Procurement, "政府集中采购", "concluded_on", "政府集中采购项目的成交情况，金额单位：万元。",
        (
            of_field(Procurement, "title"), of_field(Procurement, "number"), of_agency("采购机关"),
            of_field(Procurement, "concluded_on"), of_field(Procurement, "supplier"), _amount(Procurement),
            of_field(Procurement, "publicity", office=True),
        ),
        icon="cart",
    ),
)  # fmt: skip
