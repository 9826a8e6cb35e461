"""What every test of the platform needs: the seals of the audit let a test's own rows be cleared away after it."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase

from gongkai.web.agencies import kept_names
from gongkai.web.audit import seals
from tests.web import installation

_teardown = TransactionTestCase._fixture_teardown


@contextmanager
def unsealed():
    """Take the seals off for a moment: clearing a test's database, or damaging a copy of the audit on purpose."""
    with _schema() as editor:
        seals.unseal(None, editor)
        seals.unseal_chains(None, editor)
    try:
        yield
    finally:
        with _schema() as editor:
            seals.seal(None, editor)
            seals.seal_chains(None, editor)


@contextmanager
def _schema():
    """What the seals are put on with; inside a transaction of SQLite no schema editor can be opened."""
    if connection.vendor == "postgresql":
        with connection.schema_editor() as editor:
            yield editor
    else:
        yield _Plain()


class _Plain:
    """Executes statements, as a schema editor does, without its checks."""

    connection = connection

    def execute(self, statement, params=None):
        with connection.cursor() as cursor:
            cursor.execute(statement, params)


@pytest.fixture(autouse=True, scope="session")
def _clearing_takes_the_seals_off():
    def teardown(self):
        with unsealed():
            _teardown(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def _names_written_by_a_test_are_its_own():
    kept_names.forget()
    cache.clear()


@pytest.fixture
def place(tmp_path):
    """Give names of installations that are not there yet."""
    named = []

    def place(name, engine=""):
        named.append(installation.empty(tmp_path / name, engine))
        return named[-1]

    yield place
    for made in named:
        installation.remove(made)
