"""Going through everything that somebody can reach, and reading all that comes back: pages, headers, files cell by cell."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import openpyxl

from tests.web.permissions.asking import Answer, Visitor

LINK = re.compile(r'(?:href|action|src|hx-get)="([^"]+)"|<(?:loc|link)>([^<]+)</')
MOST = 400
"""How many addresses one person goes to at most."""
_TEXT = re.compile(r"text/|json|xml|javascript")


def read(answer: Answer) -> str:
    """All words of an answer: its headers and its content, a sheet cell by cell."""
    head = "\n".join(f"{name}: {unquote(value)}" for name, value in answer.headers.items())
    kind = answer.headers.get("Content-Type", "")
    content = answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    if "spreadsheetml" in kind:
        return f"{head}\n{_cells(content)}"
    text = content.decode("utf-8", "replace")
    return f"{head}\n{unquote(html.unescape(text))}" if _TEXT.search(kind) else f"{head}\n{text}"


def _cells(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    told = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    properties = book.properties
    return "\n".join(
        [
            *told,
            *book.sheetnames,
            *(str(getattr(properties, name)) for name in ("title", "creator", "subject", "description", "keywords")),
        ]
    )


def crawl(visitor: Visitor, begin: list[str], most: int = MOST) -> Iterator[tuple[str, Answer]]:
    """Every page that links lead to from where somebody begins, each once."""
    waiting, seen = list(begin), set(begin)
    while waiting and len(seen) <= MOST and most > 0:
        most -= 1
        path = waiting.pop(0)
        answer = visitor.ask("GET", path)
        yield path, answer
        found = [answer.headers["Location"]] if "Location" in answer.headers else []
        if _TEXT.search(answer.headers.get("Content-Type", "")):
            text = answer.content.decode("utf-8", "replace")
            found += [html.unescape(first or second) for first, second in LINK.findall(text)]
        for link in found:
            parts = urlsplit(urldefrag(urljoin(f"http://testserver{path}", link)).url)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if parts.netloc == "testserver" and target not in seen and not parts.path.startswith("/static/"):
                seen.add(target)
                waiting.append(target)
