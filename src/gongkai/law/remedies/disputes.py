"""Disputes: which acts can be challenged, and in which columns of the annual report a dispute is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.errors import InvalidInput
from gongkai.law.remedies.data import data
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Language, Listing, default_language, phrase


@dataclass(frozen=True, slots=True)
class Result:
    """How a proceeding ended (or that it is pending), and the column of Table 4 that counts it."""

    code: str
    titles: Mapping[str, str]
    column: str
    article: str
    status: Status

    def label(self, language: Language | None = None) -> str:
        """The name of the result in a language."""
        return self.titles[language or default_language()]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A dispute by the results of its proceedings, None for one that there was not.

    `as_reviewer`: the agency was in court only because it had reconsidered another agency's act.
    """

    reconsideration: str | None = None
    litigation: str | None = None
    as_reviewer: bool = False


@cache
def results() -> Mapping[str, Result]:
    """Every kind of result by its code."""
    return {
        given["code"]: Result(
            given["code"],
            {"zh": given["zh"], "en": given["en"]},
            given["column"],
            given["article"],
            status(given.get("status", "stated")),
        )
        for given in data()["result"]
    }


@carries_out("report_form_2021", name="remedies.result_column")
def result_column(kind: str) -> str:
    """Return the column of Table 4 that counts a kind of result. Raises InvalidInput for an unknown kind."""
    if kind not in results():
        raise InvalidInput("law.remedies.result_unknown", given=kind, known=Listing(tuple(results())))
    return results()[kind].column


@carries_out("report_form_2021", name="remedies.counts_in")
def counts_in(dispute: Dispute) -> tuple[tuple[str, str], ...]:
    """Return the groups and columns of Table 4 in which a dispute is counted.

    A reconsideration counts, and the suit after it counts again; a joint defence counts for the agency that acted first
    only. Raises InvalidInput for a dispute without any proceeding.
    """
    if dispute.reconsideration is None and dispute.litigation is None:
        raise InvalidInput("law.remedies.no_proceeding")
    if dispute.as_reviewer:
        return ()
    suit = "litigation_direct" if dispute.reconsideration is None else "litigation_after_reconsideration"
    groups = (("reconsideration", dispute.reconsideration), (suit, dispute.litigation))
    return tuple((group, result_column(kind)) for group, kind in groups if kind is not None)


@carries_out(
    "reconsideration_law.11", "interpretation_2025.1", "interpretation_2025.2", "reconsideration_opinion.3",
    name="remedies.challenge",
)  # fmt: skip
def challenge(act: str) -> str:
    """Return the kind of remedies against an act, `by_outcome` for a decision.

    Raises InvalidInput, with the article, for an act that cannot be challenged by itself.
    """
    acts = data()["act"]
    if act not in acts:
        raise InvalidInput("law.remedies.act_unknown", given=act, known=Listing(tuple(acts)))
    given = acts[act]
    if given.get("refused") == "apply_first":
        raise InvalidInput("law.remedies.apply_first", article=given["article"])
    if "refused" in given:
        raise InvalidInput("law.remedies.not_alone", act=phrase(f"law.remedies.act.{act}"), article=given["article"])
    return str(given["kind"])
