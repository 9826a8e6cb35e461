"""Counting what was released on channels, and the records behind every figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.web.agencies import tree
from gongkai.web.agencies.models import Agency
from gongkai.web.publications.channels.models import KINDS, STANDING, Channel, Showing
from gongkai.web.publications.models.document import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: an agency, or all below it by the kinds of edge named, over the days from `since` to `until`."""

    agency: Agency
    since: date
    until: date
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnChannel:
    """How many items were released on a channel, whose it is and of which kind."""

    channel: Channel
    items: int


@dataclass(frozen=True, slots=True)
class Kind:
    """How many items were released on all channels of a kind, and on each of them, the most first."""

    code: str
    label: str
    items: int
    channels: Sequence[OnChannel]


def behind(asked: Asked, kind: str = "", channel: str = "") -> QuerySet[Showing]:
    """Return the records behind a figure, the latest first: of all channels, of those of a kind, of one by its key."""
    found = Showing.objects.filter(STANDING, shown_on__gte=asked.since, shown_on__lte=asked.until)
    if asked.below:
        found = found.filter(channel__agency__in=tree.below(asked.agency.pk, asked.until, asked.below))
    else:
        found = found.filter(channel__agency=asked.agency)
    if kind:
        found = found.filter(channel__kind=kind)
    if channel:
        found = found.filter(channel__key=channel)
    return listed(found)


def counts(asked: Asked) -> list[Kind]:
    """Return how many items were released by kind and channel, in the order of the kinds; what has none is left out."""
    rows = behind(asked).order_by().values("channel").annotate(items=Count("pk")).values_list("channel", "items")
    by_channel: dict[int, int] = dict(rows)
    channels = Channel.objects.filter(pk__in=by_channel).select_related("agency").prefetch_related("agency__names")
    found: dict[str, list[OnChannel]] = {}
    for one in channels:
        found.setdefault(one.kind, []).append(OnChannel(one, by_channel[one.pk]))
    return [
        Kind(
            code, label, sum(one.items for one in found[code]),
            sorted(found[code], key=lambda one: (-one.items, one.channel.name, one.channel.pk)),
        )
        for code, label in KINDS
        if code in found
    ]  # fmt: skip


def sentence(asked: Asked, found: Sequence[Kind]) -> str:
    """Return the counts as an annual report states them."""
    total = sum(one.items for one in found)
    if not total:
        return ""
    days = f"{asked.since:%Y年}" if _whole_year(asked) else f"{_day(asked.since)}至{_day(asked.until)}"
    parts = "，".join(f"{one.label}{one.items}条" for one in found)
    return f"{days}，通过各类渠道公开信息{total}条，其中{parts}。"


def of_document(document: Document) -> QuerySet[Showing]:
    """Return where a document was released besides its own page, for its office, the latest first."""
    return listed(document.showings.filter(STANDING))


def listed(found: QuerySet[Showing]) -> QuerySet[Showing]:
    """Read what a list of records shows along with them, the latest first."""
    linked = found.select_related("channel__agency", "document", "photo")
    return linked.prefetch_related("channel__agency__names").order_by("-shown_on", "-pk")


def evidence(showing: Showing) -> tuple[str, ...]:
    """Return of which kinds the evidence of an entry is."""
    kinds = (
        ("链接", showing.link),
        ("照片", showing.photo_id),
        ("登记簿", showing.signer),
        ("导入的清单", showing.brought_id),
    )
    return tuple(says for says, there in kinds if there)


def _whole_year(asked: Asked) -> bool:
    return asked.since == date(asked.since.year, 1, 1) and asked.until == date(asked.since.year, 12, 31)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
