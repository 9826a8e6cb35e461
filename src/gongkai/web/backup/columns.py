"""How a value of the database is spelled in a backup: the same on either engine, and exactly what was kept."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

_TEXT = ("CharField", "FileField", "FilePathField", "SlugField", "TextField")
_NUMBER = ("AutoField", "BigAutoField", "SmallAutoField")
_WHOLE = ("BigIntegerField", "IntegerField", "PositiveBigIntegerField", "PositiveIntegerField")
_SMALL = ("PositiveSmallIntegerField", "SmallIntegerField")
KINDS = {
    **dict.fromkeys(_TEXT, "text"),
    **dict.fromkeys((*_NUMBER, *_WHOLE, *_SMALL), "integer"),
    "BinaryField": "binary",
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "instant",
    "DecimalField": "decimal",
    "DurationField": "duration",
    "FloatField": "float",
    "JSONField": "json",
    "TimeField": "time",
    "UUIDField": "uuid",
}
"""What Django calls a kind of field, to what it is called in a backup."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the table, the kind of its values, and the field whose kind it is."""

    name: str
    kind: str
    field: Any

    def reader(self, connection: Any) -> Callable[[Any], Any] | None:
        """Return what turns a value of the database into what JSON can hold; None where it is that already."""
        spell = _SPELLED.get(self.kind)
        if self.kind == "decimal":
            spell = self._decimal
        # Only what the engine itself says of its values; what a field of the platform does with them is left out.
        expression = self.field.get_col("")
        converters = connection.ops.get_db_converters(expression)
        if not converters:
            return spell

        def read(value: Any) -> Any:
            for convert in converters:
                value = convert(value, expression, connection)
            return value if spell is None else spell(value)

        return read

    def writer(self, connection: Any) -> Callable[[Any], Any] | None:
        """Return what turns a value of a backup into what the database takes; None where it is that already."""
        ops = connection.ops
        if self.kind == "decimal":
            digits, places = self.field.max_digits, self.field.decimal_places
            return lambda value: ops.adapt_decimalfield_value(Decimal(value), digits, places)
        if self.kind == "duration" and not connection.features.has_native_duration_field:
            return None
        if self.kind == "uuid" and not connection.features.has_native_uuid_field:
            return lambda value: UUID(value).hex
        writers: dict[str, Callable[[Any], Any]] = {
            "binary": lambda value: connection.Database.Binary(b64decode(value, validate=True)),
            "date": lambda value: ops.adapt_datefield_value(date.fromisoformat(value)),
            "duration": lambda value: value * _MICROSECOND,
            "instant": lambda value: ops.adapt_datetimefield_value(datetime.fromisoformat(value)),
            "json": lambda value: ops.adapt_json_value(json.loads(value), self.field.encoder),
            "time": lambda value: ops.adapt_timefield_value(time.fromisoformat(value)),
            "uuid": UUID,
        }
        return writers.get(self.kind)

    def _decimal(self, value: Decimal) -> str:
        return f"{value:.{self.field.decimal_places}f}"


def column(field: Any) -> Column:
    """Return the column of a model's field. A kind that is not known is a defect of the program."""
    target = field
    while target.remote_field is not None:
        target = target.target_field
    kind = target.get_internal_type()
    assert kind in KINDS, f"{field}: {kind} has no spelling in a backup"  # noqa: S101 - a defect of the program
    return Column(field.column, KINDS[kind], target)


def plain(text: str) -> str:
    """Return a JSON text in the one spelling that all engines' spellings of the same content share."""
    content = json.loads(text, parse_int=_number, parse_float=_number)
    return json.dumps(_marked(content), sort_keys=True, separators=(",", ":"))


class _Number(str):
    """A number of JSON by its value, whatever way it was written."""

    __slots__ = ()


def _number(written: str) -> _Number:
    sign, digits, exponent = Decimal(written).as_tuple()
    assert isinstance(exponent, int)  # noqa: S101 - JSON writes no infinity
    shown = "".join(map(str, digits)).lstrip("0")
    kept = shown.rstrip("0")
    if not kept:
        return _Number("0")
    return _Number(f"{'-' * sign}{kept}e{exponent + len(shown) - len(kept)}")


def _marked(content: Any) -> Any:
    """Keep texts apart from numbers, which are texts here as well."""
    if isinstance(content, _Number):
        return f"number {content}"
    if isinstance(content, str):
        return f"text {content}"
    if isinstance(content, list):
        return [_marked(item) for item in content]
    if isinstance(content, dict):
        return {key: _marked(item) for key, item in content.items()}
    return content


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _duration(value: timedelta | int) -> int:
    return value if isinstance(value, int) else value // _MICROSECOND


_SPELLED: dict[str, Callable[[Any], Any]] = {
    "binary": lambda value: b64encode(bytes(value)).decode("ascii"),
    "date": date.isoformat,
    "duration": _duration,
    "instant": _instant,
    "json": str,
    "time": time.isoformat,
    "uuid": str,
}
