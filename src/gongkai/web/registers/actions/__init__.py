"""What is done with the registers: record, correct, strike, end a rule, overturn a decision, withdraw from publication, take persons down, bring many."""

from gongkai.web.registers.actions.bulk import (
    bring,
    confirm,
    drop,
    give_up_taking,
    settle_clear,
    settle_look,
    settle_take,
    settle_undo,
    undo,
)
from gongkai.web.registers.actions.ending import lapse, overturn, repeal, withdraw
from gongkai.web.registers.actions.keeping import correct, record, strike
from gongkai.web.registers.actions.passing import take_down

__all__ = [
    "bring",
    "confirm",
    "correct",
    "drop",
    "give_up_taking",
    "lapse",
    "overturn",
    "record",
    "repeal",
    "settle_clear",
    "settle_look",
    "settle_take",
    "settle_undo",
    "strike",
    "take_down",
    "undo",
    "withdraw",
]
