"""Two thousand made-up reports of known truth, in every kind of file: every figure right or marked, every slip found."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.generator.causes import broken
from tests.generator.examine import Outcome, document, examine
from tests.generator.faults import FAULTS
from tests.generator.kinds import KINDS
from tests.generator.made import Grid
from tests.generator.relations import TREE_SLIPS, YEAR_SLIPS, examine_tree, examine_years
from tests.generator.story import make

CHUNK = 25
DOCUMENTS = 2000
PDFS = 200
LEAST_SHARE = 99.5


def _shares() -> dict[str, int]:
    """Chunks by kind: the PDF kinds share their own number, all others the rest."""
    pdf = [name for name, kind in KINDS.items() if kind.format == "pdf"]
    rest = [name for name in KINDS if name not in pdf]
    shares = {name: -(-PDFS // CHUNK // len(pdf)) for name in pdf}
    left = DOCUMENTS // CHUNK - sum(shares.values())
    return shares | {name: left // len(rest) + (n < left % len(rest)) for n, name in enumerate(rest)}


CHUNKS = [(kind, number) for kind, chunks in _shares().items() for number in range(chunks)]


def test_the_suite_holds_two_thousand_documents_of_which_two_hundred_are_pdfs() -> None:
    pdfs = sum(CHUNK for kind, _ in CHUNKS if KINDS[kind].format == "pdf")
    assert len(CHUNKS) * CHUNK >= DOCUMENTS
    assert pdfs >= PDFS


@pytest.mark.parametrize(("kind", "chunk"), CHUNKS, ids=lambda value: str(value))
def test_reports_are_read_without_a_wrong_figure(
    kind: str, chunk: int, record_property: Callable[[str, object], None]
) -> None:
    """No cell wrong, nearly all right, agency, year and form right, every slip found, no false alarm."""
    outcome = Outcome()
    for seed in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        outcome.add(examine(kind, seed))
    record_property("generated", {"kind": kind, **outcome.counts})
    assert outcome.counts["documents"] == CHUNK
    assert outcome.problems == []
    assert outcome.share >= LEAST_SHARE


@pytest.mark.parametrize("slip", YEAR_SLIPS)
def test_two_years_of_an_office_are_held_against_each_other(
    slip: str, record_property: Callable[[str, object], None]
) -> None:
    outcome = Outcome()
    for seed in range(CHUNK):
        outcome.add(examine_years(seed, slip))
    record_property("generated", {"kind": f"two years {slip}", **outcome.counts})
    assert outcome.counts["documents"] == 2 * CHUNK
    assert outcome.counts["found"] == outcome.counts["planted"] == (CHUNK if slip else 0)
    assert outcome.problems == []


@pytest.mark.parametrize("slip", TREE_SLIPS)
def test_an_areas_report_is_held_against_its_parts(slip: str, record_property: Callable[[str, object], None]) -> None:
    outcome = Outcome()
    for seed in range(CHUNK):
        outcome.add(examine_tree(seed, slip))
    record_property("generated", {"kind": f"area {slip}", **outcome.counts})
    assert outcome.counts["documents"] == 4 * CHUNK
    assert outcome.counts["found"] == outcome.counts["planted"] == (CHUNK if slip else 0)
    assert outcome.problems == []


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_generator_writes_what_it_says(kind: str) -> None:
    """The witness itself: figures reconcile, every cell is in the printed tables, the same seed gives the same bytes."""
    for seed in range(3):
        made = make(seed, blanks=KINDS[kind].positions)
        assert broken(made.sheet, made.figures) == []
        slots = [slot.id for block in made.body if isinstance(block, Grid) for slot in block.slots if slot.id]
        assert sorted(slots) == sorted(made.sheet.cells)
        if KINDS[kind].format != "xlsx":  # a workbook names the second it was made in
            assert document(kind, seed)[1].data == document(kind, seed)[1].data


def test_every_slip_is_planted_and_none_is_planted_unseen() -> None:
    seen = {fault: make(Random(fault).randrange(999), fault=plant).expected for fault, plant in FAULTS.items()}
    assert all(seen.values())


@pytest.mark.parametrize(
    ("kind", "seed"), [("pdf-ruled", 100007), ("pdf-repeated", 100118), ("pdf-repeated", 100240)]
)
def test_rows_of_dashes_at_a_page_break_are_no_cut_header(kind: str, seed: int) -> None:
    outcome = examine(kind, seed)
    assert outcome.problems == []
    assert outcome.counts["unread"] == 0
