"""What is done to agencies, each act a function named by its verb: policy, law, write and record in one transaction."""

from gongkai.web.agencies.actions.exchange import bring_in, look_through
from gongkai.web.agencies.actions.keeping import (
    keep_fee_account,
    keep_guide,
    keep_local_choice,
    keep_site,
)
from gongkai.web.agencies.actions.naming import correct_name, recode, rename
from gongkai.web.agencies.actions.people import Period, cover, grant, hand_over, revoke
from gongkai.web.agencies.actions.structure import (
    Founding,
    Place,
    correct_edge,
    dissolve,
    found,
    merge,
    move,
    put_in_charge,
    split,
)
from gongkai.web.agencies.naming import Naming

__all__ = [
    "Founding",
    "Naming",
    "Period",
    "Place",
    "bring_in",
    "correct_edge",
    "correct_name",
    "cover",
    "dissolve",
    "found",
    "grant",
    "hand_over",
    "keep_fee_account",
    "keep_guide",
    "keep_local_choice",
    "keep_site",
    "look_through",
    "merge",
    "move",
    "put_in_charge",
    "recode",
    "rename",
    "revoke",
    "split",
]
