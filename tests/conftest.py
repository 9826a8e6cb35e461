"""Counts that tests record are added up over all workers and printed at the end."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import settings

# A machine that is busy is no defect of what is tested.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")

_SEEN: dict[str, Counter[str]] = defaultdict(Counter)
_TOTALS: Counter[str] = Counter()
_COUNTED: Counter[str] = Counter()
"""What tests noted under `counted`: a mapping of what was checked to how many."""
_GATE: list[str] = []
SKELETON_CELLS = 984


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Collect what `record_property` noted; runs where the summary is printed, whoever ran the test."""
    if report.when != "call":
        return
    for name, value in report.user_properties:
        if name == "generated" and isinstance(value, dict):
            _SEEN[str(value["kind"])].update({key: count for key, count in value.items() if key != "kind"})
        elif name == "counted" and isinstance(value, dict):
            _COUNTED.update({str(what): int(count) for what, count in value.items()})
        elif name == "gate":
            _GATE.append(str(value))
        elif name in ("skeleton cells", "seed cells"):
            _TOTALS[name] += int(str(value))
            _TOTALS[f"{name}: files"] += 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts, so that a run that checked nothing can be told from one that did."""
    if _GATE:
        terminalreporter.section("release gate")
        for line in _GATE:
            terminalreporter.write_line(line)
    if _TOTALS["skeleton cells: files"]:
        terminalreporter.section("real reports")
        files = _TOTALS["seed cells: files"]
        terminalreporter.write_line(
            f"skeletons: {_TOTALS['skeleton cells: files']} of 5, cells {_TOTALS['skeleton cells']} of {SKELETON_CELLS}"
        )
        seeds = f"{files} of 5, cells {_TOTALS['seed cells']} of {SKELETON_CELLS}" if files else "not there"
        terminalreporter.write_line(f"seeds: {seeds}")
    if _COUNTED:
        terminalreporter.section("checked")
        for what, count in sorted(_COUNTED.items()):
            terminalreporter.write_line(f"{what:<60}{count:>10}")
    if _SEEN:
        terminalreporter.section("generated reports")
        terminalreporter.write_line(
            f"{'kind':<22}{'documents':>10}{'cells':>10}{'right %':>9}{'unread':>8}{'lost':>7}{'wrong':>7}{'planted':>9}{'found':>7}{'false':>7}"
        )
        total: Counter[str] = Counter()
        for kind, counts in sorted(_SEEN.items()):
            terminalreporter.write_line(_line(kind, counts))
            total.update(counts)
        terminalreporter.write_line(_line("all", total))


def _line(kind: str, counts: Counter[str]) -> str:
    held = counts["cells"] - counts["lost"]
    share = f"{100 * counts['equal'] / held:.3f}" if held else "—"
    return (
        f"{kind:<22}{counts['documents']:>10}{counts['cells']:>10}{share:>9}{counts['unread']:>8}{counts['lost']:>7}"
        f"{counts['wrong']:>7}{counts['planted']:>9}{counts['found']:>7}{counts['false']:>7}"
    )
