"""What section six says was received as information processing fee, against the charges of the proactive table."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gongkai.report.check.rules import found, threshold, unit
from gongkai.report.model import Finding, Report

_CELL = "proactive.charges.amount"


def check_fee(report: Report) -> Iterator[Finding]:
    """Yield a finding where more processing fee was received than administrative charges in all.

    The fee is itself such a charge; it exists from a first report year on. A blank
    charge counts as 0; nothing is said where either is unknown.
    """
    cell = report.cells.get(_CELL)
    if cell is None or (cell.value is None and cell.kind not in {"blank", "not_applicable"}):
        return
    charges = cell.value or 0
    if not report.year or report.year < threshold("fee_first_year"):
        return
    for fact in report.facts:
        if fact.what == "processing_fee.received" and fact.value:
            received = Decimal(fact.value) / (1 if fact.unit == "万元" else unit("wan"))
            if received > charges:
                facts: dict[str, object] = {
                    "said": fact.text,
                    "received": f"{received.normalize():f}",
                    "charges": charges,
                }
                yield found(
                    report, "fee.section_six", facts, cells=[_CELL], values=(received, charges), places=[fact.place]
                )
                return
