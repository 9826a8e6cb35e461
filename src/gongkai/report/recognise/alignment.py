"""Which row of the form each printed row is: by its label, and by the order of all of them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from gongkai.report.recognise.entries import Entry, figures_of
from gongkai.report.recognise.labels import RowLabel

_SKIP_ROW = -0.35
_SKIP_FULL_ENTRY = -0.5
_SKIP_ENTRY = -0.05
_SURE = 0.6
_FULL_COUNT = 0.3
_IMPOSSIBLE = -9.0
_BAND = 6


def align(entries: Sequence[Entry], labels: Sequence[RowLabel]) -> dict[int, int]:
    """Map positions in `entries` to positions in `labels`.

    Exact labels in the form's order are taken as they are. Otherwise the best alignment that keeps the order is sought;
    an entry whose label is not like the row's stays only where its neighbours leave no other choice.
    """
    exact = _exact(entries, labels)
    if exact is not None:
        return exact
    likeness = _likeness(entries, labels)
    pairs = _best_path(entries, labels, likeness)
    kept = _without_doubtful(pairs, likeness, len(entries), len(labels), entries, labels)
    return _with_known(kept, entries, labels)


def _with_known(kept: dict[int, int], entries: Sequence[Entry], labels: Sequence[RowLabel]) -> dict[int, int]:
    """Add the entries whose label names their row although they stand out of order; a row named twice stays as it is."""
    at = {label.row.id: n for n, label in enumerate(labels)}
    named = Counter(entry.row for entry in entries if entry.pieces)
    taken = set(kept.values())
    for n, entry in enumerate(entries):
        row = at.get(entry.row) if entry.row is not None else None
        if n not in kept and row is not None and row not in taken and named[entry.row] == 1:
            kept[n] = row
    return kept


def _exact(entries: Sequence[Entry], labels: Sequence[RowLabel]) -> dict[int, int] | None:
    """The alignment where every entry names a row and the rows stand in the form's order, else None."""
    at = {label.row.id: n for n, label in enumerate(labels)}
    found: dict[int, int] = {}
    last = -1
    for n, entry in enumerate(entries):
        row = at.get(entry.row) if entry.row is not None else None
        if row is None or row <= last:
            return None
        found[n] = last = row
    return found


def _likeness(entries: Sequence[Entry], labels: Sequence[RowLabel]) -> list[list[float]]:
    """How like each entry's text (its own label and the tail that stands after its figures) is to each row's label."""
    table: list[list[float]] = []
    band = _BAND + abs(len(entries) - len(labels))
    known_rows = {label.row.id for label in labels}
    for n, entry in enumerate(entries):
        own = entry.label
        tail = entries[n + 1].label if entry.in_line and n + 1 < len(entries) else ""
        row: list[float] = []
        for m, label in enumerate(labels):
            if entry.row in known_rows:
                row.append(1.0 if entry.row == label.row.id else _IMPOSSIBLE)
                continue
            if abs(n - m) > band:
                row.append(0.0)
                continue
            alone = label.likeness(own)
            if alone < _SURE and tail:
                length = len(label.wordings[0])
                alone = max(alone, 0.95 * label.likeness(own[-length - 4 :] + tail[: length // 2 + 1]))
            row.append(alone)
        table.append(row)
    return table


def _best_path(entries: Sequence[Entry], labels: Sequence[RowLabel], likeness: list[list[float]]) -> dict[int, int]:
    """The order-keeping alignment of the highest sum of likenesses."""
    n_entries, n_labels = len(entries), len(labels)
    full = [len(figures_of(entry.pieces)) for entry in entries]
    skip = [
        _SKIP_FULL_ENTRY if full[n] >= max(len(label.row.columns) for label in labels) else _SKIP_ENTRY
        for n in range(n_entries)
    ]
    best = [[0.0] * (n_labels + 1) for _ in range(n_entries + 1)]
    step = [[""] * (n_labels + 1) for _ in range(n_entries + 1)]
    for j in range(1, n_labels + 1):
        best[0][j], step[0][j] = best[0][j - 1] + _SKIP_ROW, "row"
    for i in range(1, n_entries + 1):
        best[i][0], step[i][0] = best[i - 1][0] + skip[i - 1], "entry"
        for j in range(1, n_labels + 1):
            fits = len(labels[j - 1].row.columns) == (
                len(entries[i - 1].pieces) if entries[i - 1].placed else full[i - 1]
            )
            together = best[i - 1][j - 1] + likeness[i - 1][j - 1] - 0.45 + (_FULL_COUNT if fits else 0.0)
            without_row = best[i][j - 1] + _SKIP_ROW
            without_entry = best[i - 1][j] + skip[i - 1]
            value = max(together, without_row, without_entry)
            best[i][j] = value
            step[i][j] = "both" if value == together else "row" if value == without_row else "entry"
    pairs: dict[int, int] = {}
    i, j = n_entries, n_labels
    while i or j:
        move = step[i][j]
        if move == "both":
            i, j = i - 1, j - 1
            pairs[i] = j
        elif move == "row":
            j -= 1
        else:
            i -= 1
    return pairs


def _without_doubtful(
    pairs: dict[int, int],
    likeness: list[list[float]],
    n_entries: int,
    n_labels: int,
    entries: Sequence[Entry],
    labels: Sequence[RowLabel],
) -> dict[int, int]:
    """Keep a pair whose likeness is low, or no better than another row's, only where order forces it.

    Order forces it when between the nearest sure pairs before and after it there are as many entries as rows.
    """
    sure = {
        n: row
        for n, row in pairs.items()
        if likeness[n][row] >= _SURE
        and all(likeness[n][row] > other for m, other in enumerate(likeness[n]) if m != row)
    }
    kept = dict(sure)
    anchors = [(-1, -1), *sorted(sure.items()), (n_entries, n_labels)]
    for (entry_a, row_a), (entry_b, row_b) in itertools.pairwise(anchors):
        between = [n for n in range(entry_a + 1, entry_b) if n in pairs or figures_of(entries[n].pieces)]
        if (
            len(between) == row_b - row_a - 1
            and all(likeness[n][row_a + 1 + k] > _IMPOSSIBLE for k, n in enumerate(between))
            and all(
                len(figures_of(entries[n].pieces)) <= len(labels[row_a + 1 + k].row.columns)
                for k, n in enumerate(between)
            )
        ):
            for k, n in enumerate(between):
                kept[n] = row_a + 1 + k
    return kept
