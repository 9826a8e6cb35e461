"""The audit in words: what was done, and what proving a chain showed."""

from __future__ import annotations

from gongkai import messages
from gongkai.web.audit.chain import Verdict

_VERB = "audit.verb."


def verb(code: str, language: messages.Language | None = None) -> str:
    """Return what an act is called; its code where an installation has acts of an older version."""
    return messages.catalogue(language or messages.default_language()).get(_VERB + code, code)


def verbs(language: messages.Language | None = None) -> list[tuple[str, str]]:
    """Return all acts with what they are called, by code."""
    known = messages.catalogue(language or messages.default_language())
    return sorted((code.removeprefix(_VERB), name) for code, name in known.items() if code.startswith(_VERB))


def verdict(found: Verdict, language: messages.Language | None = None, *, called: str = "") -> str:
    """Say what proving a chain showed, with the first entry that does not hold; `called` is the chain in words."""
    code = "audit.verdict.whole" if found.whole else f"audit.verdict.{found.wrong}"
    return messages.text(code, language, chain=called or found.chain, entries=found.entries, at=found.wrong_at or 0)
