"""Whether what is set can be used: each value against its declaration, and names that nobody has declared."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from difflib import get_close_matches

from gongkai.errors import InvalidInput
from gongkai.web.settings import declared
from gongkai.web.settings.declared import DECLARED, Declared

PREFIX = "GONGKAI_"
FOR_TESTS = ("GONGKAI_TEST_DATABASE", "GONGKAI_WHOLE", "GONGKAI_CHROMIUM", "GONGKAI_OWN_NODE")
"""Variables of the project's own tests and tools, which no installation needs."""
_READ: dict[str, Callable[[str], object]] = {
    "number": declared.number,
    "switch": declared.switch,
    "choice": declared.choice,
    "folder": declared.folder,
}


def wrong(setting: Declared) -> InvalidInput | None:
    """Return what is wrong with the value of a setting, None where it can be used. A secret is not in what is said."""
    try:
        _READ.get(setting.kind, declared.text)(setting.name)
    except InvalidInput as error:
        return error
    parts = declared.items(setting.name) if setting.kind == "list" else [declared.text(setting.name)]
    if setting.form and any(part and not re.fullmatch(setting.form, part) for part in parts):
        return InvalidInput("setting.form", name=setting.name, example=setting.example)
    return None


def require_all() -> None:
    """Let nothing begin with a setting that cannot be used. Raises InvalidInput for the first."""
    for setting in DECLARED:
        if error := wrong(setting):
            raise error


def unknown() -> dict[str, str]:
    """Return each variable of the environment that looks like a setting and is none, with the name it comes nearest to."""
    names = [setting.name for setting in DECLARED]
    strange = sorted(
        name for name in os.environ if name.upper().startswith(PREFIX) and name not in names and name not in FOR_TESTS
    )
    return {name: next(iter(get_close_matches(name.upper(), names, 1, 0.6)), "") for name in strange}
