"""The release gate: what in a file must not get out unseen, where it stands, and how it is taken out.

Pure functions of bytes, words and a day. `examine_in_child` and `redact_in_child` do the same in a process held to
limits; use those for what people upload.
"""

from gongkai.web.publications.gate.child import examine_in_child, redact_in_child
from gongkai.web.publications.gate.examining import examine
from gongkai.web.publications.gate.finding import Examination, Finding, Where
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.redacting import Done, Redacted, redact
from gongkai.web.publications.gate.words import WordLists

__all__ = [
    "Done",
    "Examination",
    "Finding",
    "Masking",
    "Redacted",
    "Where",
    "WordLists",
    "examine",
    "examine_in_child",
    "redact",
    "redact_in_child",
]
