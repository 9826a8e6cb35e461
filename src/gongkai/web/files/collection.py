"""Collecting what a crash or an abandoned act left behind: records that nothing uses, contents without a record."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from gongkai.web.files import queries
from gongkai.web.files.models import File
from gongkai.web.files.store import store

AGE = timedelta(days=1)
"""Nothing younger is touched: the act that it belongs to may still be under way."""


def collect_contents(now: datetime) -> int:
    """Remove contents that have had no record for a day; return how many."""
    before = now - AGE
    return sum(store().remove(digest, before.timestamp()) for digest in list(queries.orphans(before)))


def collect_records(now: datetime) -> int:
    """Remove records that nothing has used for a day; return how many.

    Their contents go a day later, whenever they were given: should this transaction be undone, they must still be
    there, and a backup that has seen the record still needs them.
    """
    removed = 0
    for file in queries.unused(now - AGE):
        _give_again(file)
        # Somebody may have begun to use it since the question was asked; the database then refuses.
        with suppress(IntegrityError), transaction.atomic():
            file.delete()
            removed += 1
    return removed


def _give_again(file: File) -> None:
    """Let the store count the age of a content from now on."""
    with suppress(FileNotFoundError), store().open(file.digest) as content:
        store().put(content, sys.maxsize)
