"""The record of every change: whole chains, found damage, and what the database refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.web.audit.actor import SYSTEM
from gongkai.web.audit.chain import append, verify
from gongkai.web.audit.models import Entry

pytestmark = pytest.mark.django_db


def chain_of(length):
    with transaction.atomic():
        for number in range(length):
            append("agency:made-up", SYSTEM, "agency.tested", "agencies.agency", f"k{number}", {"number": number})


def test_a_chain_of_entries_is_whole():
    chain_of(20)
    found = verify("agency:made-up")
    assert (found.whole, found.entries) == (True, 20)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_an_entry(statement):
    chain_of(3)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 3
