"""Reports that belong together: two years of one office, and an area's report over its parts; slips between them."""

from __future__ import annotations

from random import Random

from gongkai.report.check import check
from gongkai.report.form import sheet
from gongkai.report.model import Report
from tests.generator import agencies
from tests.generator.examine import Outcome, compare_findings, read
from tests.generator.figures import APPLICANTS
from tests.generator.kinds import KINDS, render
from tests.generator.made import Expected, Made
from tests.generator.story import Plan, plan, write

_OFFICIAL = ("2021", "2021", "2021")
_KINDS = [name for name, kind in KINDS.items() if kind.positions and kind.format != "pdf"]
YEAR_SLIPS = ("", "carried", "in-force")
TREE_SLIPS = ("", "sum")


def _as_read(made: Made, rng: Random) -> Report:
    """The report after a trip through a file of any kind that keeps positions."""
    kind = rng.choice(_KINDS)
    return read(render(kind, made), f"{kind} {made.seed}")


def examine_years(seed: int, slip: str) -> Outcome:
    """Two years of one office; with a slip the second does not take up what the first left."""
    rng = Random(seed)
    before = plan(2 * seed, year=rng.randint(2021, 2024), forms=_OFFICIAL, busy=rng.random() < 0.5)
    now = plan(2 * seed + 1, previous=before, forms=_OFFICIAL, busy=bool(slip))
    expected = list(now.expected)
    if slip:
        before.plain = now.plain = True
        expected.append(_spoil(now, slip, rng))
    report, previous = _as_read(write(now), rng), _as_read(write(before), rng)
    outcome = Outcome()
    outcome.counts["documents"] = 2
    compare_findings(expected, set(), check(report, previous), outcome, f"years {seed} {slip}", unread=0)
    return outcome


def _spoil(now: Plan, slip: str, rng: Random) -> Expected:
    more = rng.randint(1, 9)
    if slip == "in-force":
        cell = "proactive.normative_documents.in_force"
        now.figures[cell] = int(now.figures[cell]) + more
        return Expected("year.in_force", frozenset({cell}))
    column = rng.choice(APPLICANTS)
    for row in ("brought_forward", "granted", "total"):
        for name in (column, "total"):
            cell = f"requests.{row}.{name}"
            now.figures[cell] = int(now.figures[cell]) + more
    return Expected("year.carried", frozenset({f"requests.brought_forward.{column}"}))


def examine_tree(seed: int, slip: str) -> Outcome:
    """A county's report over its parts; with a slip one figure is not the sum."""
    rng = Random(seed)
    children = [
        plan(10 * seed + n, year=2023, forms=_OFFICIAL, level=level)
        for n, level in enumerate(("township", "township", "department"), 1)
    ]
    parent = plan(10 * seed, year=2023, forms=_OFFICIAL, agency=agencies.pick(rng, "county"))
    for cell in sheet(*_OFFICIAL).cells:
        parent.figures[cell] = sum((child.figures[cell] for child in children), start=0)
    parent.area = True
    expected = []
    if slip:
        cell = f"proactive.{rng.choice(('licences', 'penalties', 'compulsion'))}.decisions"
        parent.figures[cell] = int(parent.figures[cell]) + rng.randint(1, 9)
        expected.append(Expected("tree.sum", frozenset({cell})))
    report = _as_read(write(parent), rng)
    outcome = Outcome()
    outcome.counts["documents"] = 1 + len(children)
    if report.scope != "area":
        outcome.problems.append(f"tree {seed}: scope {report.scope}, not area")
    findings = check(report, children=[_as_read(write(child), rng) for child in children])
    compare_findings(expected, set(), findings, outcome, f"tree {seed} {slip}", unread=0)
    return outcome
