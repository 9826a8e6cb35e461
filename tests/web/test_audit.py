"""The record of every change: whole chains, damage that is found, and what the database refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.errors import InvalidInput
from gongkai.web.audit import heads
from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import act, append, digest, verify
from gongkai.web.audit.models import Chain, Entry
from gongkai.web.audit.wording import verdict
from tests.web.conftest import unsealed

pytestmark = pytest.mark.django_db
CHAIN, LENGTH = "agency:made-up", 1000


def chain_of(length, name=CHAIN):
    with transaction.atomic():
        for number in range(1, length + 1):
            append(name, SYSTEM, "agency.tested", "agencies.agency", f"k{number}", {"number": number, "text": "汉字"})


def at(number):
    return Entry.objects.filter(chain=CHAIN, number=number)


def forge(number, previous, **values):
    """Write an entry with a good digest, as somebody would who knows the program."""
    old = at(number).first() or Entry(chain=CHAIN, at=Entry.objects.latest("pk").at, actor="system", verb="agency.tested",
                                      kind="agencies.agency", object_key="forged", result={})  # fmt: skip
    old.number, old.previous = number, previous
    for name, value in values.items():
        setattr(old, name, value)
    old.digest = digest(old)
    old.save()
    return old


def flip(number):
    at(number).update(actor="user:somebody")


def flip_result(number):
    at(number).update(result={"number": number, "text": "漢字"})


def flip_digest(number):
    at(number).update(digest="0" * 64)


def shift_time(number):
    entry = at(number).get()
    at(number).update(at=entry.at.replace(microsecond=(entry.at.microsecond + 1) % 1_000_000))


def delete(number):
    at(number).delete()


def delete_and_close_up(number):
    at(number).delete()
    for later in Entry.objects.filter(chain=CHAIN, number__gt=number).order_by("number"):
        Entry.objects.filter(pk=later.pk).update(number=later.number - 1)
    Chain.objects.update(length=LENGTH - 1)


def swap(number):
    at(number).update(number=LENGTH * 2)
    at(number + 1).update(number=number)
    at(LENGTH * 2).update(number=number + 1)


def swap_content(number):
    one, other = at(number).get(), at(number + 1).get()
    for name in ("actor", "verb", "object_key", "result", "at"):
        mine, theirs = getattr(one, name), getattr(other, name)
        at(number).update(**{name: theirs})
        at(number + 1).update(**{name: mine})


def insert(number):
    for later in Entry.objects.filter(chain=CHAIN, number__gte=number).order_by("-number"):
        Entry.objects.filter(pk=later.pk).update(number=later.number + 1)
    Chain.objects.update(length=LENGTH + 1)
    forge(number, "f" * 64)


def insert_linked(number):
    for later in Entry.objects.filter(chain=CHAIN, number__gt=number - 1).order_by("-number"):
        Entry.objects.filter(pk=later.pk).update(number=later.number + 1)
    Chain.objects.update(length=LENGTH + 1)
    forge(number, at(number - 1).get().digest)


def insert_at_the_end(number):
    forge(number, at(number - 1).get().digest)


def cut(number):
    Entry.objects.filter(chain=CHAIN, number__gte=number).delete()


def cut_with_a_wrong_end(number):
    cut(number)
    Chain.objects.update(length=number - 1)


def other_end(number):
    del number
    Chain.objects.update(head="e" * 64)


DAMAGE = [
    (flip, 500, "changed", 500),
    (flip, 1, "changed", 1),
    (flip, LENGTH, "changed", LENGTH),
    (flip_result, 500, "changed", 500),
    (flip_digest, 500, "changed", 500),
    (shift_time, 500, "changed", 500),
    (delete, 500, "missing", 500),
    (delete, 1, "missing", 1),
    (delete_and_close_up, 500, "changed", 500),
    (swap, 500, "changed", 500),
    (swap_content, 500, "changed", 500),
    (insert, 500, "changed", 500),
    (insert_linked, 500, "changed", 501),
    (insert_at_the_end, LENGTH + 1, "added", LENGTH + 1),
    (cut, 901, "cut", 901),
    (cut, LENGTH, "cut", LENGTH),
    (cut, 1, "cut", 1),
    (cut_with_a_wrong_end, 901, "replaced", 900),
    (other_end, LENGTH, "replaced", LENGTH),
]


def test_every_kind_of_damage_to_a_thousand_entries_is_found_and_its_first_entry_named():
    chain_of(LENGTH)
    assert verify(CHAIN).whole
    found = {}
    with unsealed():
        for damage, number, wrong, named in DAMAGE:
            point = transaction.savepoint()
            damage(number)
            seen = verify(CHAIN)
            found[damage.__name__, number] = (seen.wrong, seen.wrong_at) == (wrong, named) or seen
            transaction.savepoint_rollback(point)
            assert str(named) in verdict(seen, "zh"), (damage, seen)
        assert verify(CHAIN) == type(seen)(CHAIN, LENGTH)
    assert len(found) == len(DAMAGE) == 19
    assert {name: seen for name, seen in found.items() if seen is not True} == {}


def rewrite(since, **values):
    """Forge a chain from an entry on, with every digest and the end made good."""
    previous = at(since - 1).get().digest
    for number in range(since, Chain.objects.get(name=CHAIN).length + 1):
        previous = forge(number, previous, **(values if number == since else {})).digest
    Chain.objects.filter(name=CHAIN).update(head=previous)


def cut_whole(length):
    Entry.objects.filter(chain=CHAIN, number__gt=length).delete()
    Chain.objects.filter(name=CHAIN).update(length=length, head=at(length).get().digest)


@pytest.mark.parametrize(
    ("forgery", "wrong", "named"),
    [
        (lambda: rewrite(20, actor="user:other"), "replaced", 30),
        (lambda: rewrite(40, actor="user:other"), "replaced", 50),
        (lambda: cut_whole(49), "cut", 50),
        (lambda: cut_whole(29), "cut", 30),
        (lambda: (Entry.objects.all().delete(), Chain.objects.all().delete()), "cut", 1),
    ],
)
def test_a_forgery_that_holds_together_is_found_by_the_exported_heads(forgery, wrong, named):
    kept = []
    for length in (30, 20):
        chain_of(length)
        kept += heads.export()
    with unsealed():
        forgery()
        alone = verify(CHAIN)
        seen = verify(CHAIN, heads.read(kept)[CHAIN])
    assert alone.whole
    assert (seen.wrong, seen.wrong_at) == (wrong, named)


def test_exported_heads_are_read_back_and_nonsense_is_refused_with_its_line():
    chain_of(3)
    chain_of(2, "system")
    lines = list(heads.export())
    read = heads.read([*lines, "", *lines])
    assert {name: list(known) for name, known in read.items()} == {CHAIN: [3], "system": [2]}
    for bad, code in [
        ("not json", "audit.heads_line"),
        ('{"chain": "system"}', "audit.heads_line"),
        ("[1]", "audit.heads_line"),
        ('{"chain": "system", "length": 2, "head": "other"}', "audit.heads_differ"),
    ]:
        with pytest.raises(InvalidInput) as refused:
            heads.read([*lines, bad])
        assert (refused.value.code, refused.value.facts["line"]) == (code, 3)


STATEMENTS = [
    "UPDATE audit_entry SET verb = 'x'",
    "UPDATE audit_entry SET verb = verb WHERE number = 2",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE number = 3",
    "DELETE FROM audit_chain",
    "UPDATE audit_chain SET length = length - 1",
    "UPDATE audit_chain SET length = 0",
    "UPDATE audit_chain SET head = ''",
    "UPDATE audit_chain SET name = 'other', length = length + 1",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_an_entry_and_to_shorten_a_chain(statement):
    chain_of(3)
    before = list(Entry.objects.values()), list(Chain.objects.values())
    with pytest.raises(DatabaseError, match=r"never changed|only grows"), transaction.atomic():
        run(statement)
    assert (list(Entry.objects.values()), list(Chain.objects.values())) == before


@pytest.mark.parametrize("table", ["audit_entry", "audit_chain"])
def test_postgresql_refuses_to_empty_the_tables(table):
    if connection.vendor != "postgresql":
        pytest.skip("TRUNCATE is PostgreSQL's")
    chain_of(3)
    with pytest.raises(DatabaseError, match=r"never changed|only grows"), transaction.atomic():
        run(f"TRUNCATE {table} CASCADE")
    assert Entry.objects.count() == 3


def test_through_the_models_nothing_is_changed_either():
    chain_of(3)
    refused = 0
    for change in (
        lambda: Entry.objects.update(verb="x"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.first().save(),
        lambda: Entry.objects.first().delete(),
        lambda: Entry.objects.bulk_update([Entry.objects.first()], ["verb"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
        refused += 1
    assert refused == 5
    assert verify(CHAIN).whole


def test_an_act_that_fails_leaves_neither_change_nor_entry():
    def fail():
        with act(SYSTEM, "agency.tested", None, chain=CHAIN):
            Chain.objects.create(name="made by the act")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Chain.objects.exists()
    assert not Entry.objects.exists()


def test_every_entry_has_who_when_what_on_what_and_with_which_result():
    with act(SYSTEM, "agency.tested", None, chain=CHAIN, kind="agencies.agency", key="k1", rows=7) as under_way:
        under_way.result["more"] = "known later"
    entry = Entry.objects.get()
    assert (entry.actor, entry.verb, entry.kind, entry.object_key) == (
        "system",
        "agency.tested",
        "agencies.agency",
        "k1",
    )
    assert entry.result == {"rows": 7, "more": "known later"}
    assert entry.at is not None
    assert len(entry.digest) == 64


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite puts rows in the place of others unasked")
@pytest.mark.parametrize(
    "statement",
    [
        "REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE number = 2",
        "REPLACE INTO audit_entry SELECT id + 1000, chain, number, at, 'user:x', verb, kind, object_key, result, previous, digest"
        " FROM audit_entry WHERE number = 2",
        "REPLACE INTO audit_chain (name, length, head) SELECT name, 1, '' FROM audit_chain",
    ],
)
def test_no_row_is_put_in_the_place_of_another(statement):
    chain_of(3)
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="audit"), transaction.atomic():
            cursor.execute(statement)
        with unsealed():
            cursor.execute(statement)  # the control: without the seal it would be done
