"""After a new secret key: everything that was encrypted with a former one is encrypted anew with the one in use."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from gongkai.web.accounts import policies
from gongkai.web.accounts.encrypted import EncryptedField
from gongkai.web.audit.actor import Actor
from gongkai.web.audit.chain import act

CHAIN = "system"


def seal_anew(*, by: Actor) -> int:
    """Encrypt every encrypted text with the key in use, and return how many there were; all of them or none."""
    policies.require(by, policies.SYSTEM)
    with act(by, "accounts.seal_anew", None, chain=CHAIN) as record:
        record.result["texts"] = sum(_anew(model, name) for model, name in encrypted_fields())
        return int(record.result["texts"])


def encrypted_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every encrypted field with its model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedField):
                yield model, field.name


def _anew(model: type[models.Model], name: str) -> int:
    rows = model._base_manager.exclude(**{name: ""}).order_by("pk").select_for_update()
    texts = 0
    for key, plain in rows.values_list("pk", name).iterator():
        # The version stays: what the record says is the same.
        texts += model._base_manager.filter(pk=key).update(**{name: plain})
    return texts
