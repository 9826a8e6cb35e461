"""Reading contents, and finding what nothing refers to any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import IO

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.web.files.models import File
from gongkai.web.files.store import store

MOST = 500
"""Contents looked at in one question to the database."""


def content(file: File) -> IO[bytes]:
    """Open a file's content for reading."""
    return store().open(file.digest)


def unused(before: datetime) -> QuerySet[File]:
    """Records made before an instant to which no record of any app refers."""
    found = File.objects.filter(created_at__lt=before)
    # Also relations without a name back, which the framework hides from `related_objects`.
    for relation in File._meta.get_fields(include_hidden=True):
        if not relation.concrete and relation.auto_created:
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})  # type: ignore[union-attr]
            found = found.filter(~Exists(users))
    return found


def orphans(before: datetime) -> Iterator[str]:
    """The digests of contents last given before an instant of which there is no record."""
    old = store().older_than(before.timestamp())
    while some := list(islice(old, MOST)):
        known = set(File.objects.filter(digest__in=some).values_list("digest", flat=True))
        yield from (digest for digest in some if digest not in known)
