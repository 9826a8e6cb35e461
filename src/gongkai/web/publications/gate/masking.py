"""How much of a value stays legible: enough to tell two entries of a list apart, too little to know the person."""

from __future__ import annotations

from dataclasses import dataclass

STAR = "*"


@dataclass(frozen=True, slots=True)
class Masking:
    """How many characters stay at each end.

    Notices often keep six and four characters of an identity number and hide only the day of birth. Four figures and a
    check digit then leave few candidates for a known person, so the default keeps less: the province and city, and the
    last character. Of a mobile the usual three and four would leave ten thousand candidates; two stay at the end.
    """

    id_first: int = 4
    id_last: int = 1
    mobile_first: int = 3
    mobile_last: int = 2
    card_first: int = 0
    card_last: int = 4
    name_first: int = 1

    def identity(self, written: str) -> str:
        """An identity number as written, separators kept, of the same length."""
        return _starred(written, self.id_first, self.id_last)

    def mobile(self, written: str) -> str:
        """A mobile number as written."""
        return _starred(written, self.mobile_first, self.mobile_last)

    def card(self, written: str) -> str:
        """A bank card or account number as written."""
        return _starred(written, self.card_first, self.card_last)

    def name(self, written: str) -> str:
        """A name: the first character stays."""
        return _starred(written, self.name_first, 0)

    def figures(self, written: str) -> str:
        """An address: every figure, also a Chinese one, becomes a star; names of roads and villages stay."""
        return "".join(STAR if sign.isnumeric() or (sign.isascii() and sign.isalnum()) else sign for sign in written)


DEFAULT = Masking()


def _starred(written: str, first: int, last: int) -> str:
    """Stars for the letters and figures of `written`, `first` and `last` of them left out; other signs stay."""
    places = [at for at, sign in enumerate(written) if sign.isalnum()]
    hidden = set(places[first : len(places) - last if last else None])
    return "".join(STAR if at in hidden else sign for at, sign in enumerate(written))
