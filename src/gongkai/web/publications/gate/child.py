"""The gate in a process of its own, held to the limits of the readers: a hostile file harms nothing but that process.

    python -m gongkai.web.publications.gate.child LIMITS NAME < ORDER AND FILE

is that process. Its input is one line of JSON and the file; its output one line of JSON and, for a redaction, the file.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from gongkai.documents.child import died, run_limited
from gongkai.documents.confinement import confine
from gongkai.documents.limits import DEFAULT, Limits
from gongkai.documents.source import Source
from gongkai.errors import GongkaiError, InvalidInput, UnreadableDocument
from gongkai.web.publications.gate import masking as masks
from gongkai.web.publications.gate.examining import examine, unexamined
from gongkai.web.publications.gate.finding import Examination, Finding, as_data, from_data, from_record
from gongkai.web.publications.gate.masking import Masking
from gongkai.web.publications.gate.redacting import Done, Redacted, redact
from gongkai.web.publications.gate.words import NONE, WordLists


def examine_in_child(
    content: bytes,
    name: str,
    *,
    words: WordLists = NONE,
    today: date,
    masking: Masking = masks.DEFAULT,
    limits: Limits = DEFAULT,
) -> Examination:
    """Examine a file as `examine` does, in a child process.

    A file over the limits, or that ends the process, has the finding that it could not be examined. Links are collected
    and not asked about: see `links.dead`.
    """
    order = {"do": "examine", "words": words.as_json(), "today": today.isoformat(), "masking": asdict(masking)}
    try:
        answer, _ = _ask(order, content, name, limits)
        return from_data(answer["examination"])
    except UnreadableDocument as error:
        return Examination(name, hashlib.sha256(content).hexdigest(), "", (unexamined(error, ()),), {})


def redact_in_child(
    content: bytes,
    name: str,
    findings: Collection[Finding],
    *,
    words: WordLists = NONE,
    today: date,
    masking: Masking = masks.DEFAULT,
    limits: Limits = DEFAULT,
) -> Redacted:
    """Redact a file as `redact` does, in a child process. Raises as that, and as the readers' child."""
    order = {
        "do": "redact",
        "words": words.as_json(),
        "today": today.isoformat(),
        "masking": asdict(masking),
        "findings": [finding.record() for finding in findings],
    }
    answer, new = _ask(order, content, name, limits)
    left = {json.dumps(one, sort_keys=True) for one in answer["left"]}
    return Redacted(
        new,
        str(answer["name"]),
        tuple(Done(str(code), int(count), tuple(inside)) for code, count, inside in answer["done"]),
        tuple(one for one in findings if json.dumps(_plain(one), sort_keys=True) in left),
    )


def main() -> None:
    """Be the child."""
    limits, name = Limits(**json.loads(sys.argv[1])), sys.argv[2]
    # What a library prints must not get between the lines of the answer.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(limits)
    try:
        line, _, content = sys.stdin.buffer.read().partition(b"\n")
        head, body = _carried_out(json.loads(line), content, name, limits)
    except GongkaiError as error:
        head, body = _error(error.code, {key: str(fact) for key, fact in error.facts.items()}), b""
    except MemoryError:
        head, body = _error("document.too_much_memory", {"name": name, "limit": limits.memory}), b""
    except RecursionError:
        head, body = _error("document.too_deep", {"name": name, "limit": limits.depth}), b""
    out.write(json.dumps(head).encode("ascii") + b"\n" + body)
    out.flush()
    # Taking a large document apart costs time that nobody needs.
    os._exit(0)


def _carried_out(order: dict[str, Any], content: bytes, name: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    words = WordLists.from_data(json.loads(order["words"]))
    today, masking = date.fromisoformat(order["today"]), Masking(**order["masking"])
    if order["do"] == "examine":
        found = examine(content, name, words=words, today=today, masking=masking, limits=limits)
        return {"examination": as_data(found)}, b""
    findings = [from_record(one) for one in order["findings"]]
    done = redact(content, name, findings, words=words, today=today, masking=masking, limits=limits)
    steps = [[one.code, one.count, list(one.inside)] for one in done.done]
    return {"name": done.name, "done": steps, "left": [_plain(one) for one in done.left]}, done.content


def _ask(order: dict[str, Any], content: bytes, name: str, limits: Limits) -> tuple[dict[str, Any], bytes]:
    given = Source(json.dumps(order).encode("ascii") + b"\n" + content, name)
    answer = run_limited("gongkai.web.publications.gate.child", given, limits)
    line, _, body = answer.output.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError as error:
        raise died(answer, name, limits) from error
    if "error" in head:
        code, facts = str(head["error"][0]), dict(head["error"][1])
        raise (UnreadableDocument if code.startswith("document.") else InvalidInput)(code, **facts)
    return head, body


def _error(code: str, facts: dict[str, Any]) -> dict[str, Any]:
    return {"error": [code, facts]}


def _plain(finding: Finding) -> Any:
    return json.loads(json.dumps(finding.record()))


if __name__ == "__main__":
    main()
