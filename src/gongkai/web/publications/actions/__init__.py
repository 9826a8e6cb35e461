"""What is done with documents, from the draft to the files."""

from gongkai.web.publications.actions.attaching import attach, detach, relate, unrelate
from gongkai.web.publications.actions.drafting import CHANGEABLE, discard, draft, reviews_given, revise, submit
from gongkai.web.publications.actions.gating import ask, override, redact_file, redact_text
from gongkai.web.publications.actions.keeping import set_procedure
from gongkai.web.publications.actions.releasing import (
    archive,
    correct_published,
    release,
    release_due,
    schedule,
    unschedule,
    withdraw,
)
from gongkai.web.publications.actions.reviewing import (
    Signature,
    Verdict,
    approve,
    return_back,
    review,
    secrecy_review,
    sign_on_paper,
)

__all__ = [
    "CHANGEABLE",
    "Signature",
    "Verdict",
    "approve",
    "archive",
    "ask",
    "attach",
    "correct_published",
    "detach",
    "discard",
    "draft",
    "override",
    "redact_file",
    "redact_text",
    "relate",
    "release",
    "release_due",
    "return_back",
    "review",
    "reviews_given",
    "revise",
    "schedule",
    "secrecy_review",
    "set_procedure",
    "sign_on_paper",
    "submit",
    "unrelate",
    "unschedule",
    "withdraw",
]
