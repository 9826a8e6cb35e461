"""Whose report it is and of which year: title, agency, year, period, scope, contact."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.documents.model import Paragraph, Place
from gongkai.report.model import Mention, Prose, Scope
from gongkai.report.recognise.outline import place_of
from gongkai.report.recognise.titles import (
    CHINESE_YEAR,
    REPORT,
    SUBJECT,
    YEAR,
    Title,
    agency_in_title,
    printed_year,
    squeeze,
)

Part = Literal["title", "preamble", "section", "signature", "file"]

_NAME = (
    r"[一-鿿]{2,24}?(?:人民政府办公[室厅]|人民政府|街道办事处|管理委员会|管委会|委员会|办公[室厅]|"
    r"[一-鿿]{2,8}局|[一-鿿]{2,6}中心|办事处)"
)
_SIGNER = _NAME + r"|[一-鿿]{2,20}(?:镇|乡|街道|局|办)"
_SIGNED = re.compile(_SIGNER)
_QUOTED = re.compile(r"[《〈]([^》〉]{4,60}(?:报告|年报))[》〉]")
_MADE_BY = re.compile(rf"\s*({_SIGNER})(?:根据|按照|依据)[《〈]")
_PERIOD = re.compile(
    r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?\s*(?:起)?\s*(?:至|到|—|－|-|~|～|止)+\s*(?:(20\d\d)\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
)
_DATE = re.compile(
    rf"(?:20\d\d|{CHINESE_YEAR})\s*年\s*[\d一二三四五六七八九十]{{1,3}}\s*月\s*[\d一二三四五六七八九十]{{1,3}}\s*日"
)
_OWN_YEAR = re.compile(
    r"(20[0-3]\d)\s*年度?\s*(?:以来|，|,|、|我|本|全|县|市|区|镇|乡|街道|在|[一-鿿]{2,6}(?:认真|严格|紧|坚持|围绕|按照|根据))"
)
_TOWNSHIP = re.compile(r"(?:镇|乡|街道|街道办事处|苏木)(?:人民政府|办事处)?$")
_TOWNSHIP_OFFICE = re.compile(r"[镇乡]人民政府$|街道办事处$")
_OWN = re.compile(r"本级|本机关(?!办公)|本单位")
_WHOLE_AREA = re.compile(r"全[省市县区州旗盟]")
_WITHOUT_AREA = re.compile(r"(?:区|县|市)本级|不含")
_DEPARTMENT = re.compile(r"(?:局|委员会|办公室|中心|厅|院|支队|大队|管委会)$")
_GOVERNMENT = re.compile(r"(?:省|市|县|区|州|旗|盟)(?:人民政府)?$")


@dataclass(slots=True)
class Whose:
    """What the text says about the report's office and year, and where."""

    title: str | None = None
    title_place: Place | None = None
    agency: str | None = None
    agency_from: Part | None = None
    year: int | None = None
    year_from: Part | None = None
    scope: Scope = "unknown"
    period: tuple[str, str] | None = None
    agencies: tuple[Mention, ...] = ()
    years: tuple[Mention, ...] = ()


def find(
    title: Title | None,
    prose: dict[str, Prose],
    end: Sequence[Paragraph],
    file_title: str | None,
) -> Whose:
    """Find agency, year, period and scope; `title` is what `find_title` found, `end` are the lines of the signature."""
    whose = Whose()
    agencies: list[Mention] = []
    years: list[Mention] = []
    if title is not None:
        whose.title, whose.title_place = title.text, title.place
        _mention(title.text, "title", title.place, agencies, years)
        if not agencies and title.beside:
            agencies.append(Mention(title.beside, "title", title.place))
    for match in _QUOTED.finditer(_preamble(prose)):
        if SUBJECT.search(match[1]):
            place = prose["0"].place(match.start()) if "0" in prose else None
            _mention(match[1], "preamble", place, agencies, years)
    made_by = _MADE_BY.match(_preamble(prose))
    if made_by is not None and not agencies:
        agencies.append(Mention(made_by[1], "preamble", prose["0"].place(0)))
    _section_years(prose, years)
    _signature(end, agencies, years)
    if file_title and REPORT.search(file_title.strip()) and SUBJECT.search(file_title):
        _mention(file_title, "file", None, agencies, years)
    whose.agencies, whose.years = tuple(agencies), tuple(years)
    if agencies:
        whose.agency, whose.agency_from = _first(agencies)
    if years:
        text, whose.year_from = _first(years)
        whose.year = int(text)
    whose.period = _period(prose, whose.year)
    whose.scope = _scope(whose.agency, whose.title or "", _preamble(prose))
    return whose


def _preamble(prose: dict[str, Prose]) -> str:
    return prose["0"].text if "0" in prose else ""


_ORDER: tuple[Part, ...] = ("title", "preamble", "section", "signature", "file")


def _first(mentions: list[Mention]) -> tuple[str, Part]:
    """The mention from the most telling part of the report."""
    best = min(mentions, key=lambda mention: _ORDER.index(mention.part))
    return best.text, best.part


def _mention(title: str, part: Part, place: Place | None, agencies: list[Mention], years: list[Mention]) -> None:
    name = agency_in_title(title)
    if name:
        agencies.append(Mention(name, part, place))
    match = YEAR.search(squeeze(title))
    if match:
        years.append(Mention(printed_year(match[1]), part, place))


def _section_years(prose: dict[str, Prose], years: list[Mention]) -> None:
    """The years of the preamble's period and of the sentences that open the report's own account."""
    preamble = prose.get("0")
    if preamble is not None:
        for match in _PERIOD.finditer(preamble.text):
            years.append(Mention(match[1], "preamble", preamble.place(match.start())))
    for number in ("0", "1"):
        text = prose.get(number)
        if text is None:
            continue
        for count, match in enumerate(_OWN_YEAR.finditer(text.text)):
            years.append(Mention(match[1], "section", text.place(match.start())))
            if count >= 5:
                break


def signature(paragraphs: Sequence[Paragraph]) -> int:
    """Where the signature begins among a section's last paragraphs; their number where there is none."""
    start = len(paragraphs)
    for at in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 7), -1):
        text = squeeze(paragraphs[at].text)
        dated = _DATE.search(text)
        if (dated and len(text) <= 40) or _SIGNED.fullmatch(text):
            start = at
        elif len(text) > 12:
            break
    return start


def _signature(end: Sequence[Paragraph], agencies: list[Mention], years: list[Mention]) -> None:
    """The office and the date that close the report; the report's year is the one before the date's.

    A printer's imprint (…印发) names the office that printed, not the one that reports.
    """
    for paragraph in end:
        text = squeeze(paragraph.text)
        if text.endswith(("印", "印发")):
            continue
        match = _DATE.search(text)
        if match is not None:
            year = int(printed_year(match[0][:4]))
            years.append(Mention(str(year - 1), "signature", place_of(paragraph)))
            text = text[: match.start()]
        if _SIGNED.fullmatch(text):
            agencies.append(Mention(text, "signature", place_of(paragraph)))


def _period(prose: dict[str, Prose], year: int | None) -> tuple[str, str] | None:
    """The period that the preamble states, else the report's calendar year."""
    match = _PERIOD.search(_preamble(prose))
    if match is not None:
        first, last = match[1], match[4] or match[1]
        return f"{first}-{int(match[2]):02}-{int(match[3]):02}", f"{last}-{int(match[5]):02}-{int(match[6]):02}"
    return (f"{year}-01-01", f"{year}-12-31") if year else None


def _scope(agency: str | None, title: str, preamble: str) -> Scope:
    """Own office or whole area. An office that can have no other figures than its own is `own`."""
    said = title + preamble
    if _OWN.search(title):
        return "own"
    if _WHOLE_AREA.search(said) and not (agency and _TOWNSHIP.search(agency)):
        return "area"
    if agency is None:
        return "unknown"
    if _TOWNSHIP.search(agency) or _TOWNSHIP_OFFICE.search(agency) or _DEPARTMENT.search(agency):
        return "own"
    if _WITHOUT_AREA.search(preamble):
        return "own"
    return "unknown"


_CONTACT = {
    "address": re.compile(r"(?:联系)?地址\s*[:：]\s*([^；;，,。（(）)\n]{4,60})"),
    "postcode": re.compile(r"邮(?:政)?编(?:码)?\s*[:：]\s*(\d{6})"),
    "phone": re.compile(
        r"(?:联系|咨询)?电\s*话\s*[:：]\s*(\(?（?0\d{2,3}\)?）?\s*[-－—–]?\s*\d{7,8}|1\d{10}|\d{7,8})"
    ),
    "fax": re.compile(r"传真\s*(?:号码)?\s*[:：]\s*(\(?（?0\d{2,3}\)?）?\s*[-－—–]?\s*\d{7,8}|\d{7,8})"),
    "email": re.compile(r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII),
    "office": re.compile(r"(?:请|可)(?:直接)?(?:与|向|同)\s*([^，,。；;（(]{4,40}?)\s*联系"),
}


def contact(prose: dict[str, Prose]) -> dict[str, str]:
    """How to reach the office, as the preamble or the end of the report says: keys of the Regulation's guide."""
    text = _preamble(prose)
    if not ("电话" in text or "地址" in text or "联系" in text or "@" in text):
        text = prose["6"].text if "6" in prose else ""
        if "电话" not in text and "地址" not in text:
            return {}
    found: dict[str, str] = {}
    for key, pattern in _CONTACT.items():
        match = pattern.search(text)
        if match:
            found[key] = squeeze(match[1])
    return found
