"""Chains and records of the audit by the words that people know them by: the name of an agency, of a person, of a report."""

from __future__ import annotations

from django.apps import apps
from django.db.models import Q

from gongkai import messages

_MOST = 200
"""How many records with the same words in their names are looked for at most."""
_NAMED = {
    "agencies.Name": ("agency__key", ("name__icontains", "short")),
    "accounts.User": ("key", ("name", "login__iexact")),
    "reports.Report": ("key", ("title__icontains", "printed_agency__icontains")),
}
"""The models that hold names, with the field of the record's key and the fields that are looked in."""
_CHAIN = "agency:"
_WORD = "audit.chain."


def chains(words: str) -> tuple[str, ...]:
    """Return the names of the chains that somebody means: as the audit writes them, or as pages say them."""
    if not words:
        return ()
    said = messages.catalogue("zh").items()
    common = [code.removeprefix(_WORD) for code, word in said if code.startswith(_WORD) and word == words]
    return (words, *common, *(f"{_CHAIN}{key}" for key in _keys("agencies.Name", words)))


def records(words: str) -> tuple[str, ...]:
    """Return the keys of the records that somebody means: the key itself, or a name."""
    return (words, *(key for model in _NAMED for key in _keys(model, words))) if words else ()


def _keys(model: str, words: str) -> list[str]:
    key, fields = _NAMED[model]
    fits = Q()
    for field in fields:
        fits |= Q(**{field: words})
    found = apps.get_model(model)._default_manager.filter(fits).order_by("pk").values_list(key, flat=True)
    return list(dict.fromkeys(found[:_MOST]))
