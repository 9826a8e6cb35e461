"""The parts that reading, rules and reports need on a machine, and those that are optional."""

from __future__ import annotations

import shutil
import sys
from importlib import metadata, util
from typing import NamedTuple


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
OPTIONAL = (
    ("rapidocr", "rapidocr"),
    ("onnxruntime", "onnxruntime"),
    ("django", "django"),
    ("psycopg", "psycopg"),
    ("minio", "minio"),
)


def parts() -> list[Part]:
    """Look at every part without importing it."""
    found = [Part("python", sys.version_info >= (3, 11), ".".join(map(str, sys.version_info[:3])), True)]
    found += [_package(module, distribution, True) for module, distribution in NEEDED]
    found += [_package(module, distribution, False) for module, distribution in OPTIONAL]
    office = shutil.which("soffice") or shutil.which("libreoffice") or ""
    return [*found, Part("libreoffice", bool(office), office, False)]


def _package(module: str, distribution: str, needed: bool) -> Part:
    if util.find_spec(module) is None:
        return Part(module, False, "", needed)
    try:
        return Part(module, True, metadata.version(distribution), needed)
    except metadata.PackageNotFoundError:
        return Part(module, True, "", needed)
