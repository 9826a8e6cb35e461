"""`gongkai fee`: the information processing fee of a request, with its working."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from gongkai import messages
from gongkai.cli.command import as_json, command, option
from gongkai.cli.entry import GOOD
from gongkai.cli.terminal import mark, say, table
from gongkai.errors import InvalidInput
from gongkai.law.articles import instrument, written
from gongkai.law.citation import citation
from gongkai.law.fees.amounts import amount_in_words, yuan
from gongkai.law.fees.charge import Charge, charge
from gongkai.law.fees.notice import FeeNotice, fee_notice
from gongkai.law.parameters import Parameter, in_force, jurisdiction

CHINA = timedelta(hours=8)


@command("fee")
@option("--items", type=int, metavar="N")
@option("--before", type=int, metavar="N", default=0)
@option("--pages", type=int, metavar="N")
@option("--larger-sides", type=int, metavar="N", default=0)
@option("--date", "received", type=str, metavar="YYYY-MM-DD")
@option("--region", type=str, metavar="CODE", default="")
@as_json
def fee(
    items: int | None,
    before: int,
    pages: int | None,
    larger_sides: int,
    received: str | None,
    region: str,
    as_json: bool,
) -> int:
    """Charge a request by its items or by its pages and show the working."""
    on = _day(received)
    inforce = in_force(on, jurisdiction(region))
    found = charge(on, inforce, items=items, pages=pages, before=before, larger_sides=larger_sides)
    notice = fee_notice(found, inforce) if found.amount else None
    if as_json:
        from gongkai.report.write.json import dumps

        say(dumps(_object(found, notice, on, region)))
    else:
        _print(found, notice, on)
    return GOOD


def _day(given: str | None) -> date:
    """The day given, or today in China."""
    if given is None:
        return (datetime.now(UTC) + CHINA).date()
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise InvalidInput("cli.fee.date", given=given) from error


def _print(found: Charge, notice: FeeNotice | None, on: date) -> None:
    first, last = found.before + 1, found.before + found.quantity
    mode = messages.text(f"law.fees.mode.{found.mode}")
    say(_said(f"about.{found.mode}", mode=mode, first=first, last=last, number=found.quantity, on=on))
    say("")
    heads = [
        _said(f"head.{name}") for name in ("first", "last", f"count.{found.mode}", f"each.{found.mode}", "amount")
    ]
    rows = [
        [str(line.first), str(line.last), str(line.count), yuan(line.each), yuan(line.amount)]
        for line in found.working
    ]
    say(table(heads, rows, right=range(len(heads))))
    say("")
    say(_said("total", yuan=yuan(found.amount), words=amount_in_words(found.amount)))
    if notice is None:
        say(_said("free"))
    else:
        period = notice.payment_period
        say(_said("payment", number=period.value, unit=messages.text(f"law.unit.{period.unit}")))
        say(_said("subject", subject=notice.subject))
    basis = messages.text("list.comma").join(map(_basis, (notice or found).articles))
    say(_said("basis", articles=basis))
    _print_settings(_doubtful(notice or found))


def _print_settings(settings: list[Parameter]) -> None:
    """Name what the result rests on and no published text says."""
    if not settings:
        return
    say("")
    say(mark("notice", _said("doubtful")))
    for setting in settings:
        name = messages.text(f"law.parameter_name.{setting.name}")
        status = messages.text(f"law.status.{setting.status}")
        say(_said("setting", name=name, value=_value(setting), status=status))


def _doubtful(of: Charge | FeeNotice) -> list[Parameter]:
    return [setting for setting in of.settings if setting.status != "stated"]


def _value(setting: Parameter) -> str:
    """A setting's value as people say it."""
    if setting.unit == "flag":
        return _said("yes" if setting.value else "no")
    if setting.unit == "choice":
        return messages.text(f"law.fees.choice.{setting.value}")
    return _said("value", number=setting.value, unit=messages.text(f"law.unit.{setting.unit}"))


def _basis(cited: str) -> str:
    """A provision for people, a whole instrument with its number."""
    found = citation(cited)
    number = instrument(found.instrument).number
    return (
        _said("numbered", written=written(cited), number=number) if number and not found.article else written(cited)
    )


def _object(found: Charge, notice: FeeNotice | None, on: date, region: str) -> dict[str, Any]:
    """The charge as JSON: amounts in fen, `notice` null where nothing is charged."""
    lines = [
        {"from": line.first, "to": line.last, "count": line.count, "each": line.each, "amount": line.amount}
        for line in found.working
    ]
    return {
        "mode": found.mode,
        "date": on.isoformat(),
        "region": region,
        "quantity": found.quantity,
        "before": found.before,
        "amount": found.amount,
        "yuan": yuan(found.amount),
        "words": amount_in_words(found.amount),
        "working": lines,
        "articles": [{"citation": cited, "written": written(cited)} for cited in (notice or found).articles],
        "settings": [_setting(setting) for setting in (notice or found).settings],
        "notice": notice and {"subject": notice.subject, "refundable": notice.refundable},
    }


def _setting(setting: Parameter) -> dict[str, Any]:
    return {
        "name": setting.name,
        "value": setting.value,
        "unit": setting.unit,
        "status": setting.status,
        "article": setting.article,
    }


def _said(name: str, /, **facts: object) -> str:
    return messages.text(f"cli.fee.{name}", None, **facts)
