"""A made-up county to show the platform with: its government, the office in charge, departments and townships.

Names, codes, addresses and numbers belong to nobody; the codes have right check characters and a region that is not given out.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from gongkai.law.numbers.organisation_codes import scheme
from gongkai.web.agencies import actions, queries
from gongkai.web.agencies.actions.structure import Founding, Place
from gongkai.web.agencies.models import Agency, Name
from gongkai.web.audit.actor import Actor

COUNTY = "示范县人民政府"
_REGION = "990100"
_FOUNDED, _RENAMED, _MERGED = date(2008, 5, 1), date(2019, 3, 20), date(2021, 7, 1)
OFFICE = "示范县人民政府办公室"
_DEPARTMENTS = ("教育局", "民政局", "财政局", "自然资源局", "卫生健康委员会", "市场监督管理局")
_TOWNSHIPS = ("青山镇", "东河镇", "南塘乡", "北岭乡")
_FORMER_NAME, _RENAMED_ONE = "示范县卫生局", "卫生健康委员会"
_MERGED_AWAY, _TAKEN_OVER_BY = "示范县食品药品监督管理局", "市场监督管理局"


def make_demo(by: Actor) -> Agency:
    """Make the county once and return its government; where it is there already, return it as it stands."""
    held = _held()
    if held is not None:
        return held
    with transaction.atomic():
        city = _found("示范市人民政府", "government", "city", 1, (), by, region="990000", outside=True)
        county = _found(COUNTY, "government", "county", 2, (Place("region", city),), by, region=_REGION)
        office = _found(OFFICE, "department", "county", 3, (Place("region", county),), by)
        actions.put_in_charge(office, in_charge=True, by=by, seen=office.version)
        departments = _departments(county, by)
        _townships(county, by)
        _history(county, departments, by)
    return county


def _departments(county: Agency, by: Actor) -> dict[str, Agency]:
    found = {}
    for serial, name in enumerate(_DEPARTMENTS, 10):
        full = _FORMER_NAME if name == _RENAMED_ONE else f"示范县{name}"
        found[name] = _found(full, "department", "county", serial, (Place("region", county),), by)
    return found


def _townships(county: Agency, by: Actor) -> None:
    for serial, name in enumerate(_TOWNSHIPS, 100):
        place, region = (Place("region", county),), f"{_REGION}{serial}"
        _found(f"示范县{name}人民政府", "government", "township", serial, place, by, region=region)


def _history(county: Agency, departments: dict[str, Agency], by: Actor) -> None:
    """One department got another name, and one was merged into another."""
    renamed = departments[_RENAMED_ONE]
    actions.rename(renamed, name=f"示范县{_RENAMED_ONE}", since=_RENAMED, by=by, seen=renamed.version)
    gone = _found(_MERGED_AWAY, "department", "county", 20, (Place("region", county),), by)
    actions.merge([gone], into=departments[_TAKEN_OVER_BY], on=_MERGED, by=by, seen=[gone.version])


def _found(
    name: str, kind: str, level: str, serial: int, places: tuple[Place, ...], by: Actor, *, region: str = "",
    outside: bool = False,
) -> Agency:  # fmt: skip
    naming = actions.Naming(name, name.removeprefix("示范县"), region, made_up_code(serial, region or _REGION))
    agency = actions.found(Founding(naming, kind, level, places, outside=outside), since=_FOUNDED, by=by)
    _keep(agency, name, serial, by)
    return agency


def _keep(agency: Agency, name: str, serial: int, by: Actor) -> None:
    address = f"示范县示范路{serial}号"
    guide = {
        "classification": "按机构职能、政策文件、规划计划、财政信息、行政执法、公共服务等分类。",
        "arrangement": "每条信息有索引号、名称、文号、发布机构和生成日期，按生成日期排列。",
        "ways": "可以在本网站查阅，也可以到政务服务大厅、档案馆和公共图书馆查阅，或者提出申请。",
        "office_name": f"{name}政府信息公开工作机构",
        "address": address,
        "hours": "工作日8:30至12:00，14:00至17:30（法定节假日除外）",
        "telephone": f"0000-00000{serial:03d}",
        "fax": f"0000-00001{serial:03d}",
        "email": f"agency{serial}@example.invalid",
        "internet": "本网站“依申请公开”栏目",
    }
    actions.keep_guide(agency, values=guide, updated_on=queries.today(), by=by, seen=0)
    site = {
        "header_name": name,
        "sponsor": name,
        "site_id_code": f"9901000{serial:03d}",
        "contact": f"{address} 邮编000000",
    }
    actions.keep_site(agency, values=site, columns={}, by=by, seen=0)


def made_up_code(serial: int, region: str = _REGION) -> str:
    """Return a unified social credit code of a made-up organ of government, both of its check characters right."""
    body = f"YY{serial:06d}"
    organisation = body + scheme("organisation").check_character(body)
    head = f"11{region[:6]}{organisation}"
    return head + scheme("credit").check_character(head)


def is_there() -> bool:
    """Whether the county has been made."""
    return _held() is not None


def agencies() -> dict[str, Agency]:
    """Return the agencies of the county by the name that they have today, its government first."""
    today = queries.today()
    county = _held()
    if county is None:
        return {}
    below = [row.agency for row in queries.named(queries.subtree(county, today), today)]
    found = [county, *(agency for agency in below if agency.pk != county.pk)]
    return {queries.standing(agency, today).name: agency for agency in found}


def _held() -> Agency | None:
    name = Name.objects.filter(name=COUNTY, region_code=_REGION).select_related("agency").first()
    return name.agency if name else None
