"""Holds the running process to limits that the system enforces, where it can."""

from __future__ import annotations

import math
import sys

from gongkai.documents.limits import Limits

OWN_SECONDS = {"doc": 75.0, "wps": 75.0, "image": 315.0}
"""Formats read by other programs have limits of their own: conversion and recognition take long by nature."""
OWN_MEMORY = 4 * 1024**3
OWN_FILE_BYTES = 512 * 1024 * 1024
OPEN_FILES = 256


def seconds_for(format: str, limits: Limits) -> float:
    """How long reading a file of this format may take."""
    return max(OWN_SECONDS.get(format, 0.0), limits.seconds)


def confine(limits: Limits, format: str = "") -> bool:
    """Limit this process's memory, processor time, file size and open files; False where the system cannot.

    Called first without a format, and again with the format once that is known: one that other programs read gets more.
    """
    if sys.platform == "win32":
        return False
    import resource

    own = format in OWN_SECONDS
    soft = {
        resource.RLIMIT_AS: OWN_MEMORY if own else limits.memory,
        resource.RLIMIT_CPU: math.ceil(seconds_for(format, limits)) + 1,
        # Files are for converters only; the result goes through a pipe.
        resource.RLIMIT_FSIZE: OWN_FILE_BYTES if own else 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    complete = True
    for what, wanted in soft.items():
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        try:
            resource.setrlimit(what, (wanted, hard))
        except (OSError, ValueError):  # macOS does not limit the address space
            complete = False
    return complete
