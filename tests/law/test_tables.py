"""What the data of the law say is what stands in the tables that a lawyer has read."""

from datetime import date

import pytest

from gongkai.law.deadlines.receipt import channels
from gongkai.law.letters import letters
from gongkai.law.outcomes import outcomes, row
from gongkai.law.parameters import in_force, parameters
from gongkai.law.remedies import results
from gongkai.law.remedies.data import data
from tests.law.tables import table

INFORCE = in_force(date(2026, 3, 2))
COMMON = {"decision": 12, "notice": 9, "record": 2}
"""How many parts every letter of a kind begins with: these stand in a table of their own."""
SIZES = {
    "kinds": 3,
    "outcomes": 28,
    "letters": 43,
    "results": 14,
    "acts": 9,
    "paragraphs": 5,
    "routes": 17,
    "courts": 6,
    "channels": 11,
}


def listed(names):
    """Names in one cell; the sign of alternatives is that of the table's own lines."""
    return ", ".join(names).replace("|", "/")


def outcome_rows():
    for code, found in outcomes().items():
        flags = [name for name in ("whole", "releases", "counts") if getattr(found, name)]
        rows = (row(code, "2021", INFORCE), row(code, "2019", INFORCE)) if found.counts else ("", "")
        remedies = f"{found.remedies} ({found.remedies_status})"
        asked = [
            *found.requires,
            *(f"{event}: {name}" for event in found.with_event for name in found.with_event[event]),
        ]
        yield (
            code, found.label("zh"), " ".join(found.articles), listed(asked), " ".join(found.after), remedies,
            *rows, " ".join(flags), found.status,
        )  # fmt: skip


def letter_rows():
    for code, found in letters().items():
        yield (
            code, found.title("zh"), found.kind, found.stage, found.addressee, " ".join(found.articles),
            listed(found.parts[COMMON[found.kind] :]), listed(found.dates), " ".join((*found.after, *found.outcomes)),
            found.remedies, found.status,
        )  # fmt: skip


def kind_rows():
    for kind, common in COMMON.items():
        parts = {found.parts[:common] for found in letters().values() if found.kind == kind}
        numbered = {found.numbered for found in letters().values() if found.kind == kind}
        yield kind, "; ".join(", ".join(given) for given in parts), " ".join(map(str, numbered))


def result_rows():
    for code, found in results().items():
        yield code, found.label("zh"), found.column, found.article, found.status


def act_rows():
    for code, given in data()["act"].items():
        yield code, given.get("kind", ""), given.get("refused", ""), given["article"]


def paragraph_rows():
    for code, given in data()["paragraph"].items():
        yield (
            code,
            " ".join(given.get("ways", ())),
            given.get("from", ""),
            given.get("by", ""),
            " ".join(given["article"]),
        )


def place_rows(part, to):
    told = ("article", "status", "setting", "to", "to_by_setting", "level_of_court")
    for given in data()[part]:
        asked = [f"{key}: {said(value)}" for key, value in given.items() if key not in told]
        yield "; ".join(asked), to(given), given.get("setting", ""), given["article"], given.get("status", "stated")


def said(value):
    return " ".join(value) if isinstance(value, list) else value


def route_rows():
    def ways(given):
        return given.get("to") or [f"{one}: {said(to)}" for one, to in given["to_by_setting"].items()]

    return place_rows("route", lambda given: listed(ways(given)))


def court_rows():
    return place_rows("court", lambda given: given["level_of_court"])


def channel_rows():
    for direction in ("request", "answer"):
        for code, found in channels(direction).items():
            yield direction, code, found.decisive, found.same_day, found.article, found.status


def parameter_rows():
    for given in parameters():
        until = given.until or ""
        settable = "settable" if given.settable else ""
        yield (
            given.name, given.region, given.value, given.unit, " ".join(given.choices), given.article, given.since, until,
            settable, given.status,
        )  # fmt: skip


ROWS = {
    "parameters": parameter_rows,
    "kinds": kind_rows,
    "outcomes": outcome_rows,
    "letters": letter_rows,
    "results": result_rows,
    "acts": act_rows,
    "paragraphs": paragraph_rows,
    "routes": route_rows,
    "courts": court_rows,
    "channels": channel_rows,
}


@pytest.mark.parametrize("name", SIZES)
def test_the_data_say_what_the_table_says(name):
    rows = table(name)
    assert len(rows) == SIZES[name]
    assert [tuple(map(str, given)) for given in ROWS[name]()] == rows
