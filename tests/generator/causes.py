"""Which single slips would explain broken identities: found by trying, to know when a cause is unique."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gongkai.report.form import Identity, Sheet
from tests.generator.figures import APPLICANTS
from tests.generator.made import Value

Cause = tuple[str, frozenset[str]]


def broken(the_sheet: Sheet, values: Mapping[str, Value]) -> list[Identity]:
    """The identities that do not hold."""
    return [identity for identity in the_sheet.identities if residual(identity, values) != 0]


def residual(identity: Identity, values: Mapping[str, Value]) -> Value:
    """Left less right."""
    return sum((values[cell] for cell in identity.left), start=0) - sum(
        (values[cell] for cell in identity.right), start=0
    )


def causes(the_sheet: Sheet, values: Mapping[str, Value]) -> list[Cause]:
    """All single slips (a cell, two cells exchanged, a row moved by one column) whose undoing mends every identity."""
    wrong = broken(the_sheet, values)
    if not wrong:
        return []
    touching: dict[str, list[Identity]] = {}
    for identity in the_sheet.identities:
        for cell in (*identity.left, *identity.right):
            touching.setdefault(cell, []).append(identity)

    def mends(changed: dict[str, Value]) -> bool:
        now = {**values, **changed}
        affected = {identity.id: identity for cell in changed for identity in touching.get(cell, [])}
        if not {identity.id for identity in wrong} <= affected.keys():
            return False
        return all(residual(identity, now) == 0 for identity in affected.values())

    found: list[Cause] = []
    for cell in (*wrong[0].left, *wrong[0].right):
        if len(touching[cell]) < len(wrong):
            continue
        sign = 1 if cell in wrong[0].left else -1
        mended = values[cell] - sign * residual(wrong[0], values)
        if mended >= 0 and mends({cell: mended}):
            found.append(("cell", frozenset({cell})))
    found += [
        ("swap", frozenset(pair)) for pair in _swaps(wrong, touching, values) if mends(_exchanged(pair, values))
    ]
    found += [("shift", frozenset(cells)) for cells, changed in _shifts(the_sheet, values) if mends(changed)]
    return list(dict.fromkeys(found))


def _swaps(
    wrong: list[Identity], touching: Mapping[str, list[Identity]], values: Mapping[str, Value]
) -> Iterator[tuple[str, str]]:
    cells = list(touching)
    first = {*wrong[0].left, *wrong[0].right}
    ids = {identity.id for identity in wrong}
    of = {cell: {identity.id for identity in touching[cell]} for cell in cells}
    for one in first:
        for other in cells:
            once = other not in first or one < other
            if once and one != other and values[one] != values[other] and ids <= of[one] | of[other]:
                yield one, other


def _exchanged(pair: tuple[str, str], values: Mapping[str, Value]) -> dict[str, Value]:
    return {pair[0]: values[pair[1]], pair[1]: values[pair[0]]}


def _shifts(the_sheet: Sheet, values: Mapping[str, Value]) -> Iterator[tuple[list[str], dict[str, Value]]]:
    """Rows of the requests table moved by one column.

    Either all seven figures, one fallen off the end, or the six applicants' alone under a total that stayed.
    """
    for row in the_sheet.form("requests").requests:
        applicants = [f"requests.{row.id}.{column}" for column in APPLICANTS]
        total = f"requests.{row.id}.total"
        six = [values[cell] for cell in applicants]
        if not any(six) and not values[total]:
            continue
        if six[0] == 0:
            yield applicants, dict(zip(applicants, [*six[1:], 0], strict=True))
            back = [*six[1:], values[total]]
            yield [*applicants, total], dict(zip([*applicants, total], [*back, sum(back)], strict=True))
        if six[-1] == 0:
            yield applicants, dict(zip(applicants, [0, *six[:-1]], strict=True))
        if values[total] == 0:
            rest = six[:5]
            forth = [six[5] - sum(rest), *rest]
            if forth[0] >= 0:
                yield [*applicants, total], dict(zip([*applicants, total], [*forth, six[5]], strict=True))
