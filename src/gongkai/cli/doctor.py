"""`gongkai doctor`: what this machine has, and what each missing part would give."""

from __future__ import annotations

import shutil
import sys
from importlib import metadata, util
from typing import NamedTuple

import gongkai
from gongkai import messages
from gongkai.cli.command import as_json, command
from gongkai.cli.entry import BAD, GOOD
from gongkai.cli.terminal import mark, pad, say
from gongkai.report.write.json import dumps


class Part(NamedTuple):
    """A part: its name, whether it is there, its version, whether Gongkai cannot do without it."""

    name: str
    there: bool
    version: str
    needed: bool


NEEDED = (
    ("chinese_calendar", "chinesecalendar"),
    ("click", "click"),
    ("lxml", "lxml"),
    ("pypdfium2", "pypdfium2"),
    ("python_calamine", "python-calamine"),
    ("selectolax", "selectolax"),
    ("xlsxwriter", "xlsxwriter"),
)
WIDTH = 18


def parts() -> list[Part]:
    """Look at every part without importing it."""
    found = [Part("python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])), True)]
    found += [_package(module, distribution, True) for module, distribution in NEEDED]
    found += [_package("rapidocr", "rapidocr", False), _package("onnxruntime", "onnxruntime", False)]
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    return [*found, Part("libreoffice", bool(office), office, False)]


@command("doctor")
@as_json
def doctor(as_json: bool) -> int:
    """Say what is there and what is not; ends with 1 only where a needed part is missing."""
    found = parts()
    code = BAD if any(part.needed and not part.there for part in found) else GOOD
    if as_json:
        rows = [{**part._asdict(), "gives": messages.text(f"cli.doctor.{part.name}")} for part in found]
        say(dumps({"gongkai": gongkai.__version__, "parts": rows}))
        return code
    say(f"gongkai {gongkai.__version__}")
    for part in found:
        kind = "good" if part.there else "error" if part.needed else "notice"
        state = "there" if part.there else "missing" if part.needed else "optional"
        say(
            f"{mark(kind, pad(part.name, WIDTH))}{messages.text(f'cli.doctor.state.{state}')}"
            f"  {part.version or '—'}  {messages.text(f'cli.doctor.{part.name}')}"
        )
    return code


def _package(module: str, distribution: str, needed: bool) -> Part:
    if util.find_spec(module) is None:
        return Part(module, False, "", needed)
    try:
        return Part(module, True, metadata.version(distribution), needed)
    except metadata.PackageNotFoundError:
        return Part(module, True, "", needed)
