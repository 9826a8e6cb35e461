"""The law's answers for everybody: outcomes, the parameters in force on a day, and by when a single period ends."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from gongkai import messages
from gongkai.errors import InvalidInput
from gongkai.law.articles import written
from gongkai.law.calendar import calendar
from gongkai.law.deadlines.single import count, countable
from gongkai.law.outcomes import Outcome, outcomes
from gongkai.law.parameters import Parameter, in_force, jurisdiction
from gongkai.messages import Language, Listing
from gongkai.web.agencies.queries import today
from gongkai.web.api import doors, law_shapes
from gongkai.web.api.answers import answer, day
from gongkai.web.api.language import asked
from gongkai.web.api.parameters import Day, Name, Region

router = Router(tags=["law"])


@doors.public(router, "/law/outcomes", law_shapes.Outcomes)
def law_outcomes(request: HttpRequest) -> HttpResponseBase:
    """The outcomes of a request, each with its articles, letter and row of the annual report."""
    language = asked(request)
    return answer(request, {"items": [_outcome(found, language) for found in outcomes().values()]})


@doors.public(router, "/law/parameters", law_shapes.Parameters)
def law_parameters(
    request: HttpRequest, on: Annotated[Day | None, Query(None)], region: Annotated[Region, Query("")]
) -> HttpResponseBase:
    """The numbers and choices of the law in force on a day, each with its article and how certain it is."""
    when, language = on or today(), asked(request)
    held = in_force(when, jurisdiction(region)).parameters.values()
    items = [_parameter(found, language) for found in held]
    return answer(request, {"on": day(when), "region": region, "items": items})


@doors.public(router, "/law/rules", law_shapes.Rules)
def law_rules(request: HttpRequest) -> HttpResponseBase:
    """The rules that count a single period from a day, for `/law/deadline`."""
    language = asked(request)
    items = [
        {
            "name": name,
            "does": messages.text(f"law.rule.{name}", language),
            "articles": _cited(rule.articles, language),
        }
        for name, rule in countable().items()
    ]
    return answer(request, {"items": items})


@doors.public(router, "/law/deadline", law_shapes.Deadline)
def law_deadline(
    request: HttpRequest,
    rule: Annotated[Name, Query(...)],
    start: Annotated[Day, Query(..., alias="from")],
    on: Annotated[Day | None, Query(None)],
    region: Annotated[Region, Query("")],
) -> HttpResponseBase:
    """By when a single period ends, and why: the day counted from is not counted itself."""
    listed, days, language = countable(), calendar(), asked(request)
    if rule not in listed:
        near = get_close_matches(rule, listed) or list(listed)
        raise InvalidInput("api.no_rule", given=rule, near=Listing(tuple(near)))
    due, when = count(listed[rule], start, days, jurisdiction(region)), on or today()
    found = {
        "rule": rule,
        "on": day(when),
        "due": day(due.due),
        "left": due.left(when, days),
        "counted_from": day(due.counted_from),
        "period": due.period,
        "unit": due.unit,
        "rolled_from": day(due.rolled_from),
        "provisional": due.provisional,
        "articles": _cited(due.articles, language),
        "settings": [_parameter(found, language) for found in due.settings],
        "calendar": {"settled": day(days.span.settled), "digest": days.digest},
        "not_counted": [{"day": day(rest.day), "name": rest.name} for rest in due.not_counted(days)],
    }
    return answer(request, found)


def _outcome(found: Outcome, language: Language) -> dict[str, Any]:
    return {
        "code": found.code,
        "label": found.label(language),
        "articles": _cited(found.articles, language),
        "letter": found.letter,
        "requires": list(found.requires),
        "remedies": found.remedies,
        "rows": dict(found.rows),
        "row_setting": found.row_setting,
        "rows_by_setting": {choice: dict(rows) for choice, rows in found.rows_by_setting.items()},
        "counts": found.counts,
        "whole": found.whole,
        "status": found.status,
    }


def _parameter(given: Parameter, language: Language) -> dict[str, Any]:
    return {
        "name": given.name,
        "label": messages.catalogue(language).get(f"law.parameter_name.{given.name}", given.name),
        "value": given.value,
        "unit": given.unit,
        "article": given.article,
        "written": written(given.article, language),
        "since": day(given.since),
        "until": day(given.until),
        "region": given.region,
        "status": given.status,
        "settable": given.settable,
        "choices": list(given.choices),
    }


def _cited(articles: Iterable[str], language: Language) -> list[dict[str, str]]:
    return [{"cited": one, "written": written(one, language)} for one in articles]
