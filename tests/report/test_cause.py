"""The likely cause: one slip that explains all broken identities, or none named."""

from __future__ import annotations

from collections import Counter
from random import Random

from gongkai.messages import LANGUAGES
from gongkai.report.check import check
from gongkai.report.form import sheet
from gongkai.report.model import Cause, Report, SheetCell
from gongkai.report.write.wording import cause_sentence
from tests.report.made import make_report

TWO = {f"requests.{row}.{column}": 2 for row in ("new", "granted", "total") for column in ("natural_person", "total")}


def _causes(report: Report) -> set[Cause | None]:
    findings = [f for f in check(report) if f.code.startswith(("balance", "total"))]
    assert findings
    return {f.cause for f in findings}


def test_one_wrong_figure_is_named_with_the_value_that_reconciles() -> None:
    (cause,) = _causes(make_report({**TWO, "requests.new.natural_person": 3}))
    assert cause == Cause("cell", ("requests.new.natural_person",), (3,), (2,))


def test_a_total_of_zero_over_parts_is_named() -> None:
    (cause,) = _causes(make_report({**TWO, "requests.total.total": 0}))
    assert cause == Cause("cell", ("requests.total.total",), (0,), (2,))


def test_a_figure_left_blank_is_named() -> None:
    (cause,) = _causes(make_report({**TWO, "requests.granted.natural_person": SheetCell(None, "blank", "", None)}))
    assert cause == Cause("cell", ("requests.granted.natural_person",), (None,), (2,))


def test_two_exchanged_figures_are_named() -> None:
    (cause,) = _causes(make_report({**TWO, "requests.new.natural_person": 0, "requests.new.business": 2}))
    assert cause is not None
    assert (cause.kind, set(cause.cells)) == ("swap", {"requests.new.natural_person", "requests.new.business"})


def test_a_row_moved_by_a_column_is_named() -> None:
    cells = {
        "requests.new.natural_person": 2,
        "requests.new.business": 1,
        "requests.new.total": 3,
        "requests.granted.business": 2,
        "requests.granted.research_org": 1,
        "requests.granted.total": 3,
        "requests.total.natural_person": 2,
        "requests.total.business": 1,
        "requests.total.total": 3,
    }
    (cause,) = _causes(make_report(cells))
    assert cause is not None
    assert cause.kind == "shift"
    assert cause.reconciling[:2] == (2, 1)
    # Moved with its total, which then fell off the end of the row.
    (cause,) = _causes(make_report({**cells, "requests.granted.other_org": 0, "requests.granted.total": 0}))
    assert cause is not None
    assert (cause.kind, cause.reconciling) == ("shift", (2, 1, 0, 0, 0, 0, 3))


def test_several_explanations_are_none() -> None:
    assert _causes(make_report({"remedies.reconsideration.upheld": 2, "remedies.reconsideration.total": 3})) == {None}
    moved = {**TWO, "requests.granted.natural_person": 0, "requests.partly_granted.natural_person": 2}
    assert _causes(make_report(moved)) == {None}


def test_the_prose_decides_between_several_figures() -> None:
    cells = {"remedies.reconsideration.upheld": 2, "remedies.reconsideration.total": 3}
    (cause,) = _causes(make_report(cells, {"4": "本年因政府信息公开被申请行政复议2件。"}))
    assert cause == Cause("cell", ("remedies.reconsideration.total",), (3,), (2,))
    assert _causes(make_report(cells, {"4": "本年因政府信息公开被申请行政复议3件。"})) == {None}


def test_a_negative_figure_is_never_proposed() -> None:
    (cause,) = _causes(make_report({"requests.new.natural_person": 0, "requests.granted.total": 5}))
    assert cause is None or all((value or 0) >= 0 for value in cause.reconciling)


def test_a_planted_slip_is_the_cause_wherever_a_single_figure_can_be_told() -> None:
    rng = Random(20)
    kinds: Counter[str] = Counter()
    base = _busy(rng)
    cells = [cell for cell in sheet("2021", "2021", "2021").cells if cell.startswith("requests.")]
    for cell in cells:
        wrong = base[cell] + rng.randint(1, 9)
        (cause,) = _causes(make_report({**base, cell: wrong}))
        assert cause == Cause("cell", (cell,), (wrong,), (base[cell],)), cell
        kinds[cause.kind] += 1
    assert kinds["cell"] == len(cells) == 175


def test_every_cause_has_its_sentence() -> None:
    the_sheet = sheet("2021", "2021", "2021")
    a, b = "requests.new.natural_person", "requests.new.business"
    causes = (
        Cause("cell", (a,), (3,), (2,)),
        Cause("swap", (a, b), (0, 2), (2, 0)),
        Cause("shift", (a, b), (0, 2), (2, 0)),
    )
    said = [cause_sentence(cause, the_sheet, language) for cause in causes for language in LANGUAGES]
    assert len(set(said)) == 6
    assert all("自然人" in sentence and "{" not in sentence for sentence in said)


def _busy(rng: Random) -> dict[str, int]:
    """A requests table that reconciles, all figures positive."""
    form = sheet("2021", "2021", "2021").form("requests")
    results = [row.id for row in form.requests if row.result]
    cells: dict[str, int] = {}
    columns = [column.id for column in form.request_columns][:-1]
    for column in columns:
        for row in results:
            cells[f"requests.{row}.{column}"] = rng.randint(1, 30)
        total = sum(cells[f"requests.{row}.{column}"] for row in results)
        carried, brought = rng.randint(1, 9), rng.randint(1, 9)
        cells[f"requests.total.{column}"] = total
        cells[f"requests.carried_forward.{column}"] = carried
        cells[f"requests.brought_forward.{column}"] = brought
        cells[f"requests.new.{column}"] = total + carried - brought
    for row in form.requests:
        cells[f"requests.{row.id}.total"] = sum(cells[f"requests.{row.id}.{column}"] for column in columns)
    return cells
