"""Holding the tree: whoever changes its shape or a name in it does so alone, and everybody can see that it was changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F

from gongkai.web.agencies.models import Tree


@contextmanager
def held_tree() -> Iterator[Tree]:
    """Hold the tree until the transaction ends; its version is counted up. Must run inside a transaction."""
    Tree.objects.get_or_create(pk=1)
    held = Tree.objects.select_for_update().get(pk=1)
    yield held
    Tree.objects.filter(pk=1).update(version=F("version") + 1)
