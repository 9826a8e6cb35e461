"""The paragraph on remedies of a letter: which ways are open, before whom, until when, as facts and as text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.errors import InvalidInput
from gongkai.law.calendar import Calendar
from gongkai.law.citation import numeral
from gongkai.law.deadlines.due import Due
from gongkai.law.parameters import InForce, Parameter
from gongkai.law.remedies import windows
from gongkai.law.remedies.authority import Reviewers, authority
from gongkai.law.remedies.body import Body
from gongkai.law.remedies.court import Court, court
from gongkai.law.remedies.data import data
from gongkai.law.rules import carries_out
from gongkai.law.status import Status, status
from gongkai.messages import Language, Listing, Phrase, default_language, phrase, text

_PERIODS = {
    ("reconsideration", "decision"): "reconsideration.period",
    ("reconsideration", "silence"): "reconsideration.inaction",
    ("litigation", "decision"): "litigation.period",
    ("litigation", "silence"): "litigation.inaction",
}
_WINDOWS: Mapping[tuple[str, str], Callable[[date, InForce, Calendar], Due]] = {
    ("reconsideration", "decision"): windows.reconsideration,
    ("reconsideration", "silence"): windows.reconsideration_inaction,
    ("litigation", "decision"): windows.litigation,
    ("litigation", "silence"): windows.litigation_inaction,
}


@dataclass(frozen=True, slots=True)
class Notice:
    """What of the case the paragraph must know.

    `since` is the day from which periods run, where it is known: the day of service, or for silence the day by which the
    answer was due. `online` decisions name the channel for an application online.
    """

    since: date | None = None
    online: bool = False
    channel: str = ""
    court: str = ""
    concentrated: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The remedies against an act: kind, ways in the order of naming, the period of each, the last days where known.

    Nothing of it is set where there is no remedy (`none`). `then` is the period of the suit after reconsideration.
    `status` is that of choosing one kind for parts of several kinds.
    """

    kind: str
    ways: tuple[str, ...] = ()
    counted_from: str = ""
    periods: Mapping[str, Parameter] = field(default_factory=dict)
    last_days: Mapping[str, Due] = field(default_factory=dict)
    then: Parameter | None = None
    reviewers: Reviewers | None = None
    court: Court | None = None
    channel: str = ""
    articles: tuple[str, ...] = ()
    settings: tuple[Parameter, ...] = ()
    status: Status = "stated"

    @property
    def unverified(self) -> bool:
        """Whether anything of it rests on what was not read in a published text, or is a reading of this software."""
        held = [given.status for given in (*self.settings, self.reviewers, self.court) if given is not None]
        return any(given != "stated" for given in (self.status, *held))


@carries_out(
    "reconsideration_law.23", "interpretation_2025.1", "interpretation_2025.2", "regulation.51",
    name="remedies.kind", parameters=("remedies.statutory_lookup",),
)  # fmt: skip
def kind_of(kinds: Sequence[str], inforce: InForce) -> tuple[str, tuple[Parameter, ...]]:
    """Return the one kind of remedies of a decision whose withheld parts have these, and the settings that chose it.

    Where one part takes reconsideration first, the whole decision does. Raises InvalidInput for no or an unknown kind.
    """
    table = data()["paragraph"]
    unknown = [kind for kind in kinds if kind not in table]
    if unknown or not kinds:
        raise InvalidInput("law.remedies.kind_unknown", given=Listing(tuple(unknown)), known=Listing(tuple(table)))
    settings = tuple(dict.fromkeys(inforce[table[kind]["by"]] for kind in kinds if "by" in table[kind]))
    chosen = [inforce.choice(table[kind]["by"]) if "by" in table[kind] else kind for kind in kinds]
    strictest = (kind for kind in data()["strictest"]["order"] if kind in chosen)
    return next(strictest, chosen[0]), settings


@carries_out(
    "reconsideration_law.20", "reconsideration_law.22", "reconsideration_law.23", "litigation_law.45",
    "litigation_law.46", "reconsideration_law.26", name="remedies.paragraph",
    parameters=(
        "reconsideration.period", "reconsideration.inaction", "litigation.period", "litigation.inaction",
        "litigation.after_reconsideration",
    ),
)  # fmt: skip
def paragraph(
    kinds: Sequence[str], body: Body, inforce: InForce, calendar: Calendar, notice: Notice | None = None
) -> Paragraph:
    """Return the remedies against an act of a body, of the kinds that its outcome or its withheld parts have.

    Raises InvalidInput where an authority has no address, and where a decision served online names no online channel.
    """
    notice = notice or Notice()
    kind, settings = kind_of(kinds, inforce)
    given = data()["paragraph"][kind]
    if not given["ways"]:
        return Paragraph(kind, articles=tuple(given["article"]))
    reviewers = _addressed(authority(body, inforce))
    start = given["from"]
    periods = {way: inforce[_PERIODS[way, start]] for way in given["ways"]}
    then = inforce["litigation.after_reconsideration"]
    named = court(body, notice.court, concentrated=notice.concentrated)
    return Paragraph(
        kind=kind,
        ways=tuple(given["ways"]),
        counted_from=start,
        periods=periods,
        last_days=_last_days(given, notice, inforce, calendar),
        then=then,
        reviewers=reviewers,
        court=named,
        channel=_channel(notice),
        articles=tuple(dict.fromkeys((*given["article"], *reviewers.articles, *_then(reviewers), *named.articles))),
        settings=tuple(dict.fromkeys((*settings, *reviewers.settings, *periods.values(), then))),
        status=status(data()["strictest"]["status"]) if len(set(kinds)) > 1 else "stated",
    )


def said(given: Paragraph, language: Language | None = None) -> str:
    """Return the paragraph in a language, in the words of the law; empty where there is no remedy.

    A last day that a coming year's calendar may still change is not promised. Which court hears the suit after
    reconsideration depends on what was decided there, so that no court is named for it.
    """
    if given.reviewers is None or given.court is None or given.then is None:
        return ""
    language = language or default_language()
    reviewers = Listing(tuple(_named(body) for body in given.reviewers.bodies), "list.or")
    sentences = [
        text(
            f"law.remedies.text.{given.kind}.{way}",
            language,
            period=_length(given.periods[way], language),
            reviewers=reviewers,
            court=given.court.said(),
        )
        for way in given.ways
    ]
    after = "itself" if given.reviewers.itself else "then"
    then = _length(given.then, language)
    if given.channel:
        sentences.append(text("law.remedies.text.online", language, channel=given.channel))
    sentences.append(text(f"law.remedies.text.{after}", language, period=then))
    sentences += [
        text(f"law.remedies.text.last.{way}", language, day=_day(last.due, language))
        for way, last in given.last_days.items()
        if not last.provisional
    ]
    return ("" if language == "zh" else " ").join(sentences)


def _addressed(reviewers: Reviewers) -> Reviewers:
    for body in reviewers.bodies:
        if not body.address.strip():
            raise InvalidInput("law.remedies.no_address", name=body.name, article=data()["told"]["article"])
    return reviewers


def _then(reviewers: Reviewers) -> tuple[str, ...]:
    """What opens the way after reconsideration, beside the suit: the State Council, of whoever reviewed its own act."""
    return (str(data()["itself"]["article"]),) if reviewers.itself else ()


def _channel(notice: Notice) -> str:
    if notice.online and not notice.channel.strip():
        raise InvalidInput("law.remedies.no_channel", article=data()["online"]["article"])
    return notice.channel.strip() if notice.online else ""


def _last_days(given: Mapping[str, Any], notice: Notice, inforce: InForce, calendar: Calendar) -> dict[str, Due]:
    if notice.since is None:
        return {}
    return {way: _WINDOWS[way, given["from"]](notice.since, inforce, calendar) for way in given["ways"]}


def _named(body: Body) -> Phrase:
    return phrase("law.remedies.text.reviewer", name=body.name, address=body.address)


def _length(given: Parameter, language: Language) -> str:
    """A period as the law writes it: 六十日, 60 days."""
    number = str(given.value)
    return text(f"law.remedies.unit.{given.unit}", language, number=numeral(number) if language == "zh" else number)


def _day(day: date, language: Language) -> str:
    return text("law.remedies.text.day", language, year=day.year, month=day.month, day=day.day)
