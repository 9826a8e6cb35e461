"""Rows in every model of the platform: ordinary ones, ones at the edges of what a column takes, and bare ones.

A new model is filled by the kinds of its fields; one with rules of its own needs a line in `RULES`.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction

ORDINARY, ODD, BARE = 0, 1, 2
KINDS = ("ordinary", "odd", "bare")
STRANGE = (
    "样例县“青石镇”\t第一行\r\n第二行\x01\x1f\x7f\u200b\u2028\ufeff é e\u0301 😀👩‍🚒 𠮷 \\ \" ' %s {0} </script> "
    * 100
)
ODD_JSON = {
    "乙": 1, "甲": [1.5, 1.0, -0.0, 1e16, 1e-7, 1e300, 2**53 + 1, 2**63 - 1, None, True, False, ""],
    "a": {"z": {}, "b": [], "😀": "\x01\x7f\u2028\\\"'", "": "空"}, "长": "字" * 10_000,
}  # fmt: skip
BINARY = bytes(range(256)) * 500


def _shown(n):
    """What must agree in a row of a register: whether it is public, why it was taken away, why it was struck."""
    return {
        "publicity": ("open", "withdrawn", "withheld")[n],
        "withheld_by": ("", "", "第二十条")[n],
        "withdrawn_because": ("", STRANGE[:500], "")[n],
        "struck_because": ("重复", STRANGE[:500], "")[n],
    }


def _digest(*of):
    return sha256(repr(of).encode()).hexdigest()


RULES = {
    "accounts.user": lambda n: {"administrator": ("", "", "system")[n]},
    "agencies.edge": lambda n: {"parent": _made("agencies.agency", (n + 1) % 3)},
    "agencies.member": lambda n: {
        "covers": _made("agencies.member", 0) if n == ODD else None,
        # The last person is an administrator now.
        "until": (None, date(9999, 12, 31), date(1999, 12, 31))[n],
    },
    "agencies.succession": lambda n: {"successor": _made("agencies.agency", (n + 1) % 3)},
    "notices.outbox": lambda n: {
        "state": ("sent", "queued", "failed")[n],
        "sent_at": datetime(2026, 1, 5, tzinfo=UTC) if n == ORDINARY else None,
    },
    "publications.document": lambda n: {
        "state": ("draft", "discarded", "archived")[n],
        "current": None,
        "shown": None,
        "attribute_reason": ("", STRANGE[:500], "略")[n],
        "effective_on": None,
    },
    "publications.edition": lambda n: {"number": n + 1},
    "publications.gatefinding": lambda n: {"state": ("open", "asked", "redacted")[n]},
    "publications.procedure": lambda n: {"reviews": n + 1},
    "publications.relation": lambda n: {
        "document": _made("publications.document", n),
        "target": _made("publications.document", 0) if n == ODD else None,
        "named": ("样政规〔2020〕1号", "", "另一份")[n],
    },
    "publications.step": lambda n: {
        "signer": ("样一", STRANGE[:60], "")[n],
        **({"signed_on": None, "scan": None} if n == BARE else {}),
    },
    "registers.budget": lambda n: {**_shown(n), "year": (2026, 2100, 1949)[n]},
    "registers.charge": lambda n: {**_shown(n), "month": (date(2024, 2, 1), date(1, 1, 1), date(1949, 10, 1))[n]},
    "registers.correction": lambda n: {"reason": ("看错一行", STRANGE[:500], "误")[n]},
    "registers.decision": lambda n: {
        **_shown(n),
        "power": ("own", "transferred", "entrusted")[n],
        "agency": _made("agencies.agency", n),
        "in_name_of": _made("agencies.agency", 0 if n == BARE else n),
        **({"overturned": "", "overturned_on": None, "withdraw_by": None} if n != ODD else {"overturned": "revoked"}),
    },
    "registers.import": lambda n: {"state": ("pending", "checked", "dropped")[n]},
    "registers.post": lambda n: {**_shown(n), **({"taken": None, "result_on": None} if n == BARE else {})},
    **{f"registers.{name}": _shown for name in ("power", "procurement", "project", "service", "subsidy")},
    "registers.rule": lambda n: {**_shown(n), "lapsed_on": None},
    "reports.correction": lambda n: {"reason": ("看错一行", STRANGE, "误")[n]},
    "reports.reading": lambda n: {
        "state": ("read", "unreadable", "pending")[n],
        "code": ("", "document.empty", "")[n],
    },
    "reports.report": lambda n: {"state": ("draft", "withdrawn", "draft")[n]},
    "reports.waiver": lambda n: {"reason": ("去年更正", STRANGE, "略")[n]},
}
"""What the generic values cannot know of a model: rules between its columns."""
_rows: dict[tuple[str, int], models.Model] = {}


def fill() -> Counter[str]:
    """Fill every model; return how many rows each has."""
    with transaction.atomic():
        for model in _models():
            for kind in range(len(KINDS)):
                _made(model._meta.label_lower, kind)
    return Counter({model._meta.label_lower: model._base_manager.count() for model in _models()})


def _models():
    return [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]


def _made(label, kind):
    if (label, kind) not in _rows:
        _rows[label, kind] = _BY_ACT[label](kind) if label in _BY_ACT else _generic(apps.get_model(label), kind)
    return _rows[label, kind]


def _generic(model, kind):
    label = model._meta.label_lower
    if label == "agencies.tree" and kind:
        return _made(label, 0)
    rules = RULES[label](kind) if label in RULES else {}
    values = {
        field.name: _value(field, kind, label)
        for field in model._meta.local_concrete_fields
        if field.name not in rules and not (field.primary_key and "AutoField" in field.get_internal_type())
    }
    return model._base_manager.create(**values, **rules)


def _value(field, kind, label):
    if field.remote_field:
        if kind == BARE and field.null:
            return None
        return (
            None
            if field.related_model is apps.get_model(label)
            else _made(field.related_model._meta.label_lower, kind)
        )
    if field.choices:
        codes = [code for code, _ in field.choices]
        return codes[kind % len(codes)]
    if kind == BARE and field.null:
        return None
    name = field.get_internal_type()
    return _FIXED[name][kind] if name in _FIXED else _BY_TYPE[name](field, kind)


def _text(field, kind):
    longest = field.max_length or 10_000
    if "digest" in field.name or field.max_length == 64:
        return _digest(field.name, kind)[:longest]
    if isinstance(field, models.EmailField):
        return f"person{kind}@example.invalid"
    if kind == BARE:
        return f"{kind}" if field.unique or not field.blank else ""
    if kind == ODD:
        # A text that is kept encrypted takes more room than it has.
        room = 60 if type(field).__name__ == "EncryptedField" else longest
        return f"{kind}{STRANGE}"[: max(room, 1)]
    return f"{kind}{field.verbose_name}"[:longest]


def _whole(field, kind):
    return (kind + 1, connection.ops.integer_field_range(field.get_internal_type())[1], 0)[kind]


def _day(field, kind):
    late = field.name in ("until", "dissolved", "ended_on")
    return (date(2024, 2, 29), date(1, 1, 1), date(1949, 10, 1))[kind] if not late else date(9999, 12, 31)


_BY_TYPE = {
    **dict.fromkeys(("CharField", "TextField", "SlugField", "FileField"), _text),
    **dict.fromkeys(
        ("IntegerField", "BigIntegerField", "SmallIntegerField", "PositiveIntegerField", "PositiveBigIntegerField",
         "PositiveSmallIntegerField"), _whole,
    ),
    "DateField": _day,
    "JSONField": lambda field, kind: (["其中一份"], ODD_JSON, field.get_default())[kind],
}  # fmt: skip
_FIXED = {
    "BinaryField": (b"PK\x03\x04", BINARY, b""),
    "BooleanField": (False, True, False),
    "DateTimeField": (
        datetime(2026, 1, 5, 8, 30, 15, 123456, UTC),
        datetime(1990, 6, 1, 0, 0, 0, 1, UTC),
        datetime(1, 1, 2, tzinfo=UTC),
    ),
    "DecimalField": (Decimal("25.1"), Decimal("-0.0001"), Decimal(0)),
    "DurationField": (timedelta(days=2, microseconds=3), timedelta(days=-1), timedelta()),
    "FloatField": (0.1, 1e300, 0.0),
    "TimeField": (time(8, 30), time(23, 59, 59, 999999), time()),
    "UUIDField": tuple(UUID(int=kind) for kind in range(3)),
}


def _kept(kind):
    from gongkai.web.files.actions import keep

    return keep((b"%PDF-1.4 ordinary", BINARY, b"0")[kind], ("年报.pdf", f"{STRANGE[:40]}.bin", "0")[kind])


def _entry(kind):
    from gongkai.web.audit.actor import CONSOLE
    from gongkai.web.audit.chain import append

    # PostgreSQL writes such a number otherwise; nothing that is recorded has one.
    result = {**ODD_JSON, "甲": [1.5, None, 2**63 - 1]}
    return append(
        f"agency:{kind}链", CONSOLE, "agencies.found", "agencies.agency", f"k{kind}", ({"a": 1}, result, {})[kind]
    )


def _chain(kind):
    return apps.get_model("audit.chain")._base_manager.get(name=_made("audit.entry", kind).chain)


_BY_ACT = {"files.file": _kept, "audit.entry": _entry, "audit.chain": _chain}
"""Models whose rows something else must agree with: a content, a chain."""
