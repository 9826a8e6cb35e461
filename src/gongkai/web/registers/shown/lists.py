"""What is shown of the lists that people look for, and what the office is told is amiss with a row."""

from __future__ import annotations

from gongkai.web.registers.amiss import incomplete, late, missing
from gongkai.web.registers.declared import DECLARED
from gongkai.web.registers.models import Budget, Post, Power, Project, Row, Service, Subsidy
from gongkai.web.registers.shown.column import Column, Register, of_agency, of_field


def _columns(
    model: type[Row], agency: str, *, masked: tuple[str, ...] = (), office: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    """The fields of a register in the order of its form, after the first one whose they are."""
    first, *others = DECLARED[model].fields
    return (
        of_field(model, first),
        of_agency(agency),
        *(of_field(model, name, mask=name in masked, office=name in office) for name in others),
        of_field(model, "publicity", office=True),
    )


LISTS = (
    Register(
        "services", Service, "办事指南", "as_of", "各机关办理事项的依据、条件、材料、流程、时限、收费和联系方式。",
        _columns(Service, "实施机关"), icon="card-checklist",
        listed=("title", "agency", "kind", "audience", "promised_days", "place", "telephone"),
        lacks=missing, lacking=incomplete, lacking_says="只看要素不全的",
    ),
    Register(
        "powers", Power, "权责清单", "as_of", "各机关的职权、依据、责任事项和追责情形。",
        _columns(Power, "机关"), icon="list-check", listed=("title", "agency", "kind", "power", "handler", "as_of"),
    ),
    Register(
        "budgets", Budget, "预算和决算", "published_on", "各机关的预算和决算，金额单位：万元。",
        _columns(Budget, "机关"), icon="calculator",
        listed=("year", "agency", "kind", "scope", "income", "spending", "three_public"),
        linked=("agency", "document"), lacks=late,
    ),
    Register(
        "subsidies", Subsidy, "补贴发放公示", "shown_from", "补贴发放到人到户的公示，金额单位：元；姓名作了遮盖，公示期满撤下。",
        _columns(Subsidy, "发放机关", masked=("beneficiary",), office=("assessed_on",)), icon="people",
        listed=("programme", "batch", "serial", "beneficiary", "village", "fen", "shown_until"), hides=("beneficiary",),
    ),
    Register(
        "posts", Post, "招考录用", "announced_on", "招考的职位、人数、条件和日期，以及录用的结果。",
        _columns(Post, "发布机关"), icon="person-badge",
        listed=("title", "agency", "employer", "places", "announced_on", "apply_until", "taken"),
    ),
    Register(
        "projects", Project, "重大建设项目", "as_of", "重大建设项目的批准和实施情况，金额单位：万元。",
        _columns(Project, "发布机关"), icon="building",
        listed=("title", "agency", "stage", "number", "builder", "yuan", "as_of"),
    ),
)  # fmt: skip
