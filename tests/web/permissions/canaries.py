"""Canaries: a word of its own in every field of every record, and for whom each of them may be."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from gongkai.web.accounts.models import FormerPassword, RecoveryCode, Tries, User
from gongkai.web.agencies.models import Agency, Member
from gongkai.web.audit.actor import CONSOLE
from gongkai.web.audit.chain import act
from gongkai.web.files.models import File
from gongkai.web.notices.models import Done, Lease, Notification
from gongkai.web.publications.models import Attachment, Document, Edition, GateFinding, Step
from gongkai.web.registers.models import Import
from gongkai.web.reports.frozen import freeze, thaw
from gongkai.web.reports.models import Batch, Correction, Reading, Report, Waiver
from tests.web.permissions.asking import models as all_models
from tests.web.permissions.world import ABOVE, Who, World

WORDS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
HERE = {"own": ABOVE | {"own"}, "sibling": frozenset({"sibling", "sibling_office", "parent", "city_office", "top"})}
"""From where records of the county, and of the county beside it, are read: there with any role, above as supervisor."""


@dataclass(frozen=True)
class Canary:
    """A word, the field in which it stands, for whom that field is, and whose the record is."""

    word: str
    field: str
    kind: str
    place: str = ""
    person: User | None = None
    published: bool = False

    def may(self, who: Who) -> bool:
        """Whether somebody may come across the word."""
        asks = {
            "public": lambda: True,
            "published": lambda: self.published or self._reads(who),
            "records": lambda: self._reads(who),
            "agency": lambda: bool(who.administrator) or self._reads(who),
            "told": lambda: bool(who.administrator) or self._reads(who),
            "name": lambda: bool(who.administrator) or self._own(who) or self._works_near(who),
            "login": lambda: bool(who.administrator) or self._own(who),
            "named": lambda: self.published or who.administrator == "audit" or self._reads(who),
            "power": lambda: who.administrator == "security",
            "self": lambda: self._own(who),
            "addressee": lambda: self._own(who),
            "tree": lambda: who.administrator == "system",
            "audit": lambda: who.administrator == "audit",
            "nobody": lambda: False,
        }
        return asks[self.kind]()

    def _own(self, who: Who) -> bool:
        return self.person is not None and who.user is not None and who.user.pk == self.person.pk

    def _reads(self, who: Who) -> bool:
        return reads(who, self.place)

    def _works_near(self, who: Who) -> bool:
        held = Member.objects.filter(user=self.person).values_list("agency__key", flat=True)
        return bool(who.held) and any(reads(who, place) for place in PLACES if PLACES[place] in held)


SIGNING_IN = ("password", "totp_secret")
"""Fields that end a session when they change; only people who are not signed in have a word there."""
PLACES: dict[str, str] = {}
"""The keys of the agencies by their places, filled when canaries are put out."""


def reads(who: Who, place: str) -> bool:
    """Whether somebody reads the records of the agency at a place."""
    above = HERE.get(place, _above(place))
    return any(at == place or (role == "supervisor" and at in above) for role, at in who.held)


def _above(place: str) -> frozenset[str]:
    return {
        "child": ABOVE | {"own"},
        "office": ABOVE | {"own"},
        "sibling_office": HERE["sibling"],
        "parent": frozenset({"top", "city_office", "parent"}),
        "city_office": frozenset({"top", "city_office", "parent"}),
    }.get(place, frozenset())


def kinds() -> dict[str, str]:
    """For whom every field is, by model and field."""
    table = tomllib.loads((Path(__file__).parent / "canaries.toml").read_text(encoding="utf-8"))
    return {f"{model}.{field}": kind for model, fields in table.items() for field, kind in fields.items()}


def fields() -> Iterator[tuple[Any, Any, str]]:
    """Every field of the platform that holds words: the model, the field, and its name."""
    for model in all_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, WORDS):
                yield model, field, f"{model._meta.label}.{field.name}"


def put_out(world: World, word: Callable[[int, Any], str] | None = None) -> list[Canary]:
    """Put a word into every field of every record that has room for one, and return them all.

    `word` gives other words by their number and field.
    """
    word = word or (lambda number, _field: f"zq{number:04d}vx")
    PLACES.update({place: agency.key for place, agency in world.places.items()})
    table, made = kinds(), []
    _one_of_each(world)
    signed_out = {world.people[label].user.login for label in ("new", "invited")}
    for model, field, name in list(fields()):
        kind = table.get(name, "code")
        if kind in ("code", "public") or name == "audit.Entry.result":
            continue
        for record in model._default_manager.all():
            if isinstance(record, Step) and field.name == "signer" and not record.on_paper:
                continue  # only on paper somebody signs
            if isinstance(record, User) and field.name in SIGNING_IN and record.login not in signed_out:
                continue
            canary = Canary(word(len(made), field), name, kind, *_whose(world, record))
            model._default_manager.filter(pk=record.pk).update(**{field.name: _value(field, record, canary.word)})
            made.append(canary)
    for place in ("own", "sibling"):
        canary = Canary(word(len(made), None), "audit.Entry.result", "told", place)
        agency = world.places[place]
        with act(CONSOLE, "agencies.rename", agency, chain=agency.chain, reason=canary.word):
            made.append(canary)
    return made


def _one_of_each(world: World) -> None:
    """Records of the kinds of which the world has none."""
    now, user = timezone.now(), world.people["new"].user
    FormerPassword.objects.create(user=user, password="former")
    RecoveryCode.objects.create(user=user, digest="0" * 64)
    Tries.objects.create(door="sign-in", mark="made up", subject="made up", address="198.51.100.9", since=now)
    Done.objects.create(key="made.up:1")
    Lease.objects.create(key="made.up:2", until=now)
    for report in (world.draft, world.open, world.foreign):
        Correction.objects.create(report=report, cell="requests.new.total", was="1", value="2", reason="看错", by="x")


def _whose(world: World, record: Any) -> tuple[str, User | None, bool]:
    if isinstance(record, User):
        return "", record, False
    if isinstance(record, Notification):
        return "", User.objects.filter(key=record.user).first(), False
    if isinstance(record, File) and (given := Import.objects.filter(file=record).first()):
        record = given
    if (document := _document(record)) is not None:
        place = next((place for place, at in world.places.items() if at.pk == document.agency_id), "")
        return place, None, _open_to_all(record, document)
    report = _report(record)
    agency: Agency | None = (
        report.keeper if report else getattr(record, "agency", None) or getattr(record, "keeper", None)
    )
    place = next((place for place, at in world.places.items() if agency and at.pk == agency.pk), "")
    open_to_all = report.state == "published" if report else getattr(record, "publicity", "") == "open"
    return place, getattr(record, "user", None), open_to_all


def _document(record: Any) -> Document | None:
    """The document that a record belongs to, also by a file of it."""
    if isinstance(record, Document):
        return record
    if isinstance(record, File):
        held = Attachment.objects.filter(Q(file=record) | Q(original=record)).first()
        held = held or Step.objects.filter(scan=record).first()
        return held.document if held else None
    found = getattr(record, "document", None)
    return found if isinstance(found, Document) else None


def _open_to_all(record: Any, document: Document) -> bool:
    """Whether everybody may read the words of a record of a document."""
    if isinstance(record, Edition):
        return document.public and record.published_at is not None
    if isinstance(record, File):
        return document.public and document.attachments.filter(file=record).exists()
    return document.public


def _report(record: Any) -> Report | None:
    if isinstance(record, Report):
        return record
    if isinstance(record, Reading | Correction | Waiver):
        return record.report
    if isinstance(record, File):
        reading = Reading.objects.filter(file=record).first()
        return reading.report if reading else None
    return None


def _value(field: Any, record: Any, word: str) -> Any:
    held = getattr(record, field.name)
    if isinstance(record, Report) and field.name == "assembled":
        return _reported(held, word)
    if isinstance(record, Batch):
        return [word] if field.name == "duplicates" else [{"name": word, "code": "reports.empty", "message": word}]
    if isinstance(record, File):
        return f"{word}.pdf"
    if field.name in ("heads", "unused", "cells") and isinstance(held, list):
        return [word] * max(len(held), 1)
    if isinstance(record, GateFinding):
        return {**held, "masked": word, "context": word} if field.name == "record" else word
    if field.name == "before":
        # What stood in a field of the row before it was corrected.
        return dict.fromkeys(held, word)
    if isinstance(field, models.BinaryField):
        return bytes(held) + word.encode()
    if isinstance(field, models.EmailField):
        return f"{word}@example.invalid"
    if field.name == "password":
        return f"md5$salt${word}"
    return word


def _reported(held: str, word: str) -> str:
    """A report with a word in its title, its agency, its prose and what is said of a finding."""
    if not held:
        return held
    report = thaw(held)
    report.title = report.agency = word
    # The places of sentences point into the text: the word goes behind it.
    report.prose = {number: replace(prose, text=f"{prose.text} {word}") for number, prose in report.prose.items()}
    report.findings = tuple(replace(found, waived=word) for found in report.findings)
    return freeze(report)
