"""A county made up for the pages: a government with its guide and site, and two offices below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from gongkai.web.agencies.models import Agency, Edge, Guide, Name, Site, Tree
from gongkai.web.reports.models import Batch, Report

SINCE = date(2020, 1, 1)
GUIDE = {
    "classification": "本机关的政府信息按主题分为机构职能、规划计划、财政信息、行政执法等类。\n\n每一类下按发布日期排列。",
    "arrangement": "每件政府信息都有索引号、名称、内容概述和生成日期。",
    "ways": "可以在本网站查阅，也可以到县档案馆、县图书馆和政务服务大厅的查阅点查阅。",
    "office_name": "示范县人民政府办公室政务公开科",
    "address": "示范县人民路1号行政中心3楼306室",
    "hours": "工作日 8:30—12:00，14:00—17:30",
    "telephone": "000-12345678",
    "fax": "000-12345679",
    "email": "gongkai@example.gov.cn",
    "internet": "http://www.example.gov.cn/gongkai",
    "updated_on": date(2026, 3, 18),
}
SITE = {"site_id_code": "0000000001", "icp": "示ICP备00000000号", "police_filing": "示公网安备 00000000000000号"}


@dataclass(frozen=True)
class County:
    government: Agency
    bureau: Agency
    town: Agency


def agency(name: str, kind: str, level: str, under: Agency | None = None, short: str = "") -> Agency:
    made = Agency.objects.create(kind=kind, level=level)
    Name.objects.create(agency=made, name=name, short=short, since=SINCE)
    if under is not None:
        Edge.objects.create(child=made, parent=under, kind="region", since=SINCE)
    return made


def county() -> County:
    government = agency("示范县人民政府", "government", "county")
    Tree.objects.update_or_create(id=1, defaults={"root": government})
    Guide.objects.create(agency=government, **GUIDE)
    Site.objects.create(agency=government, sponsor="示范县人民政府办公室", **SITE)
    bureau = agency("示范县财政局", "department", "county", government, "县财政局")
    town = agency("示范县清河镇人民政府", "government", "township", government, "清河镇")
    return County(government, bureau, town)


def report(of: Agency, year: int, state: str = "published") -> Report:
    """A report as it is listed; nothing has been read of it."""
    batch = Batch.objects.create(keeper=of, by="console")
    at = datetime(year + 1, 1, 20, 2, tzinfo=UTC) if state == "published" else None
    return Report.objects.create(
        keeper=of, batch=batch, agency=of, year=year, scope="own", edition=1, state=state, published_at=at
    )
