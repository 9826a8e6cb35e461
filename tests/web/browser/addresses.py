"""Every page of the site, found as people find it: from the addresses that are declared, by the links that each role sees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve

LINK = re.compile(r'\s(?:href|action|src|hx-get)="([^"]+)"')
FEW = 2
"""Addresses of one kind that a role follows; the second finds what the first does not lead to."""


@dataclass(frozen=True)
class Found:
    """What an address gave to somebody: its kind is the name of its pattern with the names of its parameters."""

    kind: tuple
    role: str
    address: str
    status: int
    html: bool


def declared(patterns=None, namespace=""):
    """The names of all addresses that the site declares."""
    names = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            names |= declared(pattern.url_patterns, inner)
        else:
            assert pattern.name, pattern
            names.add(namespace + pattern.name)
    return names


def crawl(client, role, starts):
    """Follow links from some addresses; a few of every kind."""
    waiting, seen, found = list(starts), {}, []
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if kind is None or address in seen.setdefault(kind, set()) or len(seen[kind]) >= FEW:
            continue
        seen[kind].add(address)
        answer = client.get(address)
        html = answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")
        found.append(Found(kind, role, address, answer.status_code, html))
        if html:
            text = answer.content.decode()
            waiting += [joined(address, unescape(link)) for link in LINK.findall(text)]
        elif answer.status_code in (301, 302):
            waiting.append(joined(address, answer["Location"]))
        answer.close()
    return found


def joined(address, link):
    """Where a link leads inside the site; nothing for one that leaves it."""
    parts = urlsplit(urljoin(f"http://testserver{address}", link))
    if parts.scheme != "http" or parts.netloc not in ("testserver", "localhost"):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


def kind_of(address):
    """The kind of an address, None for one that is no page of ours."""
    parts = urlsplit(address)
    if not parts.path or parts.path.startswith("/static/"):
        return None
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        return None
    return (name, *sorted({field for field, _ in parse_qsl(parts.query, keep_blank_values=True)}))
