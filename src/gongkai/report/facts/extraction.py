"""From prose to facts: find the figures, and say of each what it counts, or leave it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from gongkai.report.facts.asides import of_all_years, of_another_office, of_answered, of_drafts, of_part_of_year
from gongkai.report.facts.denials import denials
from gongkai.report.facts.meaning import Context, meanings, topic_of, until_break
from gongkai.report.facts.numerals import ARABIC, CHINESE, UNITLESS, chinese, measure
from gongkai.report.model import Fact, Prose, Scope, Value

_YEAR = re.compile(r"20[0-9]{2}(?=\s*年)")
_SCOPE = re.compile(
    "(全[区市县省州旗盟]|各级|各部门|各单位|各乡镇|各镇街|各街道)|本机关|本级|本单位|我[局镇乡街办委厅]|本[局镇乡街办委]|全[镇乡]|全街道|"
    "[区市县]政府(?:办|本级|机关|共|全年|收到|新收|受理|办理)"
)
# No clause needs more words before its figure; a text without punctuation must not cost more.
_REACH = 120
_BREAKS = "，；（(,;"


class Hit(NamedTuple):
    """A number met: where the number starts, where its unit ends, its value and unit; `spelt` in Chinese numerals."""

    start: int
    end: int
    value: Value
    unit: str
    spelt: bool = False


def extract(prose: Mapping[str, Prose], year: int | None = None) -> tuple[Fact, ...]:
    """Return the figures that the prose states about the report's own year, in reading order.

    `prose` is by section; the signature ("end") says no figures. Figures said of another year than `year` (when not
    given: the first year the text names) are left out, and so are approximate and cumulative ones.
    """
    own_year = year or _own_year(prose)
    facts: list[Fact] = []
    for section, part in prose.items():
        if section != "end" and part.text:
            facts.extend(_section(section, part, own_year))
    return tuple(facts)


def _own_year(prose: Mapping[str, Prose]) -> int | None:
    for section in ("0", "1"):
        part = prose.get(section)
        found = _YEAR.search(part.text) if part else None
        if found:
            return int(found.group())
    return None


def _section(section: str, part: Prose, own_year: int | None) -> list[Fact]:
    text = part.text
    facts = [
        Fact(what, 0, "", part.place(start), text[start:end], section, start, _scope(text, start))
        for start, end, what in denials(text, section)
    ]
    facts.extend(_counted(section, part, own_year))
    facts.sort(key=lambda fact: fact.offset)
    return facts


def _counted(section: str, part: Prose, own_year: int | None) -> list[Fact]:
    text = part.text
    hits = _hits(text)
    if not hits:
        return []
    facts: list[Fact] = []
    topic: str | None = None
    sentence = previous_end = 0
    of_sentence = 0
    for hit in hits:
        begins = max(text.rfind("。", 0, hit.start), text.rfind("\n", 0, hit.start)) + 1
        if begins != sentence:
            sentence, of_sentence = begins, len(facts)
            if text[begins - 1 : begins] == "\n":
                topic = None
        reach = max(begins, previous_end, hit.start - _REACH)
        clause = max(reach, *[text.rfind(sign, reach, hit.start) + 1 for sign in _BREAKS])
        head = text[clause : hit.start]
        if len(head.strip()) <= 2 and clause > begins and text[clause - 1] == "，":
            earlier = max(begins, text.rfind("，", begins, clause - 1) + 1)
            if earlier >= previous_end:
                head = text[earlier : clause - 1] + head
        context = Context(head, text[hit.end : hit.end + 24], text[begins : hit.start], topic, section)
        previous_end = hit.end
        found = () if text[hit.start - 1 : hit.start] == "第" else meanings(hit.value, hit.unit, hit.spelt, context)
        topic = topic_of(found[0]) if found else None if len(head.strip()) > 2 else topic
        year = _year(text, begins, hit.start) if found else None
        for what in found:
            if year is not None and own_year is not None and year != own_year and not _carried(what):
                continue
            if _beside_the_sheet(what, head, context.before):
                continue
            _widen(facts, of_sentence, what, head, context.before)
            said = text[clause : hit.end] + ("" if head else until_break(context.tail[:12]))
            facts.append(
                Fact(
                    what, hit.value, hit.unit, part.place(hit.start), said.strip("、，： ")[-80:], section, hit.start,
                    _scope(text, hit.start, begins), None if _carried(what) else year,
                )
            )  # fmt: skip
    return facts


def _hits(text: str) -> list[Hit]:
    hits = [
        Hit(found.start(), found.end(), *measure(found[1], found[3], found[4]))
        for found in ARABIC.finditer(text)
        if not found[2]
    ]
    for found in CHINESE.finditer(text):
        hits.append(Hit(found.start(), found.end(), chinese(found[1]), found[2], True))
    for found in UNITLESS.finditer(text):
        value = 0 if found[1] in {"零", "无"} else int(found[1])
        hits.append(Hit(found.start(1), found.end(1), value, ""))
    hits.sort()
    return hits


def _year(text: str, begins: int, end: int) -> int | None:
    """The last year of a stretch of `text` that says when something happened, not what it is compared with."""
    year = None
    for found in _YEAR.finditer(text, begins, end):
        at = found.start()
        before, after = text[max(0, at - 3) : at], text[at + 4 : at + 12]
        if any(sign in before for sign in ("较", "比", "至", "到", "转")) or "结转" in after:
            continue
        if text.rfind("《", max(0, at - 40), at) > text.rfind("》", max(0, at - 40), at):
            continue
        year = int(found.group())
    return year


def _scope(text: str, at: int, begins: int | None = None) -> Scope:
    """The scope that the sentence names last before `at`."""
    if begins is None:
        begins = max(text.rfind("。", 0, at), text.rfind("\n", 0, at)) + 1
    scope: Scope = "unknown"
    for found in _SCOPE.finditer(text, begins, at):
        scope = "area" if found.group(1) else "own"
    return scope


def _carried(what: str) -> bool:
    return what in {"brought_forward", "carried_forward"}


def _beside_the_sheet(what: str, head: str, before: str) -> bool:
    """Whether a figure of the right name counts something that the sheet does not."""
    if _carried(what):
        return False
    requests = topic_of(what) == "requests"
    if of_part_of_year(before) or of_all_years(head, before):
        return True
    return (requests and of_another_office(head)) or of_drafts(what, before) or of_answered(what, before)


def _widen(facts: list[Fact], of_sentence: int, what: str, head: str, before: str) -> None:
    """Where a part of what was received turns out to be brought forward, the figure before it is the total.

    A part in brackets belongs to the figure right before them: 收到32件，答复33件（含上年结转3件） leaves what was received.
    """
    among = before.rpartition("；")[2]
    if "不含" in head or "不包" in head:
        return
    if what == "brought_forward" or (what == "requests_new" and "新" in head and "其中" in among):
        bracketed = max(before.rfind("（"), before.rfind("(")) > max(before.rfind("）"), before.rfind(")"))
        for at in range(len(facts) - 1, of_sentence - 1, -1):
            if _all_handled(facts[at]):
                if what == "requests_new" or "含" in head or "包括" in head or "其中" in among:
                    facts[at] = facts[at]._replace(what="requests_total")
                return
            if bracketed and facts[at].what == "requests_answered":
                return


def _all_handled(fact: Fact) -> bool:
    """Whether a figure may include what was brought forward: 收到 or 办理, but not 新收 or 办结."""
    if fact.what == "requests_answered":
        return "办理" in fact.text and "办结" not in fact.text and "答复" not in fact.text
    return fact.what == "requests_new" and "新" not in fact.text
