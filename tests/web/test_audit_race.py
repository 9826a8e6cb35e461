"""Two who write at the end of one chain at the same moment: one after the other, and what would be without the lock."""

import threading
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.web.audit import chain
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.models import Chain, Entry
from tests.web.conftest import unsealed
from tests.web.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CHAIN = "agency:made-up"


def write(number):
    with transaction.atomic():
        return chain.append(CHAIN, SYSTEM, "agency.tested", "agencies.agency", f"k{number}", {}).number


@pytest.mark.parametrize("begun", [False, True])
def test_transactions_that_append_to_one_chain_at_once_follow_one_another(begun):
    if begun:
        write(0)
    numbers = at_once(write, range(1, 201), workers=8)
    assert sorted(numbers) == list(range(1 + begun, 201 + begun))
    assert chain.verify(CHAIN) == chain.Verdict(CHAIN, 200 + begun)


def test_appends_to_different_chains_do_not_touch_one_another():
    def spread(number):
        with transaction.atomic():
            chain.append(f"agency:{number % 4}", SYSTEM, "agency.tested", "agencies.agency", f"k{number}", {})

    at_once(spread, range(100), workers=4)
    assert [chain.verify(f"agency:{number}").entries for number in range(4)] == [25] * 4


def test_without_the_lock_two_want_the_same_place_and_only_the_constraint_is_left(monkeypatch):
    """The control. On SQLite the lock is the transaction's own (IMMEDIATE), so there the transaction goes as well."""
    write(0)
    _take_the_lock_out(monkeypatch)
    assert _both() == ["place taken", 2]


def test_without_lock_constraint_and_seals_the_chain_forks_and_the_fork_is_found(monkeypatch):
    write(0)
    _take_the_lock_out(monkeypatch)
    constraint = next(one for one in Entry._meta.constraints if one.name == "audit_entry_once")
    with unsealed():
        with monkeypatch.context() as without, connection.schema_editor() as editor:
            without.setattr(Entry._meta, "constraints", [])  # SQLite makes the table anew after the model
            editor.remove_constraint(Entry, constraint)
        try:
            assert _both() == [2, 2]
            seen = chain.verify(CHAIN)
            assert (seen.wrong, seen.wrong_at) == ("added", 3)
        finally:
            Entry.objects.all().delete()
            with connection.schema_editor() as editor:
                editor.add_constraint(Entry, constraint)


class _Unlocked:
    """Reads the end of a chain without holding it, and waits until the other has read it too."""

    def __init__(self):
        self.both = threading.Barrier(2)

    def get(self, **wanted):
        end = Chain.objects.get(**wanted)
        self.both.wait(timeout=20)
        return end


def _take_the_lock_out(monkeypatch):
    unlocked = _Unlocked()
    monkeypatch.setattr(type(Chain.objects), "select_for_update", lambda _self: unlocked)


def _both():
    """What two appends at the same moment give."""
    around = nullcontext if connection.vendor == "sqlite" else transaction.atomic

    def unheld(number):
        try:
            with around():
                return chain.append(CHAIN, SYSTEM, "agency.tested", "agencies.agency", f"k{number}", {}).number
        except IntegrityError:
            return "place taken"

    return sorted(at_once(unheld, [1, 2], workers=2), key=str, reverse=True)
