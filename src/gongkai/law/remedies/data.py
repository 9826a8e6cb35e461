"""The data of the remedies as it stands in its file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any


@cache
def data() -> Mapping[str, Any]:
    """The tables of `remedies.toml`."""
    return tomllib.loads(resources.files(__package__).joinpath("remedies.toml").read_text(encoding="utf-8"))
