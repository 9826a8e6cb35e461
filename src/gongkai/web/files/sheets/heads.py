"""The headings of a sheet, in whatever spelling."""

from __future__ import annotations

import re
import unicodedata

WITHIN = 10
"""In how many of the first rows the headings are looked for: above them may stand a title and notes."""
_NOISE = re.compile(r"[\s*＊:：“”\"]|（?必填）?|\(必填\)")


def folded(head: str) -> str:
    """Return a heading without spaces, marks and brackets of another width, so that usual spellings are one."""
    return unicodedata.normalize("NFKC", _NOISE.sub("", head)).lower()
