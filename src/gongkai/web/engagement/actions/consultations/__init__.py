"""What is done with consultations, from the draft to what became of the comments."""

from gongkai.web.engagement.actions.consultations.commenting import comment, enter_comment
from gongkai.web.engagement.actions.consultations.drafting import attach, detach, discard, draft, revise, submit
from gongkai.web.engagement.actions.consultations.erasing import erasable, erase_people
from gongkai.web.engagement.actions.consultations.moderating import publish_comment, withhold_comment
from gongkai.web.engagement.actions.consultations.opening import extend, open_to_all, return_back, stop, withdraw
from gongkai.web.engagement.actions.consultations.summarising import (
    answer,
    assign,
    publish_summary,
    remove_answer,
    return_summary,
    revise_answer,
    submit_summary,
)

__all__ = [
    "answer",
    "assign",
    "attach",
    "comment",
    "detach",
    "discard",
    "draft",
    "enter_comment",
    "erasable",
    "erase_people",
    "extend",
    "open_to_all",
    "publish_comment",
    "publish_summary",
    "remove_answer",
    "return_back",
    "return_summary",
    "revise",
    "revise_answer",
    "stop",
    "submit",
    "submit_summary",
    "withdraw",
    "withhold_comment",
]
