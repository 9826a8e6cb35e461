"""What a fee notice states, and what an annual report can have received."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.errors import InvalidInput
from gongkai.law.fees.amounts import amount_in_words, yuan
from gongkai.law.fees.charge import Charge
from gongkai.law.fees.tariff import Line, Mode, data
from gongkai.law.parameters import InForce, Parameter
from gongkai.law.rules import carries_out
from gongkai.messages import phrase

_ARTICLE = "fee_measure"


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """The facts of a fee notice (收费通知): basis, mode, working and amount, where it is booked, how long there is to pay.

    `yuan` is the amount with two decimals, `words` the amount in words, `subject` the budget subject. `payment_period`
    is counted from the day after the notice is received; `after_payment` is what then becomes of the handling period.
    """

    mode: Mode
    quantity: int
    before: int
    working: tuple[Line, ...]
    amount: int
    yuan: str
    words: str
    subject: str
    refundable: bool
    payment_period: Parameter
    after_payment: Parameter
    articles: tuple[str, ...]
    settings: tuple[Parameter, ...]


@carries_out(_ARTICLE, name="fees.notice", parameters=("fee.payment_period", "fee.after_payment"))
def fee_notice(charge: Charge, inforce: InForce) -> FeeNotice:
    """Return what the notice of a charge states. Raises InvalidInput where nothing is charged: then there is no notice."""
    if not charge.amount:
        raise InvalidInput("law.fees.nothing_due", article=_ARTICLE, quantity=charge.quantity)
    booked = data()["notice"]
    period, after = inforce.named("fee.payment_period", "fee.after_payment")
    return FeeNotice(
        mode=charge.mode,
        quantity=charge.quantity,
        before=charge.before,
        working=charge.working,
        amount=charge.amount,
        yuan=yuan(charge.amount),
        words=amount_in_words(charge.amount),
        subject=booked["subject"],
        refundable=booked["refundable"],
        payment_period=period,
        after_payment=after,
        articles=tuple(dict.fromkeys((*charge.articles, booked["article"], period.article))),
        settings=(*charge.settings, period, after),
    )


@dataclass(frozen=True, slots=True)
class Receivable:
    """The charges of Table 2 beside the fee that section six says was received, in fen; `excess` is what is too much."""

    charges: int
    received: int
    excess: int
    articles: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether the two can both be true."""
        return not self.excess


@carries_out(_ARTICLE, "report_form_2021", "regulation.20(8)", name="fees.receivable")
def receivable(table2_charges: int, section_six_received: int) -> Receivable:
    """Compare the processing fee received with all administrative charges of the year, of which it is one; both in fen.

    Raises InvalidInput for an amount that is negative or not whole.
    """
    for what, given in (("charges", table2_charges), ("received", section_six_received)):
        if type(given) is not int or given < 0:
            said = phrase(f"law.fees.what.{what}")
            raise InvalidInput("law.fees.reported", article=_ARTICLE, what=said, given=given)
    excess = max(0, section_six_received - table2_charges)
    return Receivable(
        table2_charges, section_six_received, excess, (_ARTICLE, "report_form_2021", "regulation.20(8)")
    )
