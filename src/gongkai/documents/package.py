"""Zip packages and the XML in them, opened so that a hostile file costs no more than an honest one.

Sizes are checked against the directory of the zip before anything is unpacked, and again while unpacking; the memory
that an XML part would take as a tree is estimated from its bytes before it is parsed.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument

Element: TypeAlias = "etree._Element"

MEMBERS = 10_000
"""More parts than any honest office file has."""
RATIO, RATIO_FROM = 400, 4 * 1024 * 1024
"""A part of `RATIO_FROM` bytes or more, packed tighter than this, is a bomb; tables of zeros reach about 60."""
NODE_BYTES, ATTRIBUTE_BYTES = 130, 220
"""What libxml2 takes for an element or a text, and for an attribute with its value."""
TREE_SHARE = 0.5
"""The share of the memory limit that one tree may take."""

# What zipfile raises for damaged bytes, besides its own error; its `RuntimeError` is about passwords.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    OverflowError,
)


class Package:
    """The parts of a zip package by name. Names are compared without case, `\\` counts as `/`.

    Opening raises UnreadableDocument: `document.damaged.package`, `document.encrypted`, `document.bomb`.
    """

    def __init__(self, data: bytes, limits: Limits, name: str = "") -> None:
        self.limits = limits
        self.name = name
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [info for info in self._zip.infolist() if not info.is_dir()]
        except _BROKEN as error:
            raise self.damaged(str(error)) from error
        self._parts: dict[str, zipfile.ZipInfo] = {}
        self._check(members)

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._parts

    def parts(self) -> list[str]:
        """The names of all parts as the file writes them."""
        return [info.filename for info in self._parts.values()]

    def read(self, part: str) -> bytes:
        """Unpack one part. Raises `document.damaged.package` where it is missing or broken."""
        info = self._parts.get(_key(part))
        if info is None:
            raise self.damaged(part)
        allowed = min(info.file_size, self.limits.unpacked_bytes - self._read)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(allowed + 1)
        except (*_BROKEN, RuntimeError) as error:
            raise self.damaged(f"{part}: {error}") from error
        self._read += len(data)
        if len(data) > allowed:
            raise self._bomb(self._read)
        return data

    def xml(self, part: str) -> Element:
        """Parse one part and return its root. See `parse`."""
        return parse(self.read(part), self.limits, self.name)

    def damaged(self, reason: str) -> UnreadableDocument:
        """The error that says the file is damaged, and how."""
        return UnreadableDocument("document.damaged.package", name=self.name, reason=reason)

    def _bomb(self, size: int) -> UnreadableDocument:
        return UnreadableDocument("document.bomb", name=self.name, size=size, limit=self.limits.unpacked_bytes)

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        """Refuse what no honest file has, judged by the directory alone."""
        size = sum(info.file_size for info in members)
        if size > self.limits.unpacked_bytes or len(members) > MEMBERS:
            raise self._bomb(size)
        for info in members:
            if info.flag_bits & 0x1:
                raise UnreadableDocument("document.encrypted", name=self.name)
            if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise self.damaged(f"{info.filename}: compression {info.compress_type}")
            if info.file_size >= RATIO_FROM and info.file_size > RATIO * max(info.compress_size, 1):
                raise self._bomb(info.file_size)
            key = _key(info.filename)
            if key in self._parts or key.startswith(("/", "../")) or ":" in key:
                raise self.damaged(info.filename)
            self._parts[key] = info


def parse(data: bytes, limits: Limits, name: str = "") -> Element:
    """Parse XML into a tree: no DTD, no entities, no network, no comments.

    Raises UnreadableDocument: `document.entities` for a DTD, `document.too_deep`, `document.bomb` where the tree would
    take too much memory, `document.damaged.package` for what is not well formed.
    """
    most = int(limits.memory * TREE_SHARE)
    # Nothing takes fewer than five bytes a node or attribute, so that counting is for large parts only.
    if len(data) * ATTRIBUTE_BYTES // 5 > most:
        tree_bytes = NODE_BYTES * data.count(b"<") + ATTRIBUTE_BYTES * data.count(b"=") + len(data)
        if tree_bytes > most:
            raise UnreadableDocument("document.bomb", name=name, size=tree_bytes, limit=most)
    if b"<!DOCTYPE" in data:
        raise UnreadableDocument("document.entities", name=name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "xcessive depth" in str(error):
            raise UnreadableDocument("document.too_deep", name=name, limit=limits.depth) from error
        raise UnreadableDocument("document.damaged.package", name=name, reason=str(error)) from error
    # In UTF-16 the bytes of "<!DOCTYPE" are not found above.
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument("document.entities", name=name)
    return root


def resolve(base: str, target: str) -> str:
    """The part that `target` names, seen from the part `base`; a target with a leading `/` counts from the root."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), target))


def relationships(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part (`""`: of the package): id to the last word of the type and the part it points to.

    Targets outside the package are left out; a part without relationships has none.
    """
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    if rels not in package:
        return {}
    return {
        one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], resolve(part, one.get("Target", "")))
        for one in package.xml(rels).iterchildren("{*}Relationship")
        if one.get("TargetMode") != "External"
    }


def _key(part: str) -> str:
    return part.replace("\\", "/").removeprefix("./").lower()
