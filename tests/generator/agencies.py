"""Offices that do not exist, with names of the usual build."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from tests.generator.made import Level

_CITIES = ("某某市", "示例市", "虚构市")
_COUNTIES = ("样例县", "样本区", "虚拟县", "试题区", "例文县", "假名县")
_TOWNSHIPS = (
    "青石镇", "白水乡", "柳溪镇", "云桥镇", "石门坎乡", "河口镇", "双龙场镇", "大树乡", "平安镇", "马家铺镇", "三元桥镇",
    "五里回族乡", "七星镇", "市口镇", "新县镇",
)  # fmt: skip
_STREETS = ("柳荫街道", "东风街道", "县前街道", "北门街道")
_DEPARTMENTS = (
    "民政局", "财政局", "教育局", "自然资源局", "市场监督管理局", "卫生健康局", "农业农村局", "发展和改革局", "应急管理局",
    "审计局", "统计局", "医疗保障局", "住房和城乡建设局", "交通运输局", "人力资源和社会保障局", "卫生健康委员会", "水务局",
)  # fmt: skip


class Agency(NamedTuple):
    """An office: full name, short name as in titles, how it speaks of itself, its level, its county."""

    full: str
    short: str
    own: str
    level: Level
    county: str

    @property
    def names(self) -> tuple[str, ...]:
        """The spellings that name this office; a city's name before a county's office counts as well."""
        bare = {self.full, self.short, self.full.removeprefix(self.county), self.short.removeprefix(self.county)}
        bare |= {name + "人民政府" for name in bare if name.endswith(("镇", "乡", "县", "区", "市"))}
        bare |= {name + "办事处" for name in bare if name.endswith("街道")}
        return tuple(sorted(bare - {"", "人民政府"}))


def pick(rng: Random, level: Level | None = None) -> Agency:
    """An office at random: mostly townships, as in life."""
    level = level or rng.choices(("township", "department", "county", "city"), (60, 28, 9, 3))[0]  # type: ignore[assignment]
    county = rng.choice(_COUNTIES)
    if level == "city":
        city = rng.choice(_CITIES)
        return Agency(f"{city}人民政府", city, "市政府", "city", "")
    if level == "county":
        return Agency(f"{county}人民政府", county, f"{county[-1]}政府", "county", "")
    before = county if rng.random() < 0.7 else rng.choice(_CITIES) + county
    if level == "department":
        office = rng.choice(_DEPARTMENTS)
        return Agency(
            before + office, county + office, "我委" if office.endswith("委员会") else "我局", "department", before
        )
    if rng.random() < 0.25:
        street = rng.choice(_STREETS)
        return Agency(f"{before}{street}办事处", f"{county}{street}", "我街道", "township", before)
    town = rng.choice(_TOWNSHIPS)
    short = rng.choice((town, county + town))
    return Agency(f"{before}{town}人民政府", short, f"我{town[-1]}", "township", before)
