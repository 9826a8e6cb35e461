"""The prose against the table: each stated figure must fit at least one accepted reading of the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongkai.messages import Listing, Phrase, phrase
from gongkai.report.check.names import abbreviates
from gongkai.report.check.readings import Reading, reading_words, readings, value_of
from gongkai.report.check.rules import found, threshold, unit
from gongkai.report.model import Fact, Finding, Report, Severity, Value

_DOCUMENTS = ("normative_documents", "administrative_rules")
_DOCUMENT_UNITS = frozenset({"件", "份", "部", "个", ""})
_REMEDIES = ("reconsiderations", "litigations")
_OFFICE_ACTS = re.compile(
    "(?:^|[，。；、：])([省市县区旗州][一-龥]{1,12}?(?:局|厅|委员会|委|中心|大队))(?:共|全年|年内|累计|依法|一共)*(?:办理|办结|收到|受理|作出|实施)"
)
_DIGIT = re.compile("[0-9零〇一二两三四五六七八九十百]")


def check_said(report: Report) -> Iterator[Finding]:
    """Yield a finding for each figure of the prose that fits no reading of the cells.

    A figure of another year or one that nothing in the sheet answers to is passed over. A figure said of another
    scope than the report's (全区 in an office's own report) is at most noticed.
    """
    fitting: set[str] = set()
    unfitting: list[tuple[Fact, tuple[Reading, ...], list[Value]]] = []
    for fact in report.facts:
        if fact.year and report.year and fact.year != report.year:
            continue
        ways = _accepted(report, fact)
        values = [value for way in ways if (value := value_of(report, way)) is not None]
        if not values:
            continue
        if any(_same(fact, value) for value in values):
            fitting.add(fact.what)
        else:
            unfitting.append((fact, ways, values))
    seen: set[tuple[str, Value]] = set()
    for fact, ways, _values in unfitting:
        other_scope = fact.scope not in {"unknown", report.scope}
        if (fact.what, fact.value) in seen or (other_scope and fact.what in fitting):
            continue
        seen.add((fact.what, fact.value))
        doubtful = other_scope or _uncertain(report, fact) or _of_another_office(report, fact)
        yield _finding(report, fact, ways, "notice" if doubtful else None)


def _accepted(report: Report, fact: Fact) -> tuple[Reading, ...]:
    ways = readings(report.sheet, fact.what)
    if fact.what == "requests_new" and (fact.value == 0 or "新" in fact.text):
        return ways[:1]
    if fact.what.startswith(_DOCUMENTS) and _counts_documents(report) and fact.unit not in _DOCUMENT_UNITS:
        # 规范性文件N条 counts entries on a website, not documents.
        return ()
    return ways


def _uncertain(report: Report, fact: Fact) -> bool:
    """公开规范性文件N件 may include documents of earlier years that have lapsed since."""
    return _counts_documents(report) and fact.what in {*_DOCUMENTS, *(f"{row}.disclosed" for row in _DOCUMENTS)}


def _of_another_office(report: Report, fact: Fact) -> bool:
    """Whether the clause names an office other than the report's own as the one that acted: 县行政审批局办理行政许可9000件."""
    acts = _OFFICE_ACTS.search(fact.text)
    return acts is not None and report.agency is not None and not abbreviates(acts[1], report.agency)


def _counts_documents(report: Report) -> bool:
    """Whether the form counts documents issued and in force, and not entries disclosed."""
    return all(f"proactive.{row}.issued" in report.sheet.columns for row in _DOCUMENTS)


def _same(fact: Fact, value: Value) -> bool:
    if fact.unit != "元" and fact.unit != "万元":
        return fact.value == value
    said = Decimal(fact.value) / (unit("wan") if fact.unit == "元" else 1)
    exponent = said.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    rounding = Decimal(str(threshold("rounding"))).scaleb(-max(decimals, 1))
    return abs(said - Decimal(value)) < rounding or said == value


def _finding(report: Report, fact: Fact, ways: tuple[Reading, ...], severity: Severity | None) -> Finding:
    cells = ways[0].plus + ways[0].minus
    in_table = value_of(report, ways[0])
    facts: dict[str, object] = {
        "said": fact.text,
        "value": fact.value,
        "unit": fact.unit,
        "table": _table(report, ways),
    }
    code, variant = "prose.cell", ""
    if told_as := _told_as(report, fact, in_table):
        code, variant = "prose.wording", "kind"
        facts["other"] = told_as
    elif fact.value == 0 and not _DIGIT.search(fact.text):
        code, variant = "prose.wording", "none"
    elif columns := _wrong_columns(report, fact, ways):
        variant = "columns"
        facts |= columns
        cells = tuple(dict.fromkeys(cell for way in ways for cell in way.plus))
    return found(
        report, code, facts, variant=variant, cells=cells, values=(fact.value, in_table), places=[fact.place], severity=severity
    )  # fmt: skip


def _table(report: Report, ways: tuple[Reading, ...]) -> Listing:
    """The readings for people; a sum of several cells only where it says something that no earlier reading said."""
    words: dict[Phrase, Value] = {}
    for way in ways:
        value = value_of(report, way)
        if value is not None and (len(way.plus) == 1 or value not in words.values()):
            words[reading_words(report, way)] = value
    return Listing(tuple(words), "list.semicolon")


def _told_as(report: Report, fact: Fact, in_table: Value | None) -> Phrase | None:
    """The other remedy whose total is exactly the figure said, where the one named has none in the table."""
    if fact.what not in _REMEDIES or not fact.value or in_table:
        return None
    other = _REMEDIES[1 - _REMEDIES.index(fact.what)]
    way = readings(report.sheet, other)[0]
    return reading_words(report, way) if value_of(report, way) == fact.value else None


def _wrong_columns(report: Report, fact: Fact, ways: tuple[Reading, ...]) -> dict[str, object]:
    """Where the figure said stands in another column of the same row, which column, and what stands in its place."""
    cell = ways[0].plus[0]
    row = cell.rpartition(".")[0]
    if not cell.startswith("proactive.") or not fact.value:
        return {}
    accepted = {name for way in ways for name in way.plus}
    other = [
        name
        for name in report.sheet.cells
        if name.rpartition(".")[0] == row and name not in accepted and report.value(name) == fact.value
    ]
    if len(other) != 1:
        return {}
    stands = report.value(cell)
    return {
        "column": report.sheet.columns[other[0]].label,
        "right_column": report.sheet.columns[cell].label,
        "stands": stands,
        "neighbour": _neighbour(report, fact, stands),
    }


def _neighbour(report: Report, fact: Fact, value: Value | None) -> Phrase | str:
    """The other part of the same sentence that has the figure which stands in the table: （乡镇动态10条）."""
    text = report.prose[fact.section].text
    end = text.find("。", fact.offset)
    match = re.search(
        rf"([^，。；、0-9\s]{{2,12}})\s*{value}\s*(条|件|份|篇)", text[fact.offset : end if end > 0 else None]
    )
    return phrase("finding.part.neighbour", said=match[0].strip()) if match and value else ""
