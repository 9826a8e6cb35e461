"""Another agency's name in the report: a text copied from a neighbour."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from gongkai.documents.model import Place
from gongkai.report.check.rules import found, threshold
from gongkai.report.model import Finding, Report

_REGIONS = "^(?:.*(?:省|市|自治区|区|县|旗|州|盟))?"
_KIND = "(?:街道|镇|乡))(?:人民政府|政府|办事处|党委|党工委|党政|综合|$)"
# A name of two characters and more comes first: 市口镇 in a county is no 口镇 in a city.
_TOWNSHIPS = (re.compile(f"{_REGIONS}([一-龥]{{2,6}}?{_KIND}"), re.compile(f"{_REGIONS}([一-龥]{_KIND}"))
_TOWNSHIP_SPEAKS = re.compile("(?:镇|乡|街道)(?:人民政府|政府|党委|办事处|党工委)")
_REGION = re.compile(".*(?:省|市|自治区|区|县|旗|州|盟)(?=.)")
_DEPARTMENT = re.compile("^(.*(?:省|市|自治区|区|县|旗|州|盟))?([一-龥]{2,20}?(?:局|厅|(?<!管理)委员会))$")
_GOVERNMENT = re.compile("([一-龥]{2,8}?)(县|区|市|旗|州|省)人民政府$")
_ANNOUNCED = re.compile("(?:公布|发布|现将|编制|《)([一-龥]{3,30}?)\\s*20[0-9]{2}\\s*年度?\\s*政府信")
_COUNTY_LEVEL = str.maketrans("区旗", "县县")
_GENERIC = (
    "各",
    "本",
    "我",
    "全",
    "该",
    "乡",
    "村",
    "城",
    "等",
    "为",
    "由",
    "在",
    "和",
    "与",
    "及",
    "的",
    "对",
    "级",
    "个",
    "县",
    "区",
    "市",
    "、",
    "，",
)
_NAMING_PARTS = frozenset({"title", "preamble", "signature"})


def check_agency(report: Report) -> Iterator[Finding]:
    """Yield at most one finding: the clearest place where a body of the same level, but another one, is the author.

    Superior bodies, other kinds of bodies and short forms of the same name are no contradiction.
    """
    if not report.agency:
        return
    own = _compact(report.agency)
    for mention in report.agencies:
        if mention.part in _NAMING_PARTS and _differs(own, _compact(mention.text)):
            yield _finding(report, mention.text, [mention.place])
            return
    for name, place in _announced(report):
        if _differs(own, name):
            yield _finding(report, name, [place])
            return
    other = _speaking_township(report, own)
    if other:
        yield _finding(report, *other)


def _announced(report: Report) -> Iterator[tuple[str, Place | None]]:
    """Whose report of the year the preamble announces: 现公布…人民政府2023年政府信息公开工作年度报告."""
    part = report.prose.get("0")
    for announced in _ANNOUNCED.finditer(part.text) if part else ():
        if part:
            yield announced[1], part.place(announced.start(1))


def _finding(report: Report, other: str, places: list[Place | None]) -> Finding:
    return found(report, "prose.agency", {"agency": report.agency, "other": other}, places=places)


def _compact(name: str) -> str:
    return "".join(name.split())


def _differs(own: str, other: str) -> bool:
    """Whether two names are clearly two bodies of one level and kind."""
    if own in other or other in own:
        return False
    towns = _town(own), _town(other)
    if all(towns):
        return not (towns[0].endswith(towns[1]) or towns[1].endswith(towns[0]))
    if any(towns):
        return False
    departments = _DEPARTMENT.search(own), _DEPARTMENT.search(other)
    if departments[0] and departments[1]:
        return _other_department(*departments[0].groups(""), *departments[1].groups(""))
    governments = _GOVERNMENT.search(own), _GOVERNMENT.search(other)
    if governments[0] and governments[1]:
        one, two = (_REGION.sub("", found[1] + found[2]) or found[1] + found[2] for found in governments if found)
        same_level = one[-1].translate(_COUNTY_LEVEL) == two[-1].translate(_COUNTY_LEVEL)
        return same_level and not (one.endswith(two) or two.endswith(one))
    return False


def _town(name: str) -> str:
    """The town's own name: 达州市达川区金垭镇人民政府 → 金垭镇."""
    match = _TOWNSHIPS[0].search(name) or _TOWNSHIPS[1].search(name)
    return match[1] if match else ""


def _other_department(own_region: str, own: str, other_region: str, other: str) -> bool:
    """Whether two departments are of different trades, or of different counties."""
    if not (abbreviates(own, other) or abbreviates(other, own)):
        return True
    if not own_region or not other_region or own_region[-1] != other_region[-1]:
        return False
    return not (own_region.endswith(other_region) or other_region.endswith(own_region))


def abbreviates(short: str, long: str) -> bool:
    """Whether the characters of `short` all come in `long`, in this order: 人社局, 人力资源和社会保障局."""
    rest = iter(long)
    return all(sign in rest for sign in short)


def _speaking_township(report: Report, own: str) -> tuple[str, list[Place | None]] | None:
    """Another town named as a government again and again in a text that never names its own."""
    town = _town(own)
    if not town:
        return None
    counted: Counter[str] = Counter()
    places: dict[str, Place | None] = {}
    for section, part in report.prose.items():
        if section in {"0", "end"}:
            continue
        if town in part.text:
            return None
        for speaks in _TOWNSHIP_SPEAKS.finditer(part.text):
            name = part.text[max(0, speaks.start() - int(threshold("least_name"))) : speaks.start()]
            if (
                len(name) < threshold("least_name")
                or name[-1] in _GENERIC
                or name[0] in _GENERIC
                or not name.isalpha()
            ):
                continue
            kind = "街道" if speaks.group().startswith("街道") else speaks.group()[0]
            counted[name + kind] += 1
            places.setdefault(name + kind, part.place(speaks.start()))
    for name, times in counted.most_common(1):
        if times >= threshold("foreign_mentions"):
            return name, [places[name]]
    return None
