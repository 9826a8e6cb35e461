"""Packages of XML whose layout is not known in detail (OFD, PowerPoint, OpenDocument): all their text, all their media."""

from __future__ import annotations

from gongkai.documents.limits import Limits
from gongkai.web.publications.gate.layers.parts import Parts, add_rest
from gongkai.web.publications.gate.piece import Opened


def open_packaged(data: bytes, name: str, limits: Limits) -> Opened:
    """Take any package of XML parts apart. Raises UnreadableDocument as `Package`."""
    parts = Parts(data, limits, name)
    file = Opened("package", [], parts.save)
    add_rest(parts, file, set())
    return file
