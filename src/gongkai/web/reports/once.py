"""Uploads that a program wants to happen once, however often it asks because an answer was lost on the way."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple, Self

from gongkai.errors import InvalidInput
from gongkai.web.agencies.models import Agency
from gongkai.web.audit.actor import Actor
from gongkai.web.files.actions import Content
from gongkai.web.reports.models import Batch


class Once(NamedTuple):
    """The mark of the person and the word, none without a word; and the digest of what was given for which agency."""

    mark: str | None
    given: str

    @classmethod
    def of(cls, by: Actor, word: str, keeper: Agency, contents: Iterable[Content]) -> Self:
        """Return what an upload is known by."""
        if not word:
            return cls(None, "")
        files = sorted(f"{content.digest} {content.name}" for content in contents)
        return cls(_digest(str(by), word), _digest(keeper.key, *files))

    def before(self) -> Batch | None:
        """Return the batch of the same upload before. Raises InvalidInput where the word was used for another one."""
        found = Batch.objects.filter(once=self.mark).first() if self.mark else None
        if found is not None and found.given != self.given:
            raise InvalidInput("reports.once_used")
        return found


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
