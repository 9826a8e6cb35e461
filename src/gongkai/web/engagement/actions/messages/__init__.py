"""What is done with messages: sending, answering, passing on, publishing."""

from gongkai.web.engagement.actions.messages.answering import (
    approve_answer,
    close,
    reopen,
    return_answer,
    set_desk,
    write_answer,
)
from gongkai.web.engagement.actions.messages.erasing import erasable, erase_people
from gongkai.web.engagement.actions.messages.publishing import publish, shown_as, withdraw
from gongkai.web.engagement.actions.messages.sending import DOOR, Receipt, find, send, transfer

__all__ = [
    "DOOR",
    "Receipt",
    "approve_answer",
    "close",
    "erasable",
    "erase_people",
    "find",
    "publish",
    "reopen",
    "return_answer",
    "send",
    "set_desk",
    "shown_as",
    "transfer",
    "withdraw",
    "write_answer",
]
