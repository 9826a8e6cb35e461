"""其中 lists: do the parts add up to the whole?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.messages import Listing
from gongkai.report.check.rules import found, threshold
from gongkai.report.facts.numerals import ARABIC, COUNT_UNITS, measure
from gongkai.report.model import Finding, Prose, Report, Severity, Value

_STOP = re.compile(
    "较|比上|比去|比20|同比|增加|减少|增长|去年|上年(?!度?结转)|均|全部|共计|合计|累计|总计|平均|答复率|办结率|公开率"
)
_DISTRIBUTED = re.compile("各|分别|每|约|近|超|余|多次")
_OPEN = re.compile("^[^，。；]{0,2}(?:主要)?(?:包括|包含|主要|含|涉及|如|有)|主要")
_BRACKETS = re.compile("（[^（）]*）")
_CHANNEL = re.compile("网站|公众号|微信|微博|平台|抖音|客户端|公开栏|公示栏|媒体")
# One entry may be published through several channels; a list just above its whole is a slip all the same.
_FAMILIES = frozenset({"channel", "received", "result"})


@dataclass(slots=True)
class _Number:
    start: int
    end: int
    value: Value
    unit: str


@dataclass(slots=True)
class _List:
    """A whole, its parts in order, and where a list within the list begins (index of its first part)."""

    wholes: list[Value]
    unit: str
    parts: list[_Number] = field(default_factory=list)
    nested: int | None = None
    open: bool = False


def check_parts(report: Report) -> Iterator[Finding]:
    """Yield a finding for each 其中 list whose parts cannot be the whole.

    A list that says it is open (包括, 等), that mixes units or tells several divisions one after another is judged only
    by what must hold: no part, and no division, above the whole.
    """
    for section, part in report.prose.items():
        if section == "end" or "其中" not in part.text:
            continue
        numbers = [
            _Number(m.start(), m.end(), *measure(m[1], m[3], m[4])) for m in ARABIC.finditer(part.text) if not m[2]
        ]
        for at in _lists(part.text):
            listed = _read(part.text, at, numbers)
            if listed and listed.parts:
                yield from _judge(report, section, part, listed)


def _lists(text: str) -> Iterator[int]:
    """The offset of each 其中 that opens a list, not one within the list of the same sentence."""
    for found_ in re.finditer("其中", text):
        at = found_.start()
        begin = _begin(text, at)
        bracket = text.rfind("（", begin, at)
        if bracket > text.rfind("）", begin, at):
            begin = bracket
        if "其中" not in _BRACKETS.sub("", text[begin:at]):
            yield at


def _begin(text: str, at: int) -> int:
    return max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1


def _read(text: str, at: int, numbers: Sequence[_Number]) -> _List | None:
    begin = _begin(text, at)
    in_bracket = text.rfind("（", begin, at) > text.rfind("）", begin, at)
    ends = [found_ for sign in ("。", "\n", *(["）"] if in_bracket else [])) if (found_ := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    earlier = [n for n in numbers if begin <= n.start < at]
    if not earlier and begin and text[begin - 1] == "。":
        previous = _begin(text, begin - 1)
        earlier = [n for n in numbers if previous <= n.start < begin]
    wholes = [n for n in earlier if n.unit in COUNT_UNITS]
    if not wholes or _DISTRIBUTED.search(text, at, end):
        return None
    unit = wholes[-1].unit
    listed = _List([n.value for n in reversed(wholes) if n.unit == unit], unit)
    if in_bracket:
        listed.wholes = listed.wholes[:1]
    listed.open = bool(_OPEN.search(text[at + len("其中") : at + len("其中") + int(threshold("open_within"))]))
    _collect(text, at, end, numbers, listed)
    return listed


def _collect(text: str, at: int, end: int, numbers: Sequence[_Number], listed: _List) -> None:
    inner = [(m.start(), m.end()) for m in _BRACKETS.finditer(text, at, end)]
    last = at + len("其中")
    for number in numbers:
        if not at <= number.start < end or any(a <= number.start < b for a, b in inner):
            continue
        words = text[last : number.start]
        if _STOP.search(words):
            break
        last = number.end
        if number.unit != listed.unit:
            listed.open = listed.open or number.unit != "%"
            continue
        if "其中" in words and listed.parts and listed.nested is None:
            listed.nested = len(listed.parts)
        listed.parts.append(number)
    if "等" in text[last : last + int(threshold("open_after"))]:
        listed.open = True


def _judge(report: Report, section: str, part: Prose, listed: _List) -> Iterator[Finding]:
    values = [number.value for number in listed.parts]
    kinds = _kinds(report, section, listed)
    if listed.nested is not None:
        outer, inner = values[: listed.nested], values[listed.nested :]
        if _nested_fits(listed.wholes, outer, inner):
            return
        if not any(sum(outer) == whole for whole in listed.wholes):
            values, kinds = outer, kinds[: listed.nested]
            if sum(outer) < listed.wholes[0]:
                return
        else:
            listed = _List([outer[-1]], listed.unit, listed.parts[listed.nested :], None, listed.open)
            values, kinds = inner, kinds[len(outer) :]
    if _fits(listed.wholes, values, kinds):
        return
    severity = _severity(listed, values, kinds, part.text)
    if severity:
        whole, total = listed.wholes[0], sum(values)
        facts: dict[str, object] = {
            "whole": f"{whole}{listed.unit}",
            "parts": Listing(tuple(values), "list.sum"),
            "sum": f"{total}{listed.unit}",
            "difference": abs(whole - total),
            "unit": listed.unit,
        }
        place = part.place(listed.parts[0].start)
        yield found(report, "prose.parts", facts, values=(whole, total), places=[place], severity=severity)


def _fits(wholes: Sequence[Value], values: Sequence[Value], kinds: Sequence[str]) -> bool:
    """Whether the list is one division of the whole, or several one after another."""
    return any(_divides(whole, values) or _other_kind_follows(whole, values, kinds) for whole in wholes)


def _divides(whole: Value, values: Sequence[Value]) -> bool:
    total: Value = 0
    for value in values:
        total = value if total == whole and value else total + value
    return total == whole


def _completed_early(whole: Value, values: Sequence[Value]) -> int | None:
    """How many leading parts already make up the whole, None where no beginning of at least two does."""
    return next(
        (count for count in range(int(threshold("least_parts")), len(values)) if sum(values[:count]) == whole), None
    )


def _other_kind_follows(whole: Value, values: Sequence[Value], kinds: Sequence[str]) -> bool:
    """Whether a division is complete before the list turns to another kind of parts."""
    count = _completed_early(whole, values)
    return count is not None and not set(kinds[:count]) & set(kinds[count:])


def _nested_fits(wholes: Sequence[Value], outer: list[Value], inner: list[Value]) -> bool:
    """Whether the inner list divides the part before it and what follows the inner list completes the outer one."""
    return any(
        sum(inner[:cut]) == outer[-1] and any(sum(outer) + sum(inner[cut:]) == whole for whole in wholes)
        for cut in range(1, len(inner) + 1)
    )


def _kinds(report: Report, section: str, listed: _List) -> list[str]:
    """What each part counts: applicant, channel, received, result, or "" for anything else."""
    what = {fact.offset: fact.what for fact in report.facts if fact.section == section}
    kinds = []
    for number in listed.parts:
        name = what.get(number.start, "")
        root = name.partition(".")[0]
        if root in {"requests_new", "brought_forward"}:
            root = "received"
        elif root in {"granted", "partly_granted", "refused", "unavailable", "not_processed", "other"}:
            root = "result"
        kinds.append(name if root == "applicant" else root if root in _FAMILIES else "")
    return kinds


def _severity(listed: _List, values: list[Value], kinds: list[str], text: str) -> Severity | None:
    whole = listed.wholes[0]
    families = {kind.partition(".")[0] for kind in kinds}
    if len(families) > 1:
        by_family = [
            sum(v for v, kind in zip(values, kinds, strict=True) if kind.partition(".")[0] == family)
            for family in families
        ]
        return "warning" if max(by_family) > max(listed.wholes) else None
    total = sum(values)
    if total > max(listed.wholes):
        words = text[max(0, listed.parts[0].start - int(threshold("channels_before"))) : listed.parts[-1].end]
        overlapping = (
            len(_CHANNEL.findall(words)) >= threshold("least_channels")
            and max(values) <= whole
            and float(total) > float(whole) * threshold("channels_slip")
        )
        early = _completed_early(whole, values) is not None
        return "notice" if overlapping or early else "warning"
    if listed.open or len(values) < threshold("least_parts") or total > whole:
        return None
    if {"applicant.natural_person", "applicant.organisation"} <= set(kinds) or families == {"received"}:
        return "warning"
    gap = float((whole - total) / whole)
    if gap <= threshold("parts_gap_warning"):
        return "warning"
    return "notice" if gap <= threshold("parts_gap_notice") else None
