"""Whether a browser that is opened would be seen."""

from __future__ import annotations

import os
import sys


def somebody_looks() -> bool:
    """Whether there is a terminal and a screen on which a browser could show."""
    screen = (
        os.name == "nt" or sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return bool(screen) and sys.stdout.isatty()
