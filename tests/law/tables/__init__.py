"""Tables of the law's data as a lawyer reads them, typed beside the data so that nothing in it changes by itself."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def table(name: str) -> list[tuple[str, ...]]:
    """The rows of a table without its head; a cell that says nothing is empty."""
    lines = (HERE / f"{name}.md").read_text(encoding="utf-8").splitlines()
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if line.startswith("|")]
    return rows[2:]
