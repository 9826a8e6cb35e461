"""Redaction: what was found is masked, replaced or taken away, the rest of the file stays as it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from gongkai.documents.limits import DEFAULT, Limits
from gongkai.errors import InvalidInput, UnreadableDocument
from gongkai.web.publications.gate import masking as masks
from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.detect.reading import Look, edits, masked_text
from gongkai.web.publications.gate.examining import DEEPEST, called, label
from gongkai.web.publications.gate.finding import Finding, Where
from gongkai.web.publications.gate.layers.opening import format_of, opened
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Inner, Piece
from gongkai.web.publications.gate.words import NONE, WordLists


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that redaction did: a code below `gate.done` of the messages, how often, and inside of what."""

    code: str
    count: int
    inside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """The new file and its name, what was done, and the findings that could not be taken away."""

    content: bytes
    name: str
    done: tuple[Done, ...]
    left: tuple[Finding, ...]


def redact(
    content: bytes,
    name: str,
    findings: Collection[Finding],
    *,
    words: WordLists = NONE,
    today: date,
    masking: Masking = masks.DEFAULT,
    limits: Limits = DEFAULT,
) -> Redacted:
    """Take `findings` of an earlier examination of these very bytes out of the file.

    `words`, `today` and `masking` are those of that examination. Findings that have no remedy, or are not of this file,
    come back in `left`. Raises UnreadableDocument where the file cannot be examined, InvalidInput `gate.nothing` where
    none of the findings has a remedy.
    """
    wanted = {finding.key for finding in findings if finding.redactable}
    if not wanted:
        raise InvalidInput("gate.nothing", given=len(findings))
    redaction = _Redaction(Look(words, today, masking), limits, wanted)
    new_name = redaction.name(name)
    new = redaction.file(content, name, ())
    left = tuple(finding for finding in findings if finding.key not in redaction.carried_out)
    return Redacted(new, new_name, tuple(redaction.done), left)


class _Redaction:
    """One redaction on its way through a file and the files inside."""

    def __init__(self, look: Look, limits: Limits, wanted: set[tuple[object, ...]]) -> None:
        self.look = look
        self.limits = limits
        self.wanted = wanted
        self.carried_out: set[tuple[object, ...]] = set()
        self.done: list[Done] = []

    def name(self, name: str, inside: tuple[str, ...] = ()) -> str:
        """A file's name, values in it masked whether asked or not: a new name costs nothing."""
        piece = called(name)
        hits = [hit for hit in self.look.hits(piece) if hit.code.startswith("person.") and hit.remedy == "mask"]
        for hit in hits:
            self.carried_out.add((replace(piece.where(hit.start), inside=inside), hit.code, hit.start, hit.end))
        if hits:
            self.done.append(Done("name", len(hits), inside))
        return masked_text(name, hits)

    def file(self, content: bytes, name: str, inside: tuple[str, ...]) -> bytes:
        """The file with what is wanted taken out; the same bytes where nothing is."""
        file = opened(content, name, format_of(content, name), self.limits)
        counts: dict[str, int] = {}
        for piece in file.pieces:
            hits = self._chosen(piece, inside)
            if hits:
                piece.apply(edits(piece.text, hits))
                for hit in hits:
                    remedy = hit.remedy if piece.mendable == "mask" else piece.mendable
                    counts[remedy] = counts.get(remedy, 0) + 1
        for remark in file.remarks:
            where = Where(inside, remark.layer, remark.kind, remark.at)
            key = (where, remark.code, 0, 0)
            if remark.remove is not None and key in self.wanted:
                remark.remove()
                self.carried_out.add(key)
                counts[remark.code] = counts.get(remark.code, 0) + remark.count
        within = self._inner(file.inner, inside)
        if not counts and not within:
            return content
        if file.save is None:
            raise UnreadableDocument("document.other_kind", name=name, kind=file.format)
        new = file.save()
        self.done += [Done(code, count, inside) for code, count in sorted(counts.items())]
        self.done += [Done(code, file.done.count(code), inside) for code in dict.fromkeys(file.done)]
        return new

    def _chosen(self, piece: Piece, inside: tuple[str, ...]) -> list[Hit]:
        chosen = []
        for hit in self.look.hits(piece):
            key = (replace(piece.where(hit.start), inside=inside), hit.code, hit.start, hit.end)
            if key in self.wanted and hit.remedy != "none" and piece.spots:
                chosen.append(hit)
                self.carried_out.add(key)
        return chosen

    def _inner(self, files: list[Inner], inside: tuple[str, ...]) -> bool:
        """Redact the files inside; whether any of them changed."""
        changed = False
        for number, inner in enumerate(files, 1):
            within = (*inside, label(inner, number, self.look))
            if len(within) > DEEPEST or not self._wanted_in(within):
                continue
            if inner.rename is not None and (new_name := self.name(inner.name, within)) != inner.name:
                inner.rename(new_name)
                changed = True
            if inner.replace is None or not self._readable(inner):
                continue
            new = self.file(inner.content, inner.name, within)
            if new != inner.content:
                inner.replace(new)
                changed = True
        return changed

    def _readable(self, inner: Inner) -> bool:
        try:
            opened(inner.content, inner.name, format_of(inner.content, inner.name), self.limits)
        except UnreadableDocument:
            return False
        return True

    def _wanted_in(self, within: tuple[str, ...]) -> bool:
        return any(isinstance(key[0], Where) and key[0].inside[: len(within)] == within for key in self.wanted)
