"""What the acts on documents have in common: reasons, states, people, and writing down a step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from gongkai.errors import InvalidInput
from gongkai.web.audit.actor import Actor
from gongkai.web.pages.stored import forget
from gongkai.web.publications import way
from gongkai.web.publications.models import Document, Edition, Step

PAGE = "document"
"""What the public's page of a document is called among the stored pages."""


def said(given: str) -> str:
    """Return a reason that somebody gave. Raises InvalidInput where there is none."""
    reason = given.strip()
    if not reason:
        raise InvalidInput("publications.no_reason")
    return reason[:500]


def in_state(document: Document, *states: str) -> None:
    """Go on only with a document in one of some states. Raises InvalidInput that names the state it is in."""
    if document.state not in states:
        raise InvalidInput("publications.state", state=document.get_state_display())


def current(document: Document) -> Edition:
    """Return the newest edition. Raises InvalidInput where there is none."""
    if document.current is None:
        raise InvalidInput("publications.no_text")
    return document.current


def step(document: Document, kind: str, result: str, by: Actor, **more: Any) -> Step:
    """Write down a step of the present round."""
    return Step.objects.create(
        document=document,
        edition=current(document),
        round=document.round,
        kind=kind,
        result=result,
        by=str(by),
        **more,
    )


def go_on(document: Document, seen: int, by: Actor) -> Document:
    """Move a document to what it awaits now; after the last step it is approved, or its correction is shown."""
    awaits = way.awaited(document)
    if awaits != "release":
        return document.change(seen, awaits=awaits)
    if document.state == "correcting":
        return show_correction(document, seen, by)
    return document.change(seen, state="approved", awaits="release")


def show_correction(document: Document, seen: int, by: Actor) -> Document:
    """Let everybody see the newest edition in place of the one before."""
    del by
    edition = current(document)
    edition.change(edition.version, published_at=timezone.now())
    forget(PAGE, document.key)
    return document.change(seen, state="released", awaits="nothing", shown=edition)


@contextmanager
def once() -> Iterator[None]:
    """Say in a sentence what the database refuses: a step that was taken already, values that cannot be together."""
    try:
        yield
    except IntegrityError as error:
        code = "publications.taken" if "unique" in str(error).lower() else "publications.not_whole"
        raise InvalidInput(code) from error
