"""Who acts: a person who is signed in, a visitor, somebody at the console, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ActorKind = Literal["user", "visitor", "console", "sweep", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, by kind and opaque key; no name, so that the record holds no personal data."""

    kind: ActorKind
    key: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind


VISITOR = Actor("visitor")
CONSOLE = Actor("console")
SYSTEM = Actor("system")
SWEEP = Actor("sweep")
