"""Required fields: which of them are still to be filled in. `a|b` asks for one or the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from gongkai.errors import InvalidInput
from gongkai.messages import Listing, phrase

OR = "|"


def missing(required: Iterable[str], given: Mapping[str, object]) -> tuple[str, ...]:
    """Return what of `required` is not given, each once, in its order; a false answer is an answer, an empty text none."""
    wanted = dict.fromkeys(required)
    return tuple(name for name in wanted if not any(is_given(given.get(one)) for one in name.split(OR)))


def is_given(value: object) -> bool:
    """Whether something was filled in: neither nothing, nor blank text, nor an empty list."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != () and value != []


def names(required: Iterable[str]) -> Iterator[str]:
    """Every field that is asked for, alternatives one by one."""
    return (one for name in required for one in name.split(OR))


def only(known: Set[str], given: Iterable[str]) -> None:
    """Raise InvalidInput for the first field that nothing asks for."""
    for name in given:
        if name not in known:
            raise InvalidInput("law.field.unknown", given=name)


def labels(required: Iterable[str]) -> Listing:
    """The fields as people call them, for a message."""
    return Listing(tuple(_label(name) for name in required))


def _label(name: str) -> object:
    return Listing(tuple(phrase(f"law.field.label.{one}") for one in name.split(OR)), "list.or")
