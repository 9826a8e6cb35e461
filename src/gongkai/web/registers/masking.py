"""Names as everybody sees them: that of a citizen is masked, that of an organisation stands as it is."""

from __future__ import annotations

from gongkai.web.registers.models import Decision

_MASK = "某某"


def masked(name: str) -> str:
    """Return a person's name with nothing but its first character, so that its length tells nothing either."""
    return f"{name.strip()[:1]}{_MASK}"


def shown(decision: Decision) -> str:
    """Return the name of whom a decision concerns, as everybody may read it."""
    return decision.subject if decision.subject_kind == "organisation" else masked(decision.subject)
