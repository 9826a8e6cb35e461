"""An upload read in a process of its own, held to limits: a hostile file harms nothing but that process.

    python -m gongkai.web.publications.body.child LIMITS NAME < FILE

is that process. It writes one line of JSON and behind it the pictures, one after the other.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from gongkai.documents.child import died, run_limited
from gongkai.documents.confinement import confine
from gongkai.documents.limits import Limits
from gongkai.documents.source import Source
from gongkai.errors import GongkaiError, InvalidInput, UnreadableDocument
from gongkai.web.publications.body.cleaning import LIMITS, clean
from gongkai.web.publications.body.notes import Note
from gongkai.web.publications.body.pictures import Image, Pictures
from gongkai.web.publications.body.upload import Body, from_upload


def from_upload_in_child(name: str, content: bytes, limits: Limits = LIMITS) -> Body:
    """The text of an uploaded file as `from_upload` gives it, read in a child process. Raises as that and `documents.child`.

    Nothing is left behind: no process, no file. What the child says is cleaned once more: it has read a hostile file.
    """
    if len(content) > limits.file_bytes:
        raise UnreadableDocument("document.too_large", name=name, size=len(content), limit=limits.file_bytes)
    answer = run_limited("gongkai.web.publications.body.child", Source(content, name), limits)
    line, _, rest = answer.output.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError as error:
        raise died(answer, name, limits) from error
    if "error" in head:
        code, facts = str(head["error"][0]), dict(head["error"][1])
        raise (UnreadableDocument if code.startswith("document.") else InvalidInput)(code, **facts)
    return _body(head, rest)


def _body(head: dict[str, Any], rest: bytes) -> Body:
    pictures, images, at = Pictures(), [], 0
    for size, alt in head["images"]:
        digest = pictures.keep(rest[at : at + size], str(alt))
        at += size
        if digest is not None:
            images.append(digest)
    notes = tuple(Note(str(code), int(count), tuple(map(str, said))) for code, count, said in head["notes"])
    html = clean(str(head["html"]), pictures.known)
    kept: tuple[Image, ...] = pictures.shown(lambda: tuple(images))
    return Body(html, kept, notes)


def main() -> None:
    """Be the child."""
    limits, name = Limits(**json.loads(sys.argv[1])), sys.argv[2]
    # What a library prints must not get between the lines of the answer.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    confine(limits)
    body = b""
    try:
        made = from_upload(name, sys.stdin.buffer.read(), limits)
        head: dict[str, Any] = {
            "html": made.html,
            "images": [[len(image.content), image.alt] for image in made.images],
            "notes": [list(note) for note in made.notes],
        }
        body = b"".join(image.content for image in made.images)
    except GongkaiError as error:
        head = {"error": [error.code, {key: str(fact) for key, fact in error.facts.items()}]}
    except MemoryError:
        head = {"error": ["document.too_much_memory", {"name": name, "limit": limits.memory}]}
    except RecursionError:
        head = {"error": ["document.too_deep", {"name": name, "limit": limits.depth}]}
    out.write(json.dumps(head).encode("ascii") + b"\n" + body)
    out.flush()
    # Taking a large document apart costs time that nobody needs.
    os._exit(0)


if __name__ == "__main__":
    main()
