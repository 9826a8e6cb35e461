"""The title of a report: the lines it stands in, the agency and the year it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from gongkai.documents.model import Paragraph, Place
from gongkai.report.recognise.outline import place_of

_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
CHINESE_YEAR = r"[二2][〇○零Oo0][一二三四][一二三四五六七八九〇○零Oo]"
YEAR = re.compile(rf"(20[0-3]\d|{CHINESE_YEAR}|(?<!\d)[12]\d(?=年))\s*年?\s*度?")
REPORT = re.compile(r"(?:报\s*告|年\s*报)\s*(?:[（(].{0,20}[)）])?\s*[。.]?\s*[》>〉]?\s*$")
SUBJECT = re.compile(r"(?:政府?信{1,2}息{0,2}|政府?信?息|信息|政务|政府|府信息?)公开|政府信息")
_LEAD = re.compile(r"^(?:.{0,30}?关于)?(?:印发|发布|公布|报送|转发|上报)(?:关于)?[《<〈]?|^关于[《<〈]?|^[《<〈]")
_VERSION = re.compile(r"[【\[（(〔](?:更正|修订|修改|公开|正式|最终)[稿版本]?[】\])）〕]")
_OTHER_SUBJECT = re.compile(r"(?:法治政府建设|法治建设|政务服务|网站建设)(?:工作)?(?:情况)?(?:暨|和|与|及|、)$")
_FORWARDS = re.compile(r"[《〈]([^》〉]*(?:报告|年报))[》〉]的?(?:通知|函|公告|通告|公示)$")
_ANNOUNCES = re.compile(r"((?:报告|年报))的(?:公示|公告|通告|通知)$")
_ENDS_A_TITLE = re.compile(
    r"(?:报告|年报)(?:[（(【].{0,20}[)）】])?[。.]?[》〉]?$|[》〉]的?(?:通知|函|公告|通告|公示)$|(?:报告|年报)的(?:公示|公告|通告|通知)$"
)
_NOT_A_TITLE = re.compile(r"[。；：:，,]|\d{4}-\d|来源|浏览|字体|索引号|发布日期|发布时间|发布机构")
_UNFINISHED = re.compile(r"[，。；].*[^。；：:！？]$")
_NAME_ALONE = re.compile(r"[一-鿿（）()]{2,30}(?:政府|局|委员会|办公室|办事处|镇|乡|街道|中心|厅|院|所)")
_TAIL = re.compile(r"(?:关于|的)$|年度?$|年度工作$")
_ANNOUNCED_TAIL = re.compile(r"关于(?:印发|发布|公布)?$|年度$")
_LONGEST = 60
_MOST_LINES = 4


class Title(NamedTuple):
    """A title: its text, its place, the paragraphs (first, after the last) it stands in.

    `beside` is a name that stands alone on the line after a title without one.
    """

    text: str
    place: Place
    span: tuple[int, int]
    beside: str | None = None


def squeeze(text: str) -> str:
    """The text without any space."""
    return "".join(text.split())


def printed_year(printed: str) -> str:
    """The four digits of a printed year: 2023, 二〇二三, 23."""
    digits = printed.translate(_DIGITS)
    return digits if len(digits) > 2 else f"20{digits}"


def find_title(opening: Sequence[Paragraph]) -> Title | None:
    """The title among the opening paragraphs; lines of a split title are joined.

    A title has a year or an agency; one with both comes first, then the one of fewer lines. A notice that forwards the
    report names the title in its own; that counts where the report has none.
    """
    best: tuple[float, str, int, int] | None = None
    for last in range(len(opening)):
        joined = ""
        for first in range(last, max(-1, last - _MOST_LINES), -1):
            if not _is_title_line(opening[first].text):
                break
            joined = squeeze(opening[first].text) + joined
            if first and _UNFINISHED.search(opening[first - 1].text):
                continue
            title, rank = _ranked(joined)
            rank -= (last - first) / 10
            if title is not None and (best is None or rank > best[0]):
                best = (rank, title, first, last)
    if best is None:
        return None
    _, title_text, first, last = best
    beside = None
    if agency_in_title(title_text) is None and last + 1 < len(opening):
        following = squeeze(opening[last + 1].text)
        beside = following if _NAME_ALONE.fullmatch(following) else None
    return Title(title_text, place_of(opening[first]), (first, last + (2 if beside else 1)), beside)


def _ranked(joined: str) -> tuple[str | None, float]:
    """The title that joined lines are, and how telling it is; None where they are none."""
    if len(joined) > _LONGEST or not _ENDS_A_TITLE.search(joined):
        return None, 0.0
    notice = _FORWARDS.search(joined)
    title = notice[1] if notice is not None else _ANNOUNCES.sub(r"\1", joined.rstrip("。"))
    if not REPORT.search(_VERSION.sub("", title)) or not SUBJECT.search(title):
        return None, 0.0
    rank = 2.0 * (YEAR.search(title) is not None) + 2.0 * (agency_in_title(title) is not None)
    return (title, rank - (0.5 if title != joined else 0.0)) if rank else (None, 0.0)


def _is_title_line(text: str) -> bool:
    squeezed = squeeze(text)
    return 0 < len(squeezed) <= _LONGEST and not _NOT_A_TITLE.search(squeezed)


def agency_in_title(title: str) -> str | None:
    """The agency's name in a title, None where the title has none."""
    return _agency(title) if len(title) <= _LONGEST else _agency.__wrapped__(title)


@lru_cache(maxsize=64)
def _agency(title: str) -> str | None:
    """The agency's name; of each title it is asked several times."""
    text = _VERSION.sub("", squeeze(title))
    text = YEAR.sub("", _LEAD.sub("", text))
    match = SUBJECT.search(text)
    if match is None:
        return None
    name = _TAIL.sub("", text[: match.start()])
    name = _OTHER_SUBJECT.sub("", name.strip("《》〈〉·:：-—、 度"))
    name = _ANNOUNCED_TAIL.sub("", name).strip("《》〈〉")
    if name.count("（") != name.count("）") or name.count("(") != name.count(")"):
        name = name.strip("()（）")
    if name.endswith("人民"):
        name += "政府"
    return name if len(name) >= 2 else None
