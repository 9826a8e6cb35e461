"""Logs: one line an event on the standard error, as text or as JSON, with nothing in it that could be personal.

A line holds an event's name and facts whose names stand in `FACTS`; all else that a program hands to its logger is left
out. Of an error it holds classes, codes and places in the source, never a message, a value or a query: those repeat what
people wrote. What the libraries log is told by the name of the logger and the place, except for a few known sentences.
"""

from __future__ import annotations

import logging
import re
import traceback
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pythonjsonlogger.json import JsonFormatter

from gongkai.errors import GongkaiError

OWN = "gongkai"
FACTS = (
    "request", "method", "route", "status", "ms", "actor", "address", "effect", "entry", "recipient", "state",
    "error", "code", "day", "number", "chain",
)  # fmt: skip
"""Every fact that a line may hold: numbers, codes, opaque keys, and names of parts of the program."""
REQUEST: ContextVar[str] = ContextVar("request", default="")
"""The id of the request under way, in this thread or task."""
_EVENT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_FOREIGN = {"django.request": "request.failed", "django.security.DisallowedHost": "request.refused_host"}
_KNOWN = {
    "WORKER TIMEOUT (pid:%s)": "server.worker_timeout",
    "Worker (pid:%s) was sent %s!": "server.worker_killed",
    "Worker (pid:%s) exited with code %s": "server.worker_ended",
    "Worker failed to boot.": "server.worker_failed_to_boot",
    "Exception in worker process": "server.worker_failed",
    "Error handling request %s": "server.request_failed",
}
_ZONE = ZoneInfo("Asia/Shanghai")


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be told of a record, in the order in which it is written."""
    told: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, _ZONE).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "event": _event(record),
    }
    given = {**record.__dict__, "request": REQUEST.get()}
    # A library that names a fact as we do may mean anything by it.
    names = FACTS if _is_own(record) else ("request",)
    told |= {name: _plain(given[name]) for name in names if given.get(name) not in (None, "") and _tells(given[name])}
    if not _is_own(record):
        told["where"] = f"{record.name}:{record.module}:{record.lineno}"
    if record.exc_info and record.exc_info[1] is not None:
        told |= _error(record.exc_info[1])
    return told


class Json(JsonFormatter):
    """A line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return str(self.serialize_log_record(facts(record)))


class Text(logging.Formatter):
    """A line for people: instant, level, event, then the facts as name=value; a traceback's places on lines below."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        told = facts(record)
        places = told.pop("trace", [])
        head = " ".join(str(told.pop(name)) for name in ("at", "level", "event"))
        line = " ".join([head, *(f"{name}={value}" for name, value in told.items())])
        return "\n".join([line, *(f"    {place}" for place in places)])


def configuration(style: str, level: str) -> dict[str, Any]:
    """Return what `logging` is configured with, for Django and for gunicorn alike: nobody has a handler of its own."""
    formatter = f"{__name__}.{'Json' if style == 'json' else 'Text'}"
    quiet = {"level": "WARNING", "handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            OWN: {"level": level},
            "gunicorn.error": quiet,
            "gunicorn.access": quiet,
            "django": quiet,
            # Tells every try that failed; what came of the last is told by whoever asked.
            "urllib3": {"level": "ERROR"},
            # Requests that are refused or lead nowhere stand in the log of requests; only failures are told here.
            "django.request": {"level": "ERROR"},
        },
    }


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _event(record: logging.LogRecord) -> str:
    """The name of what happened. An own record whose message is no name is a defect and told without it."""
    if _is_own(record):
        return record.msg if isinstance(record.msg, str) and _EVENT.fullmatch(record.msg) else "unnamed"
    known = _KNOWN.get(record.msg) if isinstance(record.msg, str) else None
    return known or _FOREIGN.get(record.name) or record.name


def _tells(value: object) -> bool:
    """Whether a fact is of a kind that a line may hold."""
    return isinstance(value, str | int | float)


def _plain(value: Any) -> Any:
    """A fact on one line and of bounded length."""
    return re.sub(r"[^\x21-\x7e]", "?", value)[:120] if isinstance(value, str) else value


def _error(error: BaseException) -> dict[str, Any]:
    """The classes of an error and its causes, the code of one of our own, and the places it came through."""
    kinds, cause = [type(error).__name__], error.__cause__ or error.__context__
    while cause is not None and len(kinds) < 5:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    told: dict[str, Any] = {"error": " < ".join(kinds)}
    if isinstance(error, GongkaiError):
        told["code"] = error.code
    told["trace"] = [
        f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return told
