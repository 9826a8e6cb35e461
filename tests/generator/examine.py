"""A made-up report sent through reader, recogniser and checks, and held against its truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

from gongkai import documents
from gongkai.documents import Source
from gongkai.report.check import check
from gongkai.report.model import Finding, Report, SheetCell
from gongkai.report.recognise import recognise
from tests.generator.faults import FAULTS
from tests.generator.kinds import KINDS, Rendered, render
from tests.generator.made import Expected, Made
from tests.generator.story import make

_SLIPS = tuple(FAULTS)
UNREAD = {"unreadable", "absent"}


@dataclass
class Outcome:
    """What came of some documents: counts, and a line for everything that is not as it must be."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take another outcome in."""
        self.counts += other.counts
        self.problems += other.problems

    @property
    def share(self) -> float:
        """Cells read right in per cent of those that the file still holds."""
        return 100 * self.counts["equal"] / max(1, self.counts["cells"] - self.counts["lost"])


def read(written: Rendered, name: str) -> Report:
    """The report in a file's bytes."""
    return recognise(documents.read(Source(written.data, f"{name}.{written.ending}")), path=name)


def fault_of(seed: int) -> str | None:
    """Two reports in five carry a slip, each in its turn."""
    return _SLIPS[(seed // 5) % len(_SLIPS)] if seed % 5 < 2 else None


def document(kind: str, seed: int) -> tuple[Made, Rendered]:
    """The document that a kind and a seed stand for: every kind has reports of its own."""
    slip = fault_of(seed)
    made = make(
        crc32(kind.encode()) * 1_000_000 + seed, blanks=KINDS[kind].positions, fault=FAULTS[slip] if slip else None
    )
    made.planted = slip or ""
    return made, render(kind, made)


def examine(kind: str, seed: int) -> Outcome:
    """Make, read and check one document and compare it with its truth."""
    made, written = document(kind, seed)
    name = f"{kind} {seed}{f' {made.planted}' if made.planted else ''}"
    report = read(written, name)
    outcome = Outcome()
    outcome.counts["documents"] = 1
    if report.format != written.format:
        outcome.problems.append(f"{name}: format {report.format}, not {written.format}")
    compare_cells(made, report, outcome, name, positions=KINDS[kind].positions)
    compare_names(made, report, outcome, name)
    compare_facts(made, report, outcome, name)
    compare_findings(
        made.expected, made.allowed, check(report), outcome, name, unread=outcome.counts["unread"] + len(made.lost)
    )
    return outcome


def compare_cells(made: Made, report: Report, outcome: Outcome, name: str, *, positions: bool) -> None:
    """Every cell equal or unread, never wrong."""
    for cell in made.sheet.cells:
        outcome.counts["cells"] += 1
        got, truth = report.cells.get(cell), made.printed[cell]
        if cell in made.lost:
            outcome.counts["lost"] += 1
            if got is not None and got.kind == "inferred" and got.value != (truth.value or 0):
                outcome.problems.append(f"{name}: {cell} inferred {got.value}, lost {truth}")
            elif got is not None and got.kind not in {*UNREAD, "inferred"} and got.value != truth.value:
                outcome.problems.append(f"{name}: {cell} read {got.value} ({got.kind}), lost {truth}")
        elif got is None or got.kind in UNREAD:
            outcome.counts["unread"] += 1
        elif _equal(got, truth.value, truth.kind, positions):
            outcome.counts["equal"] += 1
        else:
            outcome.counts["wrong"] += 1
            outcome.problems.append(f"{name}: {cell} read {got.value} ({got.kind}, {got.raw!r}), printed {truth}")


def _equal(got: SheetCell, value: object, kind: str, positions: bool) -> bool:
    if got.kind == "inferred":
        return not positions and got.value == (value or 0)
    return got.value == value and (got.kind == kind or {got.kind, kind} <= {"number", "zero"})


def compare_names(made: Made, report: Report, outcome: Outcome, name: str) -> None:
    """Agency, year and form as written; the scope not the wrong one."""
    facts = (
        ("agency", report.agency, made.names),
        ("year", report.year, made.years),
        ("form", report.form, (made.forms[0],)),
        ("proactive form", report.form_by_table.get("proactive"), (made.forms[0],)),
        ("requests form", report.form_by_table.get("requests"), (made.forms[1],)),
        ("scope", report.scope, (made.scope, "unknown")),
    )
    for what, got, right in facts:
        outcome.counts["facts"] += 1
        if got not in right:
            outcome.problems.append(f"{name}: {what} {got}, not {' / '.join(map(str, right))}")


def compare_facts(made: Made, report: Report, outcome: Outcome, name: str) -> None:
    """Figures that the text says once and plainly are among the report's facts."""
    for what, value in made.facts.items():
        outcome.counts["said"] += 1
        if not any(fact.what == what and fact.value == value for fact in report.facts):
            outcome.problems.append(f"{name}: {what} {value} not among {[(f.what, f.value) for f in report.facts]}")


def compare_findings(
    expected: Sequence[Expected],
    allowed: set[str],
    findings: Sequence[Finding],
    outcome: Outcome,
    name: str,
    *,
    unread: int,
) -> None:
    """Everything planted is found, with its cause where only one explains it; nothing else beyond notices."""
    for one in expected:
        outcome.counts["planted"] += 1
        if any(_matches(one, finding) for finding in findings):
            outcome.counts["found"] += 1
        else:
            outcome.problems.append(
                f"{name}: {one.code} {sorted(one.cells)[:8]} cause {one.cause} not among {shown(findings)}"
            )
    fine = (
        {code for one in expected for code in one.code.split()} | allowed | ({"cell.unreadable"} if unread else set())
    )
    for finding in findings:
        if finding.severity != "notice" and finding.code not in fine:
            outcome.counts["false"] += 1
            outcome.problems.append(f"{name}: false alarm {shown([finding])}")


def _either(one: Expected) -> Expected:
    """What must be found where the file gives no positions."""
    return one._replace(code=f"{one.code} {one.instead}".strip())


def _matches(one: Expected, finding: Finding) -> bool:
    named = set(finding.cells)
    if finding.code not in one.code.split() or (one.cells and not one.cells & named):
        return False
    if one.whole and one.cells != named:
        return False
    if one.cause is None:
        return True
    return finding.cause is not None and (finding.cause.kind, frozenset(finding.cause.cells)) == one.cause


def shown(findings: Sequence[Finding]) -> str:
    """Findings in a line."""
    return "; ".join(
        f"{f.severity} {f.code} {','.join(f.cells[:6])} {f.values[:6]} {f.facts} {f.cause.kind if f.cause else ''}"
        for f in findings
    )
