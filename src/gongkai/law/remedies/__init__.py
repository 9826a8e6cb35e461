"""Remedies: reconsideration and litigation, from the paragraph in a letter to the columns of the annual report."""

from gongkai.law.remedies.authority import Reviewers, authority
from gongkai.law.remedies.body import Body
from gongkai.law.remedies.court import Court, court
from gongkai.law.remedies.disputes import Dispute, Result, challenge, counts_in, result_column, results
from gongkai.law.remedies.paragraph import Notice, Paragraph, kind_of, paragraph, said

__all__ = [
    "Body",
    "Court",
    "Dispute",
    "Notice",
    "Paragraph",
    "Result",
    "Reviewers",
    "authority",
    "challenge",
    "counts_in",
    "court",
    "kind_of",
    "paragraph",
    "result_column",
    "results",
    "said",
]
