"""The index follows the acts: after any of them it holds what a comparison of everything would, having looked at little."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from gongkai.web.agencies import actions as agencies
from gongkai.web.audit.actor import CONSOLE, SYSTEM
from gongkai.web.audit.chain import append
from gongkai.web.registers import actions as registers
from gongkai.web.registers.models import Decision, Import, Rule
from gongkai.web.search import changes, effects_due, refreshing
from gongkai.web.search.changes import Seen
from gongkai.web.search.index import Index
from gongkai.web.search.source import Source
from gongkai.web.search.sources import SOURCES
from tests.web import publications_office, registers_office
from tests.web.registers_sheets import brought, row, sheet, swept
from tests.web.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.DATA = tmp_path
    effects_due._done.clear()


@pytest.fixture
def looked_at(monkeypatch):
    """What the sources are asked to compare: the number of keys, or everything."""
    asked, real = [], Source.stamps

    def stamps(self, keys=None):
        asked.append("everything" if keys is None else len(keys))
        return real(self, keys)

    monkeypatch.setattr(Source, "stamps", stamps)
    return asked


def follow():
    """What the sweep does, as often as something is due; how often that was."""
    times = 0
    for _ in range(3):
        for key in effects_due.due(timezone.now()):
            effects_due.remember(key, timezone.now(), effects_due.bring_in_line(key))
            times += 1
    return times


def in_line():
    """Whether the index holds exactly what everybody sees, as it is now."""
    public = {id: stamp for source in SOURCES for id, stamp in source.stamps()}
    assert Index().known() == public
    return len(public)


def rule(agency, n, **more):
    given = {
        "kind": "normative_document", "title": f"样例办法{n}", "number": f"样政规〔2024〕{n}号", "issued_on": date(2024, 5, 6),
        "effective_on": date(2024, 5, 6), "publicity": "open",
    }  # fmt: skip
    return registers.record(Rule, agency=agency, by=CONSOLE, **given | more)


def test_an_act_is_followed_by_looking_at_what_it_touched(looked_at):
    here = publications_office.office()
    rows = [rule(here.county, n) for n in range(1, 31)]
    assert follow() == 1
    assert "everything" in looked_at
    assert in_line() == 30
    steps = 0
    for number, touch in enumerate(
        (
            lambda: rule(here.county, 31),
            lambda: registers.correct(rows[0], reason="写错", by=CONSOLE, seen=1, title="改正的名称"),
            lambda: registers.withdraw(rows[1], reason="内容有误", by=CONSOLE, seen=1),
            lambda: registers.strike(rows[2], reason="重复", by=CONSOLE, seen=1),
            lambda: registers.repeal(rows[3], on=date(2024, 8, 1), because="废止", by=CONSOLE, seen=1),
        )
    ):
        looked_at.clear()
        touch()
        assert follow() == 1, number
        assert looked_at == [1], number
        in_line()
        steps += 1
    assert (steps, in_line()) == (5, 29)
    assert follow() == 0


def test_a_document_is_followed_over_its_whole_life():
    here = publications_office.office()
    follow()
    document = publications_office.released(here, publications_office.drafted(here, publications_office.BODY))
    assert follow() >= 1
    assert in_line() == 1
    publications_office.do(here, "withdraw", document, "clerk", reason="内容有误")
    follow()
    assert in_line() == 0


def test_an_import_shows_and_hides_its_rows(looked_at):
    here = publications_office.office()
    registers_office.rows(here.town)
    follow()
    before = in_line()
    given = brought(None, here.town, SYSTEM, content=sheet([row(n=n) for n in range(501, 621)]))
    given = registers.confirm(given, good_alone=True, by=SYSTEM, seen=given.version)
    looked_at.clear()
    swept()
    follow()
    assert "everything" not in looked_at
    assert in_line() == before + Decision.objects.filter(brought=given, publicity="open").count() == before + 120
    given = Import.objects.get(pk=given.pk)
    registers.undo(given, reason="传错", by=SYSTEM, seen=given.version)
    follow()
    assert in_line() == before
    swept()
    follow()
    assert in_line() == before


def test_a_name_is_followed_wherever_it_stands(looked_at):
    here = publications_office.office()
    rule(here.county, 1)
    rule(here.town, 2)
    follow()
    looked_at.clear()
    town = here.town
    town.refresh_from_db()
    agencies.rename(town, name="样例县青石街道办事处", since=date(2024, 1, 1), by=CONSOLE, seen=town.version)
    follow()
    assert "everything" not in looked_at
    assert in_line() == 2


def test_everything_is_compared_on_another_day_and_where_a_chain_was_longer(looked_at, monkeypatch):
    here = publications_office.office()
    one = rule(here.county, 1)
    follow()
    # Something that no act did, which there is not: only a comparison of everything can see it.
    Rule.objects.filter(pk=one.pk).update(title="改了", version=9)
    assert follow() == 0
    tomorrow = timezone.now() + timedelta(days=1)
    with monkeypatch.context() as patched:
        patched.setattr("gongkai.web.search.effects_due.timezone.now", lambda: tomorrow)
        (key,) = effects_due.due(tomorrow)
        effects_due.remember(key, tomorrow, effects_due.bring_in_line(key))
    in_line()
    looked_at.clear()
    # A database that was put in the place of another may know less of a chain than was seen before.
    ((path, done),) = effects_due._done.items()
    effects_due._done[path] = done._replace(
        state="", seen=Seen(timezone.localdate().isoformat(), {**done.seen.chains, here.county.chain: 99})
    )
    follow()
    assert "everything" in looked_at


def test_acts_whose_transactions_end_in_another_order_are_all_seen():
    """Two offices act at once; what is committed later is seen though its entry was written first."""
    here = publications_office.office()
    follow()
    dice, agencies_ = random.Random(7), [here.county, here.town]

    def enter(n):
        with transaction.atomic():
            append(f"other {n % 3}", SYSTEM, "test.nothing", "x.y", str(n), {})
            made = rule(agencies_[n % 2], 100 + n)
        return made.key

    for round in range(3):
        at_once(enter, [round * 10 + n for n in range(6)], workers=3)
        if dice.random() < 2:
            follow()
    assert in_line() == 18


def test_the_state_is_another_one_after_every_act_and_every_day():
    here = publications_office.office()
    now = timezone.now()
    states = {changes.state(now)}
    for n in range(1, 4):
        rule(here.county, n)
        states.add(changes.state(now))
    states.add(changes.state(now + timedelta(days=1)))
    assert len(states) == 5
    assert refreshing.refresh().written == 3
