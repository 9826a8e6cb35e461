"""Figures of a report: most of them zero as in life, consistent by construction."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from gongkai.report.form import load
from tests.generator.made import Level, Value

APPLICANTS = ("natural_person", "business", "research_org", "nonprofit_org", "legal_service_org", "other_org")
_WEIGHTS = (80, 12, 1, 2, 3, 2)
GROUPS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
PARTS = ("upheld", "overturned", "other", "pending")


def results(form: str) -> list[str]:
    """The leaf rows of the requests table."""
    return [row.id for row in load(form).requests if row.result]


def make_figures(
    rng: Random,
    forms: tuple[str, str, str],
    level: Level,
    *,
    busy: bool = False,
    previous: dict[str, Value] | None = None,
) -> dict[str, Value]:
    """All figures of a sheet. `busy` forbids empty tables; `previous` is the year before, whose carry-over is taken up."""
    figures: dict[str, Value] = {}
    _proactive(rng, forms[0], level, busy, figures, previous or {})
    _requests(rng, forms[1], level, busy, figures, previous or {})
    _remedies(rng, busy, figures)
    return figures


def _size(rng: Random, level: Level, busy: bool) -> int:
    """About how many requests an office gets: none, a few, dozens, thousands."""
    kinds = {
        "township": (70, 25, 5, 0),
        "department": (40, 40, 18, 2),
        "county": (10, 30, 45, 15),
        "city": (0, 5, 45, 50),
    }
    none, few, dozens, thousands = kinds[level]
    size = rng.choices((0, 6, 80, 4000), (0 if busy else none, few, dozens, thousands))[0]
    return rng.randint(max(1, size // 8), size) if size else 0


def _requests(
    rng: Random, form: str, level: Level, busy: bool, into: dict[str, Value], previous: dict[str, Value]
) -> None:
    rows = results(form)
    counts = {(row, column): 0 for row in rows for column in APPLICANTS}
    size = _size(rng, level, busy)
    used = rng.choices(
        rows,
        [12 if row == "granted" else 5 if row in {"partly_granted", "unavailable.not_held"} else 1 for row in rows],
        k=8,
    )
    while size > 0:
        lump = min(size, max(1, rng.randint(0, max(1, size // 3))))
        counts[rng.choice(used), rng.choices(APPLICANTS, _WEIGHTS)[0]] += lump
        size -= lump
    carried = dict.fromkeys(APPLICANTS, 0)
    brought = {column: int(previous.get(f"requests.carried_forward.{column}", 0)) for column in APPLICANTS}
    for column in APPLICANTS:
        finished = sum(counts[row, column] for row in rows)
        if finished and rng.random() < 0.4:
            carried[column] = rng.randint(0, 1 + finished // 8)
        if not previous and finished and rng.random() < 0.4:
            brought[column] = rng.randint(0, max(1, finished // 6))
        short = brought[column] - finished - carried[column]
        if short > 0:
            counts["granted", column] += short
    for row in rows:
        for column in APPLICANTS:
            into[f"requests.{row}.{column}"] = counts[row, column]
    for column in APPLICANTS:
        finished = sum(counts[row, column] for row in rows)
        into[f"requests.total.{column}"] = finished
        into[f"requests.carried_forward.{column}"] = carried[column]
        into[f"requests.brought_forward.{column}"] = brought[column]
        into[f"requests.new.{column}"] = finished + carried[column] - brought[column]
    for row in (*rows, "total", "carried_forward", "brought_forward", "new"):
        into[f"requests.{row}.total"] = sum(int(into[f"requests.{row}.{column}"]) for column in APPLICANTS)


def _remedies(rng: Random, busy: bool, into: dict[str, Value]) -> None:
    active = busy or rng.random() < 0.25
    for group in GROUPS:
        parts = [rng.choice((0, 0, 1, 2, rng.randint(3, 40))) if active else 0 for _ in PARTS]
        if busy and group == "reconsideration":
            parts[0] += 1
        for part, count in zip(PARTS, parts, strict=True):
            into[f"remedies.{group}.{part}"] = count
        into[f"remedies.{group}.total"] = sum(parts)


def _proactive(
    rng: Random, form: str, level: Level, busy: bool, into: dict[str, Value], previous: dict[str, Value]
) -> None:
    active = busy or rng.random() < {"township": 0.45, "department": 0.8, "county": 0.9, "city": 1.0}[level]
    for row in load(form).proactive:
        for column in row.columns:
            into[f"proactive.{row.id}.{column.id}"] = 0
    if not active:
        for cell in ("proactive.normative_documents.in_force", "proactive.administrative_rules.in_force"):
            if cell in into:
                into[cell] = previous.get(cell, 0)
        return
    names = ("issued", "repealed", "in_force") if form == "2021" else ("made", "disclosed", "disclosed_to_date")
    for row_id in ("administrative_rules", "normative_documents"):
        base = f"proactive.{row_id}"
        most = 0 if row_id == "administrative_rules" and level != "city" else rng.choice((0, 3, 12, 40, 300))
        first = rng.randint(min(1, most), most)
        if form == "2021":
            before = int(previous.get(f"{base}.in_force", rng.randint(0, 2 * most)))
            second = rng.randint(0, min(before, most))
            figures = (first, second, before + first - second)
        else:
            disclosed = rng.randint(0, first)
            figures = (first, disclosed, disclosed + rng.randint(0, most))
        for name, figure in zip(names, figures, strict=True):
            into[f"{base}.{name}"] = figure
    for cell in list(into):
        table, row_id, column = cell.split(".")
        if table != "proactive" or row_id in {"administrative_rules", "normative_documents"}:
            continue
        size = rng.choice((0, 0, 8, 60, 1500, 30000 if level != "township" else 90))
        if column == "amount":
            into[cell] = money(rng, size)
        elif column == "change":
            into[cell] = rng.choice((0, 0, 0, rng.randint(-9, 12)))
        elif column in {"previous_items", "items"}:
            into[cell] = rng.randint(0, min(size, 90))
        else:
            into[cell] = rng.randint(0, size)


def money(rng: Random, size: int) -> Value:
    """An amount in 万元, none to four decimals."""
    if not size:
        return 0
    amount = Decimal(rng.randint(1, size * 10_000)) / 10_000
    return amount.quantize(Decimal(1).scaleb(-rng.choice((0, 1, 2, 2, 4))))
