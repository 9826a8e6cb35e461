"""Reports as plain text, in the shapes that copying and converting leave behind."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from tests.generator.made import Grid, Made, Slot

Writer = Callable[[Grid, Made, Random], list[str]]


def compose(made: Made, rng: Random, writer: Writer, *, wrap: int = 0, airy: bool = False, indent: str = "") -> str:
    """The report as text: prose by paragraphs or broken at `wrap`, `airy` with blank lines between, tables by `writer`."""
    lines: list[str] = [""] if rng.random() < 0.3 else []
    for block in made.body:
        if isinstance(block, Grid):
            lines += ["", *writer(block, made, rng), ""]
            continue
        first = indent if block.role in ("text", "preamble") else ""
        for line in broken(first + block.text, wrap):
            lines.append(line)
            if airy:
                lines.append("")
    return "\n".join(lines) + ("\n" if rng.random() < 0.8 else "")


def broken(text: str, width: int) -> list[str]:
    """A paragraph broken into lines of `width` characters, never inside a run of digits or letters."""
    if not width:
        return [text]
    lines = []
    while len(text) > width:
        at = width
        while at > 1 and _ascii(text[at - 1]) and _ascii(text[at]):
            at -= 1
        lines.append(text[:at])
        text = text[at:]
    return [*lines, text] if text else lines


def _ascii(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in ".,-@%")


def lose(made: Made, grid: Grid, rng: Random, share: float) -> set[str]:
    """Choose figures that the export loses, at most one a row, in `share` of the reports without a slip; note their rows."""
    if made.planted or grid.name != "requests" or rng.random() >= share:
        return set()
    rows = sorted({slot.row for slot in grid.slots if slot.id})
    gone: set[str] = set()
    for row in rng.sample(rows, rng.randint(1, 4)):
        figures = [slot for slot in grid.row(row) if slot.id]
        gone.add(rng.choice(figures).id)
        made.lost |= {slot.id for slot in figures}
    return gone


def figures_and_labels(grid: Grid, row: int, gone: set[str]) -> tuple[list[str], list[str]]:
    """The labels and the printed figures of a row, lost and empty ones left out."""
    slots = grid.row(row)
    labels = [slot.text for slot in slots if not slot.id and slot.text]
    return labels, [slot.text for slot in slots if slot.id and slot.id not in gone and slot.text]


# one row a line -------------------------------------------------------------------------------------------------------


def rows(grid: Grid, made: Made, rng: Random) -> list[str]:
    """One table row a line, figures parted by spaces; group labels on their own line or before the first row."""
    gone = lose(made, grid, rng, 0.03)
    own_line = rng.random() < 0.6
    lines = []
    for row in range(1, grid.rows + 1):
        labels, figures = figures_and_labels(grid, row, gone)
        if not labels and not figures:
            continue
        if figures and own_line and len(labels) > 1:
            lines += labels[:-1]
            labels = labels[-1:]
        lines.append(" ".join([*labels, *figures]))
    return lines


def cells(grid: Grid, made: Made, rng: Random) -> list[str]:
    """One cell a line, nothing else: no tabs, no blank lines."""
    gone = lose(made, grid, rng, 0.03)
    return [slot.text for slot in grid.slots if slot.text and slot.id not in gone]


def led(grid: Grid, _made: Made, rng: Random) -> list[str]:
    """Word's export: every cell on a line of its own after a tab, a blank line after each row, merged cells empty."""
    space = rng.choice(("", "", "\u3000", "\u2002", "\xa0"))
    spaced = rng.random() < 0.5
    break_headers = rng.random() < 0.5
    covered = {(slot.row + down, slot.column): slot for slot in grid.slots for down in range(1, slot.rows)}
    lines: list[str] = []
    for row in range(1, grid.rows + 1):
        starts = {slot.column: slot for slot in grid.row(row)}
        column = 1
        while column <= grid.columns:
            if column in starts:
                slot = starts[column]
                text = slot.text
                if not slot.id and break_headers and 4 <= len(text) <= 6 and row <= 3:
                    text = f"{text[:2]}\n{text[2:]}"
                if slot.id and spaced and text:
                    text = space + text
                lines += f"\t{text}".split("\n")
                column += slot.columns
            elif (row, column) in covered:
                lines.append("\t")
                column += covered[row, column].columns
            else:
                column += 1
        lines.append("")
    return lines


# tabs and pipes -----------------------------------------------------------------------------------------------------------


def matrix(grid: Grid, *, repeat: bool = False) -> list[list[str]]:
    """The table as a full rectangle; positions under a merged cell are empty, or repeat its text."""
    out = [["" for _ in range(grid.columns)] for _ in range(grid.rows)]
    for slot in grid.slots:
        for down in range(slot.rows):
            for right in range(slot.columns):
                if repeat or (down == 0 and right == 0):
                    out[slot.row - 1 + down][slot.column - 1 + right] = slot.text
    return out


def tabs(grid: Grid, _made: Made, _rng: Random) -> list[str]:
    """Fields parted by tabs, every position kept."""
    return ["\t".join(row) for row in matrix(grid)]


def shifted(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Tabs that no longer stand under the header: labels moved, trailing tabs ragged, a figure lost here and there."""
    gone = lose(made, grid, rng, 0.25)
    lines = []
    shape = rng.choice(("before", "after", "both"))
    for row in range(1, grid.rows + 1):
        slots = grid.row(row)
        labels = [slot for slot in slots if not slot.id]
        figures = [slot.text for slot in slots if slot.id and slot.id not in gone]
        if not figures:
            line = "\t".join(label.text for label in labels)
            if row > 1 and grid.name == "requests":
                line = "\t" * rng.randint(1, 3) + line
        else:
            before = "\t" * (
                rng.randint(0, 2) if shape != "after" and len(labels) < 2 and grid.name == "requests" else 0
            )
            between = "\t" * (rng.randint(1, 2) if shape != "before" and grid.name == "requests" else 1)
            line = (
                before + "\t".join(label.text for label in labels) + (between if labels else "") + "\t".join(figures)
            )
        lines.append(line + "\t" * rng.choice((0, 0, 1, 2, 3)))
        if rng.random() < 0.04:
            lines.append("")
    return lines


def pipes(grid: Grid, _made: Made, rng: Random) -> list[str]:
    """Fields between pipes, every position kept."""
    style = rng.choice(("| {} |", "|{}|"))
    gap = " | " if " " in style else "|"
    return [style.format(gap.join(row)) for row in matrix(grid)]


def markdown(grid: Grid, _made: Made, rng: Random) -> list[str]:
    """A Markdown table: the ruler after the first row, merged cells empty or repeated."""
    table = matrix(grid, repeat=rng.random() < 0.5)
    lines = [f"| {' | '.join(row)} |" for row in table]
    ruler = "|" + "|".join(rng.choice((" --- ", "---", ":---:")) for _ in range(grid.columns)) + "|"
    return [lines[0], ruler, *lines[1:]]


def trailing_pipes(grid: Grid, _made: Made, rng: Random) -> list[str]:
    """Pipes with empty fields hanging at the end, of different number a row."""
    leading = "|" if rng.random() < 0.5 else ""
    closing = "|" if rng.random() < 0.5 else ""
    return [leading + "|".join([*row, *[""] * rng.randint(0, 6)]) + closing for row in matrix(grid)]


# broken labels -----------------------------------------------------------------------------------------------------------


def broken_labels(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Narrow columns as a PDF's text gives them: labels on several lines, their figures after, in the middle or between."""
    gone = lose(made, grid, rng, 0.03)
    width = rng.choice((6, 8, 11, 14))
    airy = rng.random() < 0.5
    lines: list[str] = []
    for row in range(1, grid.rows + 1):
        labels, figures = figures_and_labels(grid, row, gone)
        if not figures:
            for label in labels:
                lines += broken(label, width if rng.random() < 0.6 else 0)
            continue
        for label in labels[:-1]:
            lines += broken(label, rng.choice((2, 4, 8)))
        pieces = broken(labels[-1], width if len(labels[-1]) > width else 0) if labels else [""]
        text = " ".join(figures)
        if len(pieces) == 1:
            lines.append(f"{pieces[0]} {text}".strip())
        else:
            where = rng.choice(("after", "last", "middle", "first"))
            if where == "after":
                lines += [*pieces, text]
            elif where == "last":
                lines += [*pieces[:-1], f"{pieces[-1]} {text}"]
            elif where == "first":
                lines += [f"{pieces[0]} {text}", *pieces[1:]]
            else:
                at = max(1, len(pieces) // 2)
                lines += [*pieces[:at], text, *pieces[at:]]
    if airy:
        lines = [given for line in lines for given in (line, "")]
    return lines


def inside(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Labels with spaces inside their words, as justified cells copy: 规 章, 予 以公开."""
    gone = lose(made, grid, rng, 0.03)
    lines = []
    for row in range(1, grid.rows + 1):
        labels, figures = figures_and_labels(grid, row, gone)
        spread = []
        for label in labels:
            if len(label) <= 3:
                label = " ".join(label)
            elif rng.random() < 0.5:
                at = rng.randint(2, len(label) - 1)
                if not (label[at - 1].isdigit() or label[at].isdigit()):
                    label = f"{label[:at]} {label[at:]}"
            spread.append(label)
        if figures and len(spread) > 1:
            lines += spread[:-1]
            spread = spread[-1:]
        if spread or figures:
            lines.append(" ".join([*spread, *figures]))
    return lines


def vertical(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Vertical labels (三、本年度办理结果, the groups) interleaved with the rows, one character a line."""
    gone = lose(made, grid, rng, 0.03)
    waiting: list[list[str]] = []
    lines: list[str] = []
    alone = rng.random() < 0.5

    def drip() -> str:
        for queue in reversed(waiting):
            if queue:
                return queue.pop(0)
        return ""

    for row in range(1, grid.rows + 1):
        for slot in grid.row(row):
            if slot.vertical:
                if len(waiting) > 1:
                    lines += waiting.pop()
                waiting.append(list(slot.text))
        labels = [slot.text for slot in grid.row(row) if not slot.id and not slot.vertical and slot.text]
        figures = [slot.text for slot in grid.row(row) if slot.id and slot.id not in gone and slot.text]
        character = drip()
        if character and alone:
            lines.append(character)
            character = ""
        if labels or figures:
            lines.append(" ".join(part for part in (character, *labels, *figures) if part))
        if rng.random() < 0.3 and (character := drip()):
            lines.append(character)
    for queue in waiting:
        lines += queue
    return lines


def paged(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Page numbers and the table's header again in the middle of the table."""
    lines = rows(grid, made, rng)
    if grid.name != "requests":
        return lines
    header = rows_header(grid)
    for number in range(rng.randint(1, 2)):
        at = rng.randint(len(header) + 3, len(lines) - 2)
        page = number + rng.randint(2, 4)
        mark = rng.choice(("- {} -", "{}", "第 {} 页", "— {} —", "第{}页 共6页", "{} / 6", "－{}－")).format(page)
        again = header if rng.random() < 0.5 else []
        lines[at:at] = ["", mark, "", *again]
    return lines


def rows_header(grid: Grid) -> list[str]:
    """The header lines of the requests table."""
    lines = []
    for row in range(1, 4):
        labels, _ = figures_and_labels(grid, row, set())
        lines.append(" ".join(labels))
    return lines


def gaps(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Labels with a character missing or mistyped, never the numbering, nor the unit, which would change the figure."""
    changed = []
    for slot in grid.slots:
        text = slot.text
        if not slot.id and slot.row > 3 and len(text) >= 8 and rng.random() < 0.35:
            at = rng.randint(4, (text.find("单位") if "单位" in text else len(text)) - 2)
            text = text[:at] + rng.choice(("", "", "的")) + text[at + 1 :]
        changed.append(slot._replace(text=text))
    return rows(Grid(grid.name, tuple(changed), grid.rows, grid.columns), made, rng)


def wide(grid: Grid, made: Made, rng: Random) -> list[str]:
    """Full-width spaces inside labels and before figures, tabs between the fields."""
    changed: list[Slot] = []
    for slot in grid.slots:
        text = slot.text
        if slot.id:
            text = "\u3000" + text if text and rng.random() < 0.5 else text
        elif 2 <= len(text) <= 6 and rng.random() < 0.4:
            text = "\u3000".join(text)
        elif rng.random() < 0.2:
            text = f"\u3000{text}\u3000"
        changed.append(slot._replace(text=text))
    return tabs(Grid(grid.name, tuple(changed), grid.rows, grid.columns), made, rng)


# whole-text changes ----------------------------------------------------------------------------------------------------------

_SUPPLEMENT = {"长": "⻓", "门": "⻔", "风": "⻛", "食": "⻝", "民": "⺠", "见": "⻅"}
RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)} | _SUPPLEMENT
_RADICAL_TABLE = str.maketrans(
    {plain: radical for plain, radical in RADICALS.items() if "\u4e00" <= plain <= "\u9fff"}
)


def with_radicals(text: str) -> str:
    """Ordinary characters replaced by Kangxi radicals and radical supplements, as some PDFs' texts have them."""
    return text.translate(_RADICAL_TABLE)


def with_mixed_brackets(text: str, rng: Random) -> str:
    """Some full-width brackets, commas and quotation marks turned into ASCII ones."""
    table = {"（": "(", "）": ")", "“": '"', "”": '"'}
    share = rng.choice((0.2, 0.6, 1.0))
    return "".join(table[c] if c in table and rng.random() < share else c for c in text)
