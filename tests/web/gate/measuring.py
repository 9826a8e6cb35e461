"""What the gate finds in the labelled corpus, counted by kind and layer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from gongkai.web.publications.gate import Examination, examine
from tests.web.gate.corpus import Labelled

TODAY = date(2026, 11, 21)
CODES = {
    "identity": "person.id_number", "minor": "person.minor", "old identity": "person.id_number_old", "mobile": "person.mobile", "card": "person.bank_card",
    "address": "person.home_address", "minor by name": "person.minor",
}  # fmt: skip
_FOLDED = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")


def bare(value: str) -> str:
    """A value without what people put between its signs."""
    return "".join(sign for sign in value.translate(_FOLDED).upper() if sign.isalnum())


@dataclass
class Score:
    """Counts over documents: planted and found by kind and layer, documents with false alarms, what these were."""

    documents: int = 0
    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    alarmed: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def add(self, given: Labelled) -> Examination:
        """Examine one document and count."""
        result = examine(given.content, given.name, today=TODAY)
        self.documents += 1
        for one in given.planted:
            self.planted[one.kind, one.layer] += 1
            hits = [
                finding for finding in result.findings
                if finding.code == CODES[one.kind] and _same(finding.value, one.value)
                and (finding.where.inside if one.layer == "inside" else finding.where.layer == one.layer)
            ]  # fmt: skip
            if hits:
                self.found[one.kind, one.layer] += 1
            else:
                self.missed.append(f"{given.name}: {one}")
        false = [
            finding for finding in result.findings
            if finding.code.startswith(("person.", "secrecy.", "words.", "unexamined.")) and finding.severity != "notice"
            and not any(_same(finding.value, one.value) for one in given.planted)
        ]  # fmt: skip
        self.alarmed += bool(false)
        self.alarms.update(
            f"{finding.code} {finding.value!r} in {given.name}: {finding.context}" for finding in false
        )
        return result

    def recall(self, *kinds: str) -> float:
        """The share of planted values of these kinds that was found. Fails where none was planted."""
        planted = sum(count for (kind, _), count in self.planted.items() if kind in kinds)
        assert planted > 0, kinds
        return sum(count for (kind, _), count in self.found.items() if kind in kinds) / planted

    def table(self) -> list[str]:
        """The counts as lines to print."""
        lines = [f"{'kind':<16}{'layer':<16}{'planted':>8}{'found':>7}{'recall %':>10}"]
        for key in sorted(self.planted):
            share = 100 * self.found[key] / self.planted[key]
            lines.append(f"{key[0]:<16}{key[1]:<16}{self.planted[key]:>8}{self.found[key]:>7}{share:>10.1f}")
        for kind in CODES:
            if any(key[0] == kind for key in self.planted):
                count = sum(number for key, number in self.planted.items() if key[0] == kind)
                lines.append(f"{kind:<16}{'all':<16}{count:>8}{'':>7}{100 * self.recall(kind):>10.2f}")
        lines.append(
            f"documents {self.documents}, with false alarms {self.alarmed} ({100 * self.alarmed / max(self.documents, 1):.2f} %)"
        )
        return lines


def _same(found: str, planted: str) -> bool:
    a, b = bare(found), bare(planted)
    return bool(a) and (a in b or b in a)
