"""Identity numbers, mobile numbers and bank cards: runs of figures, however they are parted, proved by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from gongkai.web.publications.gate.detect import labels
from gongkai.web.publications.gate.detect.chains import LEAST, Chain, chains
from gongkai.web.publications.gate.detect.checks import (
    born,
    is_card,
    is_credit_code,
    is_identity,
    is_rounded,
    mobile_like,
    old_born,
)
from gongkai.web.publications.gate.detect.hit import Hit
from gongkai.web.publications.gate.finding import Severity
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.piece import Piece

MINOR_YEARS = 18

_CODE_BEFORE = re.compile(r"[A-Za-z][A-Za-z0-9]*[-_/.]?$")
_MONEY_BEFORE = re.compile(r"[¥￥$€]\s?$")
_AMOUNT_AFTER = re.compile(
    r"\.\d{1,6}(?!\d)|\s?(?:元|万|亿|人次|人民币|件|吨|平方|立方|公里|千|美元|株|头|册|%|kg|KB|MB|字节)"
)
_DECIMAL_BEFORE = re.compile(r"(?<![\d.])\d{1,3}\.$")
_INSTITUTION = re.compile(
    r"单位|财政|专户|对公|国库|缴款|保证金|工会|(?:户名|收款人|全称|账户名称)[^，。；]{0,30}(?:公司|政府|委员会|局|中心|学校|医院|合作社|协会|厂|站)"
)


def find(piece: Piece, folded: str, masking: Masking, own: frozenset[str], today: date) -> Iterator[Hit]:
    """The numbers of persons in a piece; `own` are the office's own telephones, digits only."""
    spoken = labels.IDENTITY.search(folded) is not None
    for chain in chains(folded):
        yield from _Reader(piece, folded, masking, own, today, spoken).read(chain)


class _Reader:
    """Reads one chain from left to right."""

    def __init__(
        self, piece: Piece, folded: str, masking: Masking, own: frozenset[str], today: date, spoken: bool
    ) -> None:
        self.piece, self.folded, self.masking, self.own, self.today = piece, folded, masking, own, today
        self.spoken = spoken

    def read(self, chain: Chain) -> Iterator[Hit]:
        k = 0
        free = True
        while k + LEAST <= len(chain.signs):
            if chain.contiguous(k) and not free:
                k += 1
                continue
            for attempt in self._attempts(chain, k):
                hits, length = attempt(chain, k)
                if hits:
                    yield from hits
                    k += length
                    free = True
                    break
            else:
                free = self._labelled_identity(chain, k)
                k += 1

    def _attempts(self, chain: Chain, k: int) -> Iterator[Callable[[Chain, int], tuple[list[Hit], int]]]:
        """What is worth trying at `k`. In the middle of figures that stand one by one only a proof counts."""
        yield self._identity
        if k and not chain.contiguous(k) and not chain.contiguous(k + 1) and not chain.contiguous(k - 1):
            return
        if chain.signs[k] in "018":
            yield self._mobile
        yield self._card
        if self.spoken:
            yield self._old_identity

    def _label(self, chain: Chain, k: int) -> str:
        return labels.before(self.piece, self.folded, chain.at[k])

    def _labelled_identity(self, chain: Chain, k: int) -> bool:
        """Whether to try the next figure too, though it stands inside a run: a longer number that may hold one."""
        run = 1
        while chain.contiguous(k + run):
            run += 1
        return 18 < run <= 24 and labels.IDENTITY.search(self._label(chain, k)) is not None

    def _hit(
        self, code: str, severity: Severity, chain: Chain, k: int, length: int, mask: Callable[[str], str]
    ) -> Hit:
        start, end = chain.at[k], chain.at[k + length - 1] + 1
        return Hit(code, severity, start, end, mask(self.piece.text[start:end]))

    def _identity(self, chain: Chain, k: int) -> tuple[list[Hit], int]:
        signs = chain.signs[k : k + 18]
        if len(signs) < 18:
            return [], 0
        rounded = False
        if not is_identity(signs, self.today):
            rounded = is_rounded(signs, self.today)
            if not rounded:
                return [], 0
        label = self._label(chain, k)
        named = labels.IDENTITY.search(label) is not None
        if rounded and not named:
            return [], 0
        if not chain.ends(k + 18) and not (named or self._other_follows(chain, k + 18)):
            return [], 0
        if not chain.written_as_one(k, 18, named):
            return [], 0
        start = chain.at[k]
        if self.folded[max(0, start - 2) : start] == "0.":
            return [], 0
        birth = born(signs)
        age = _age(birth, self.today)
        numbered = not named and labels.NUMBERING.search(label) is not None
        if numbered and (is_credit_code(signs) or age < MINOR_YEARS):
            # Numbers of contracts and bids begin with a region's code and the day, as identity numbers do.
            return [], 0
        doubtful = numbered and labels.BUSINESS.search(label) is not None
        hits = [self._hit("person.id_number", "notice" if doubtful else "error", chain, k, 18, self.masking.identity)]
        if age < MINOR_YEARS:
            hits.append(hits[0]._replace(code="person.minor"))
        return hits, 18

    def _other_follows(self, chain: Chain, k: int) -> bool:
        """Whether the figures that follow without a gap are a number of their own: a mobile, or another identity."""
        run = 0
        while chain.contiguous(k + run):
            run += 1
        rest = chain.signs[k : k + run]
        return (run == 11 and mobile_like(rest)) or (run == 18 and is_identity(rest, self.today))

    def _mobile(self, chain: Chain, k: int) -> tuple[list[Hit], int]:
        lead = next((len(lead) for lead in ("0086", "86", "0", "") if chain.signs.startswith(lead + "1", k)), None)
        if lead is None:
            return [], 0
        signs = chain.signs[k + lead : k + lead + 11]
        if len(signs) < 11 or not signs.isdigit() or signs[1] in "012":
            return [], 0
        end = k + lead + 11
        if not chain.ends(end) and not (
            len(chain.signs) >= end + 18
            and is_identity(chain.signs[end : end + 18], self.today)
            and chain.ends(end + 18)
        ):
            return [], 0
        label = self._label(chain, k)
        kind = labels.last_of(label, labels.TELEPHONE, labels.NUMBERING, labels.ACCOUNT)
        named = kind is labels.TELEPHONE
        if not named and (kind is not None or not mobile_like(signs)):
            return [], 0
        if not chain.written_as_one(k + lead, 11, named) or signs in self.own:
            return [], 0
        start, after = chain.at[k], chain.at[end - 1] + 1
        left, right = self.folded[max(0, start - 24) : start], self.folded[after : after + 8]
        if not named and (
            _CODE_BEFORE.search(left)
            or _MONEY_BEFORE.search(left)
            or _DECIMAL_BEFORE.search(left)
            or _AMOUNT_AFTER.match(right)
            or re.match(r"[-_]\d{1,4}(?!\d)|[A-Za-z]", right)
        ):
            return [], 0
        return [self._hit("person.mobile", "error", chain, k + lead, 11, self.masking.mobile)], lead + 11

    def _card(self, chain: Chain, k: int) -> tuple[list[Hit], int]:
        label: str | None = None
        for length in (19, 18, 17, 16, 15):
            signs = chain.signs[k : k + length]
            if len(signs) < length or not signs.isdigit() or not chain.ends(k + length):
                continue
            proved = is_card(signs)
            if not proved and chain.at[k + length - 1] - chain.at[k] >= length:
                continue  # in groups only a proved number is one
            if label is None:
                label = self._label(chain, k)
            kind = labels.last_of(label, labels.CARD, labels.ACCOUNT, labels.NUMBERING, labels.IDENTITY)
            named = kind is labels.CARD
            if not named and (kind is labels.NUMBERING or kind is labels.IDENTITY or proved is None):
                continue
            if kind is labels.ACCOUNT and _INSTITUTION.search(self.piece.around(chain.at[k])):
                continue
            if not proved and (length < 16 or not named) and not (kind is labels.ACCOUNT and proved):
                continue
            if not chain.written_as_one(k, length, named):
                continue
            if not named and len(chain.groups(k, length)) > 1 and not self._spoken_of(chain, k, signs):
                continue
            left = self.folded[max(0, chain.at[k] - 24) : chain.at[k]]
            right = self.folded[chain.at[k + length - 1] + 1 :][:8]
            if not named and (
                _CODE_BEFORE.search(left) or _DECIMAL_BEFORE.search(left) or _AMOUNT_AFTER.match(right)
            ):
                continue
            severity: Severity = "error" if proved else "warning"
            return [self._hit("person.bank_card", severity, chain, k, length, self.masking.card)], length
        return [], 0

    def _spoken_of(self, chain: Chain, k: int, signs: str) -> bool:
        """Whether groups of figures are a card rather than a row of amounts."""
        line = self.piece.around(chain.at[k])
        return signs.startswith(("62", "955")) or labels.CARD.search(line) is not None or "账" in line

    def _old_identity(self, chain: Chain, k: int) -> tuple[list[Hit], int]:
        signs = chain.signs[k : k + 15]
        if not self.spoken or len(signs) < 15 or not signs.isdigit() or not chain.ends(k + 15):
            return [], 0
        birth = old_born(signs)
        if birth is None or birth > self.today:
            return [], 0
        kind = labels.last_of(self._label(chain, k), labels.IDENTITY, labels.NUMBERING, labels.CARD, labels.ACCOUNT)
        if kind not in (None, labels.IDENTITY) or not chain.written_as_one(k, 15, kind is labels.IDENTITY):
            return [], 0
        if kind is None and len(chain.groups(k, 15)) > 1:
            return [], 0
        severity: Severity = "error" if kind is labels.IDENTITY else "warning"
        return [self._hit("person.id_number_old", severity, chain, k, 15, self.masking.identity)], 15


def _age(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
