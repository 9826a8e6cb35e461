"""A list as a site or an account exports it: its headings in every usual spelling, its rows as what was released."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from django.utils import timezone

from gongkai.errors import GongkaiError, InvalidInput
from gongkai.law.numbers.spelling import search_key
from gongkai.law.refusals import sentence
from gongkai.messages import Listing
from gongkai.web.files.sheets.days import day
from gongkai.web.files.sheets.heads import WITHIN, folded
from gongkai.web.files.sheets.reading import rows_of
from gongkai.web.publications.channels import evidence
from gongkai.web.publications.channels.models import Channel, Showing
from gongkai.web.publications.models.document import Document
from gongkai.web.publications.models.words import SHOWN

MOST_ROWS = 5_000
"""Rows of one list: so many are entered in one transaction of less than a second."""
REASON = "原因"
"""The heading under which a file of refused rows says why; read again, that column is passed over."""
NAMES = {"title": "标题", "shown_on": "发布时间", "link": "链接", "number": "文号"}
"""What is read of a row, by what the columns are called here."""
_NEEDED = ("title", "shown_on")
_SPELLINGS: Mapping[str, str] = {
    "title": "标题 文章标题 图文标题 信息标题 内容标题 名称 文章名称 信息名称 文件名称",
    "shown_on": "发布时间 发布日期 群发时间 群发日期 推送时间 推送日期 发表时间 发表日期 公开时间 公开日期 发文时间 播出时间 播出日期 张贴日期 时间 日期",
    "link": "链接 内容URL URL 文章链接 内容链接 原文链接 信息链接 发布链接 网址 文章网址 链接地址 文章地址",
    "number": "文号 发文字号 文件文号",
}
_BY_HEAD = {folded(said): name for name, spellings in _SPELLINGS.items() for said in spellings.split()}
_CLOCK = re.compile(r"[ T]*\d{1,2}(?:[:：]\d{1,2}){1,2}(?:\.\d+)?$")
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Line:
    """A row: its number in the sheet, its cells, what it says, which document it is, or every reason why it cannot be entered."""

    number: int
    cells: list[str]
    title: str = ""
    shown_on: date = date.min
    link: str = ""
    document: int | None = None
    wrong: list[str] = field(default_factory=list)
    double: bool = False
    double_of: str = ""

    @property
    def item(self) -> tuple[object, date]:
        """What may be on a channel once a day: a document, or a title."""
        return (self.document or self.title, self.shown_on)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a list says: its headings, those of no use, its rows; or why it cannot be read."""

    heads: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    error: GongkaiError | None = None


def looked_through(content: IO[bytes], channel: Channel) -> Looked:
    """Read a list for a channel; `error` says why one cannot be read. Doubles are not looked for yet."""
    try:
        with rows_of(content) as found:
            heads, places, unused = _heads(found)
            documents, lines = _Documents(channel), list[Line]()
            for number, cells in found:
                if len(lines) >= MOST_ROWS:
                    raise InvalidInput("publications.channels.sheet.too_many", most=MOST_ROWS)
                lines.append(_line(number, cells, places, channel, documents))
    except GongkaiError as error:
        return Looked(error=error)
    if not lines:
        return Looked(error=InvalidInput("publications.channels.sheet.no_rows"))
    return Looked(heads, unused, lines)


def mark_doubles(lines: list[Line], channel: Channel) -> None:
    """Say of every row whose link, or whose title on whose day, is on the channel already or further up in the sheet."""
    good = [line for line in lines if not line.wrong]
    if not good:
        return
    days = [line.shown_on for line in good]
    here = Showing.objects.filter(channel=channel, struck_at=None)
    standing = here.filter(shown_on__gte=min(days), shown_on__lte=max(days))
    found = standing.values_list("document", "title", "document__title", "shown_on", "key")
    items: dict[tuple[object, date], str] = {}
    for document, title, called, shown_on, key in found.iterator(chunk_size=2000):
        items[document or title, shown_on] = key
        items.setdefault((called or title, shown_on), key)
    links = dict(here.exclude(link="").values_list("link", "key").iterator(chunk_size=2000))
    seen: dict[object, int] = {}
    for line in good:
        double = links.get(line.link, "") if line.link else ""
        double = double or items.get(line.item, "") or items.get((line.title, line.shown_on), "")
        first = min(seen.get(one, line.number) for one in (line.item, line.link or line.item))
        if double:
            _double(line, InvalidInput("publications.channels.sheet.standing"), double)
        elif first != line.number:
            _double(line, InvalidInput("publications.channels.sheet.twice", row=first))
        else:
            seen[line.item] = line.number
            if line.link:
                seen[line.link] = line.number


def _double(line: Line, error: InvalidInput, key: str = "") -> None:
    line.wrong.append(sentence(error, "zh"))
    line.double, line.double_of = True, key


def _heads(found: Iterator[tuple[int, list[str]]]) -> tuple[list[str], dict[str, int], list[str]]:
    """The headings, at which place each is that is needed, and those of no use. Raises InvalidInput."""
    for count, (_, cells) in enumerate(found, 1):
        named = [(_BY_HEAD.get(folded(cell), ""), at) for at, cell in enumerate(cells)]
        places: dict[str, int] = {}
        for name, at in named:
            if name:
                # A list may say a thing twice in other words, as 名称 beside 标题: the first counts.
                places.setdefault(name, at)
        if all(name in places for name in _NEEDED):
            used = set(places.values())
            unused = [
                cell for at, cell in enumerate(cells) if cell and at not in used and folded(cell) != folded(REASON)
            ]
            return cells, places, unused
        if count >= WITHIN:
            break
    raise InvalidInput("publications.channels.sheet.no_heads", needed=Listing(tuple(NAMES[name] for name in _NEEDED)))


def _line(number: int, cells: list[str], places: Mapping[str, int], channel: Channel, documents: _Documents) -> Line:
    line = Line(number, cells)
    given = {name: _SPACE.sub(" ", cells[at]).strip() if at < len(cells) else "" for name, at in places.items()}
    for name, read in (("title", _title), ("shown_on", lambda said: _day(said, channel)), ("link", _link)):
        try:
            setattr(line, name, read(given.get(name, "")))
        except GongkaiError as error:
            line.wrong.append(f"{NAMES[name]}：{sentence(error, 'zh')}")
    if not line.wrong:
        line.document = documents.of(line, given.get("number", ""))
    return line


def _title(given: str) -> str:
    longest = Showing._meta.get_field("title").max_length or 0
    if not given:
        raise InvalidInput("publications.channels.sheet.empty")
    if len(given) > longest:
        raise InvalidInput("publications.channels.sheet.long", length=len(given), longest=longest)
    if not given.isprintable():
        raise InvalidInput("publications.channels.sheet.unseen")
    return given


def _day(given: str, channel: Channel) -> date:
    """The day of a moment: lists say the time of day too, which counts for nothing."""
    if not given:
        raise InvalidInput("publications.channels.sheet.empty")
    found = day(_CLOCK.sub("", given))
    if found > timezone.localdate():
        raise InvalidInput("publications.ahead", given=found)
    if not channel.open_on(found):
        raise InvalidInput("publications.channels.not_open", name=channel.name, day=found)
    return found


def _link(given: str) -> str:
    longest = Showing._meta.get_field("link").max_length or 0
    if len(given) > longest:
        raise InvalidInput("publications.channels.sheet.long", length=len(given), longest=longest)
    return evidence.link(given)


class _Documents:
    """The released documents of the agency of a channel, by their numbers and titles."""

    def __init__(self, channel: Channel) -> None:
        self._found: dict[str, list[tuple[int, date]]] = {}
        released = Document.objects.filter(agency=channel.agency_id, state__in=SHOWN)
        for pk, title, number, formed_on in released.values_list("pk", "title", "number", "formed_on").iterator():
            for key in {f"t{_SPACE.sub(' ', title).strip()}", f"n{search_key(number)}" if number else ""} - {""}:
                self._found.setdefault(key, []).append((pk, formed_on))

    def of(self, line: Line, number: str) -> int | None:
        """Return the one document of the number, else of the title, that was there on the day; None where there is none, or more."""
        for key in (f"n{search_key(number)}" if number else "", f"t{line.title}"):
            fitting = [pk for pk, formed_on in self._found.get(key, ()) if formed_on <= line.shown_on]
            if len(fitting) == 1:
                return fitting[0]
        return None
