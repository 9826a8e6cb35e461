"""Entries from lines of text: no columns, only the order of labels and figures.

Layouts met: one row a line; one cell a line; labels broken over lines, with figures after the first or the last of them;
vertical labels, one character a line; headings repeated and page numbers between the rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.documents.model import Paragraph
from gongkai.report.form import TableName, form_ids
from gongkai.report.recognise.entries import Entries, Entry, Token, look
from gongkai.report.recognise.labels import fold, known, row_labels, row_widths
from gongkai.report.recognise.vocabulary import vocabulary

_LONGEST_LABEL = 42
_MANY = 5
_LONGEST_ITEM = 14
_SHORTEST_WORD = 2
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－~]\s*\d{1,3}\s*[-—–－~]|第\s*\d+\s*页(?:\s*[共/，,]\s*\d+\s*页)?|\d+\s*/\s*\d+)\s*"
)
_SENTENCE = re.compile(r"[。；]|[，：].*[，：]|[，].{4,}")
_PARTS = re.compile(r"[^\s|｜]+")
_GLUED = re.compile(r"(?<=[一-鿿）)”])(?=\d[\d.,，]*(?:\s+[-\d./—]|$))")


@dataclass(slots=True)
class _Run:
    """Figures that follow each other with no label text between them."""

    words: list[str]
    tokens: list[Token] = field(default_factory=list)
    in_line: bool = False


@dataclass(slots=True)
class Stream:
    """Collects the lines of one table until the next table or section begins."""

    table: TableName
    runs: list[_Run] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    in_sentence: bool = False

    def take(self, paragraph: Paragraph) -> bool:
        """Take a line into the table. False where it is prose, which the caller keeps as such."""
        if _PAGE_NUMBER.fullmatch(paragraph.text):
            return True
        words, figures = split_line(paragraph)
        if goes_on(self.in_sentence, paragraph.text):
            self.in_sentence = paragraph.text[-1] not in "。；："
            return False
        if words:
            self.text.append(words)
        if not figures:
            return True
        self._add(figures, in_line=len(figures) > 1 or bool(words))
        return True

    def _add(self, figures: list[Token], *, in_line: bool) -> None:
        last = self.runs[-1] if self.runs else None
        if last is not None and not self.text and not (in_line and last.in_line):
            if last.in_line and len(figures) == 1:
                return  # a lone figure between whole rows is a page number
            last.tokens.extend(figures)
            return
        self.runs.append(_Run(self.text, figures, in_line))
        self.text = []

    def close(self, entries: Entries) -> None:
        """Hand the rows over; what stands after the last figure is the tail of the last label."""
        where = entries.of(self.table)
        wording = entries.wording[self.table]
        self._put_labels_before()
        self._take_words_for_figures()
        for run in self.runs:
            where.extend(self._rows_without_figures(run.words, all_of_them=False))
            text = "".join(run.words)
            label = known(text)
            row = label.row if label.table == self.table else None
            where.append(Entry(text, row, list(run.tokens), in_line=run.in_line))
            wording.append(text)
        where.extend(self._rows_without_figures(self.text, all_of_them=True))
        wording.append("".join(self.text))

    def _put_labels_before(self) -> None:
        """Where each row's figures stand before its label, move the labels: the last label has no figures after it."""
        if self.table != "requests" or not self.runs:
            return
        first, last = _first_and_last_labels()
        tail = "".join(self.text)
        if not any(word in tail for word in last) or any(
            any(word in "".join(run.words) for word in last) for run in self.runs
        ):
            return
        if any(word in "".join(self.runs[0].words) for word in first):
            return
        following = [*(run.words for run in self.runs[1:]), self.text]
        for run, words in zip(self.runs, following, strict=True):
            run.words = words
        self.text = []

    def _take_words_for_figures(self) -> None:
        """Give words that stand where a figure is missing to the row before them, as what its cell prints.

        Only where the row's label is known, the words are no label, and with them the row has its number of cells.
        """
        for at, run in enumerate(self.runs):
            label = known("".join(run.words[-1:])) if run.words else known("")
            if label.row is None or label.table != self.table or run.in_line:
                continue
            following = self.runs[at + 1] if at + 1 < len(self.runs) else None
            words = following.words if following is not None else self.text
            widths = row_widths(self.table, label.row)
            stray = next((n for n, word in enumerate(words) if known(word) != known("")), len(words))
            if not stray or len(words[0]) < _SHORTEST_WORD or len(run.tokens) in widths:
                continue
            more = following.tokens if following is not None and stray == len(words) else []
            if len(run.tokens) + stray + len(more) in widths:
                run.tokens += [Token(word, None, None, None) for word in words[:stray]] + more
                if following is not None and more:
                    following.tokens = []
                del words[:stray]
        self.runs = [run for run in self.runs if run.tokens]

    def _rows_without_figures(self, words: list[str], *, all_of_them: bool) -> list[Entry]:
        """Take whole labels with no figures before the next label or heading: rows left blank, or filled with words."""
        found: list[Entry] = []
        left: list[str] = []
        at = 0
        while at < len(words):
            piece, label = words[at], known(words[at])
            end = at + 1
            while end < len(words) and known(words[end]) == known(""):
                end += 1
            printed = words[at + 1 : end]
            closed = end < len(words) or all_of_them
            heads = label.group and end < len(words) and _same_group(label.row, known(words[end]).row)
            if not label.row or label.table != self.table or label.column or heads or not closed:
                left.append(piece)
                at += 1
            elif not printed:
                found.append(Entry(piece, label.row, []))
                at += 1
            elif len(printed) in row_widths(self.table, label.row) and min(map(len, printed)) >= _SHORTEST_WORD:
                found.append(Entry(piece, label.row, [Token(word, None, None, None) for word in printed]))
                at = end
            else:
                left.append(piece)
                at += 1
        words[:] = left
        return found


@cache
def _first_and_last_labels() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The folded wordings of the first and the last row of the requests table."""
    labels = row_labels("requests", form_ids()[-1])
    return labels[0].wordings, labels[-1].wordings


def _same_group(row: str | None, other: str | None) -> bool:
    return row is not None and other is not None and row.partition(".")[0] == other.partition(".")[0]


def goes_on(in_sentence: bool, text: str) -> bool:
    """Whether a line among those of a table is a sentence, or the rest of one that the line before began."""
    if is_prose(text):
        return split_line(Paragraph(text))[1] == []
    return in_sentence and known(text) == known("") and tables_begun(text) is None


def split_line(paragraph: Paragraph) -> tuple[str, list[Token]]:
    """Split a line into its folded words and its figures.

    Figures count where they end the line, or stand together in number (the figures of a row inside its broken label).
    """
    text = paragraph.text
    if text[-1:] in "。，；、：":
        return fold(text), []
    if look(text).kind == "figure":
        return "", [_token(text, paragraph)]
    parts = _PARTS.findall(_GLUED.sub(" ", text))
    whole = _whole_row(parts)
    if whole:
        return fold("".join(parts[:whole])), [_token(part, paragraph) for part in parts[whole:]]
    kinds = [look(part).kind for part in parts]
    end = len(parts)
    while end and kinds[end - 1] != "figure":
        end -= 1
    start = end
    while start and kinds[start - 1] == "figure":
        start -= 1
    if end < len(parts) and end - start < _MANY:
        return fold(text), []
    if end - start >= _MANY or not is_prose(text):
        words = fold("".join(parts[:start] + parts[end:]))
        return words, [_token(part, paragraph) for part in parts[start:end]]
    return fold(text), []


def _whole_row(parts: list[str]) -> int:
    """How many parts of a line are its label, where the label is known and one part a column follows; else 0.

    So a word that stands where a figure should is taken as what the cell prints.
    """
    label = ""
    for at, part in enumerate(parts[:-1], 1):
        label += part
        row = known(label)
        if row.table is None or row.row is None or len(parts) - at not in row_widths(row.table, row.row):
            continue
        if all(look(rest).known == known("") for rest in parts[at:]):
            return at
    return 0


def is_prose(text: str) -> bool:
    """Whether a line is a sentence and no part of a table."""
    if len(text) < 12 or not _SENTENCE.search(text):
        return False
    return not _part_of_label().search(fold(text)) and known(text).row is None


@cache
def _requests_begin() -> re.Pattern[str]:
    """Any of the words that stand over the table of requests."""
    return re.compile("|".join(map(re.escape, vocabulary().requests)))


@cache
def _part_of_label() -> re.Pattern[str]:
    """Any of the pieces of labels that no prose has."""
    return re.compile("|".join(map(re.escape, vocabulary().parts_of_labels)))


def _token(part: str, paragraph: Paragraph) -> Token:
    return Token(part, paragraph.line, paragraph.page, paragraph.box)


def tables_begun(text: str) -> TableName | None:
    """The table that a line of text begins, where its words say so."""
    folded, words = fold(text), vocabulary()
    if words.item_begins in folded and len(folded) < _LONGEST_ITEM:
        return "proactive"
    if _requests_begin().search(folded) or folded.startswith(words.first_row):
        return "requests"
    if words.remedies[0] in folded or folded == words.remedies[1]:
        return "remedies"
    return None


def gather(paragraphs: Sequence[Paragraph], table: TableName, entries: Entries) -> list[Paragraph]:
    """Add the rows that lines of text print to the entries of `table`; return the lines that are prose."""
    stream = Stream(table)
    prose = [paragraph for paragraph in paragraphs if not stream.take(paragraph)]
    stream.close(entries)
    return prose


def may_begin(paragraph: Paragraph) -> bool:
    """Whether a line can be the first of a table whose own first label was not met: a known label or figures."""
    text = paragraph.text
    if is_prose(text) or len(fold(text)) > _LONGEST_LABEL:
        return False
    return known(text) != known("") or bool(split_line(paragraph)[1])
