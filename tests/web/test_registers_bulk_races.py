"""An import and officers who save at the same time: both go on, no number is there twice, and of two workers one wins."""

from __future__ import annotations

import threading
from contextlib import nullcontext

import pytest
from django.db import connection, transaction

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import verify
from gongkai.web.audit.record import Stale
from gongkai.web.registers import actions
from gongkai.web.registers.bulk import working
from gongkai.web.registers.models import Decision, Import, RefusedRow
from tests.web.registers_office import GIVEN
from tests.web.registers_sheets import brought, row, sheet, swept
from tests.web.reports_office import office
from tests.web.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROWS, OFFICERS = 2000, 3


@pytest.fixture
def confirmed():
    """A sheet that was looked through and confirmed, with the town whose it is."""
    made = office()
    given = brought(None, made.town, SYSTEM, content=sheet([row(n=n) for n in range(1, ROWS + 1)]))
    return actions.confirm(given, good_alone=True, by=SYSTEM, seen=given.version), made.town


def save(town, number):
    """Save a decision as an officer does; whether it was there already."""
    values = {**GIVEN[Decision](number), "publicity": "open"}
    try:
        actions.record(Decision, agency=town, by=SYSTEM, **values)
    except InvalidInput:
        return False
    return True


def together(given, town, *, whole):
    """Stage an import, in one transaction or in batches, while officers save; return how many got in and how many were told."""
    done, saved, told = threading.Event(), [], []

    def stage():
        try:
            with transaction.atomic() if whole else nullcontext():
                working.stage(given)
        finally:
            done.set()

    def officer(which):
        number = 0
        while not done.is_set() or number < 5:
            number += 1
            # Every third of their numbers is one of the sheet's, the last ones first, as long as there are any.
            theirs = ROWS + 1 - (number * OFFICERS + which)
            wanted = theirs if number % 3 == 0 and theirs > 0 else 10_000 * (which + 1) + number
            (saved if save(town, wanted) else told).append(wanted)

    at_once(
        lambda call: call(), [stage, *(lambda which=which: officer(which) for which in range(OFFICERS))], workers=4
    )
    return saved, told


def between(given):
    """How many rows of officers were written between the first and the last of the import's."""
    keys = list(Decision.every.filter(brought=given).order_by("pk").values_list("pk", flat=True))
    return Decision.every.filter(brought=None, pk__gt=keys[0], pk__lt=keys[-1]).count()


def test_officers_go_on_while_an_import_is_staged_and_no_number_is_there_twice(confirmed, monkeypatch):
    given, town = confirmed
    monkeypatch.setattr(working, "BATCH", 100)
    saved, told = together(given, town, whole=False)
    inside = between(given)
    swept()
    given.refresh_from_db()
    assert given.state == "checked" if given.round > 1 else given.state == "taken"
    print(
        f"{len(saved)} saved and {len(told)} told while {ROWS} rows were staged; {inside} saved in the midst of them"
    )
    assert inside > 0
    if given.state == "checked":
        actions.confirm(given, good_alone=True, by=SYSTEM, seen=given.version)
        swept()
        given.refresh_from_db()
    assert given.state == "taken"
    numbers = Decision.objects.values_list("number_key", flat=True)
    assert len(numbers) == len(set(numbers)) == len(saved) + given.good
    assert given.good + given.refused == ROWS
    assert RefusedRow.objects.filter(double=True).count() == given.refused == len([n for n in saved if n <= ROWS])
    assert verify(town.chain).whole


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="on PostgreSQL one long transaction holds nobody back")
def test_without_batches_nobody_gets_in_between(confirmed, monkeypatch):
    """The control: the same in one transaction."""
    given, town = confirmed
    monkeypatch.setattr(working, "BATCH", 100)
    together(given, town, whole=True)
    assert between(given) == 0


def two_workers(given):
    def stage(_):
        try:
            working.stage(Import.objects.get(pk=given.pk))
        except Stale:
            return "stopped"
        return "done"

    return sorted(at_once(stage, [1, 2], workers=2))


def test_of_two_workers_at_one_import_the_later_goes_on_alone(confirmed, monkeypatch):
    given, _ = confirmed
    monkeypatch.setattr(working, "BATCH", 100)
    assert two_workers(given) == ["done", "stopped"]
    assert Decision.every.filter(brought=given).count() == ROWS
    assert not RefusedRow.objects.exists()
    swept()
    given.refresh_from_db()
    assert (given.state, given.good) == ("taken", ROWS)


def test_without_the_ticket_two_workers_take_each_others_rows_for_doubles(confirmed, monkeypatch):
    """The control: both write, and what the one has written stands in the way of the other."""
    given, _ = confirmed
    monkeypatch.setattr(working, "BATCH", 100)
    monkeypatch.setattr(working, "_go_on", lambda *_, **__: None)
    try:
        ended = two_workers(given)
    except Exception as error:  # two may refuse the same row at once
        ended = [type(error).__name__]
    assert ended != ["done", "stopped"]
    assert RefusedRow.objects.exists() or ended != ["done", "done"]
    assert connection.vendor in ("sqlite", "postgresql")
