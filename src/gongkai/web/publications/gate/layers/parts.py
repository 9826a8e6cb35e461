"""The parts of a zip package, changed in place: what is not touched is packed again byte for byte."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from lxml import etree

from gongkai.documents.limits import Limits
from gongkai.documents.package import Element, Package
from gongkai.web.publications.gate.layers.flow import read_flow
from gongkai.web.publications.gate.layers.repacking import repacked
from gongkai.web.publications.gate.piece import Inner, Opened, Remark, Setter, Story

PATH = re.compile(r"^(?:file:/{0,3})?(?:[A-Za-z]:[\\/]|\\\\\w|/(?:Users|home)/)", re.IGNORECASE)
NOBODY = frozenset(
    ["", "administrator", "admin", "user", "users", "wps", "wps office", "microsoft office user", "microsoft", "微软用户", "微软中国",
     "python-docx", "openpyxl", "unknown", "未知", "lenovo", "dell", "hp", "pc", "gongkai"]
)  # fmt: skip
"""What programs write where a person's name belongs."""
_TEXTS = frozenset(["descr", "title", "alt", "tooltip", "instr", "author", "initials", "userId", "displayName", "name", "string",
                    "address", "content", "subject", "display", "prompt", "promptTitle", "error", "errorTitle"])  # fmt: skip
_SPEAKING = frozenset(
    ["docVar", "alias", "tag", "placeholder", "default", "statusText", "helpText", "listEntry", "s", "n"]
)
"""Attributes, and elements whose value is an attribute, that hold what people write; others are read where they hold long figures."""
_COMMENT = re.compile(rb"<!--(.*?)-->", re.DOTALL)
_LONG = re.compile(r"[0-9０-９](?:[ -]?[0-9０-９Xx]){10}")
_NO_FILE = re.compile(
    r"\.(?:xml|rels|vml|rdf|odttf|fntdata|ttf|otf)$|printerSettings|^mimetype$|(?:^|/)thumbnail\.\w+$", re.IGNORECASE
)
"""Parts that are read as XML, fonts, settings of printers, and the small picture of the first page, which saving drops."""
_DRAWING = re.compile(r"\.(?:emf|wmf)$", re.IGNORECASE)
_RUNS = re.compile(r"[0-9０-９][0-9０-９Xx \-]{9,30}")


class Parts:
    """A package and the trees of its parts; `save` writes those that were asked for with `tree`."""

    def __init__(self, data: bytes, limits: Limits, name: str) -> None:
        self.package = Package(data, limits, name)
        self._data = data
        self._trees: dict[str, Element] = {}
        self._new: dict[str, bytes | None] = {}
        self._changed: set[str] = set()

    def tree(self, part: str) -> Element:
        """The root of a part, always the same object."""
        if part not in self._trees:
            self._trees[part] = self.package.xml(part)
        return self._trees[part]

    def touch(self, part: str) -> None:
        """Say that a part's tree was changed."""
        self._changed.add(part)

    def put(self, part: str, content: bytes | None) -> None:
        """Put another content in place of a part; None leaves an empty one."""
        self._new[part] = content

    def text_setter(self, part: str, element: Element) -> Setter:
        """Writes the text of an element."""

        def write(text: str) -> None:
            element.text = text
            self.touch(part)

        return write

    def attribute_setter(self, part: str, element: Element, name: str) -> Setter:
        """Writes an attribute of an element."""

        def write(text: str) -> None:
            element.set(name, text)
            self.touch(part)

        return write

    def xml_parts(self) -> list[str]:
        """The names of all parts that are XML, in the order of the file."""
        return [part for part in self.package.parts() if part.lower().endswith((".xml", ".rels", ".vml", ".rdf"))]

    def _without(self, part: str) -> None:
        """Take a part out of the package's relationships."""
        for rels in self.xml_parts():
            if rels.endswith(".rels"):
                for one in list(self.tree(rels)):
                    if one.get("Target", "").lower().endswith(part.rpartition("/")[2].lower()):
                        self.tree(rels).remove(one)
                        self.touch(rels)

    def save(self) -> bytes:
        """The package with all changes; the small picture of its first page goes."""
        new = dict(self._new)
        for part in self.package.parts():
            if re.search(r"(?:^|/)thumbnail\.\w+$", part, re.IGNORECASE):
                # It shows the first page as it was before.
                self._without(part)
                new[part] = None
        for part in self._changed:
            new[part] = etree.tostring(self._trees[part], xml_declaration=True, encoding="UTF-8", standalone=True)
        return repacked(self._data, new)


def local(element: Element) -> str:
    """An element's name without its namespace; empty for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def add_rest(parts: Parts, file: Opened, done: set[str]) -> None:
    """Read what all packages have: properties, relationships, texts of drawings and attributes, XML comments, media.

    `done` are the parts whose text was read already; of those only attributes are.
    """
    story, link, notes = Story("attribute"), Story("link"), Story("comment_markup", "none")
    other, painted = Story("other"), Story("text_box")
    for part in parts.xml_parts():
        if part.endswith(".rels"):
            _relations(parts, part, link, file)
            continue
        raw = parts.package.read(part)
        for found in _COMMENT.finditer(raw):
            notes.mark("part", part)
            notes.add(found[1].decode("utf-8", "replace") + "\n")
        if part.lower().startswith("docprops/") or part.lower() == "meta.xml":
            _properties(parts, part, file)
            continue
        if part == "[Content_Types].xml" or "/theme/" in part:
            continue
        tree = parts.tree(part)
        for element in tree.iter():
            _attributes(parts, part, element, painted if local(element) == "textpath" else story)
        if part not in done:
            other.mark("part", part)
            read_flow(tree, other, partial(parts.touch, part))
            other.end_line()
    drawn = Story("other", "none")
    _drawings(parts, drawn)
    file.pieces += [one.finish() for one in (other, story, link, notes, drawn, painted) if one.length]
    file.inner += list(_media(parts))


def _attributes(parts: Parts, part: str, element: Element, story: Story) -> None:
    for name, value in element.attrib.items():
        name, value = str(name), str(value)
        bare = name.rpartition("}")[2]
        spoken = bare in _TEXTS or (bare in ("val", "v") and local(element) in _SPEAKING)
        if not value.strip() or not (spoken or _LONG.search(value)):
            continue
        story.mark("attribute", f"{part}: {local(element)}@{bare}")
        story.add(value, parts.attribute_setter(part, element, name))
        story.add("\n")


def _relations(parts: Parts, part: str, story: Story, file: Opened) -> None:
    for one in parts.tree(part).iterchildren("{*}Relationship"):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External" or not target:
            continue
        if target.startswith(("http://", "https://")):
            file.links.append(target)
        story.mark("attribute", f"{part}: Target")
        story.add(target, parts.attribute_setter(part, one, "Target"))
        story.add("\n")
        if PATH.match(target):
            file.remarks.append(
                Remark(
                    "properties.path",
                    "notice",
                    "link",
                    "attribute",
                    f"{part}: {one.get('Id', '')}",
                    remove=_unset(parts, part, one),
                )
            )


def _unset(parts: Parts, part: str, element: Element) -> Callable[[], None]:
    return lambda: parts.attribute_setter(part, element, "Target")("about:blank")


_PERSONS = {
    "creator": "author",
    "lastModifiedBy": "author",
    "Manager": "author",
    "Company": "company",
    "initial-creator": "author",
    "contributor": "author",
}
_DULL = frozenset({"created", "modified", "revision", "Pages", "Words", "Characters", "Lines", "Paragraphs", "TotalTime", "AppVersion", "Application",
                   "ScaleCrop", "DocSecurity", "LinksUpToDate", "SharedDoc", "HyperlinksChanged", "CharactersWithSpaces", "lastPrinted", "i4"})  # fmt: skip


def _properties(parts: Parts, part: str, file: Opened) -> None:
    story = Story("property")
    custom = part.lower().endswith("custom.xml")
    for element in parts.tree(part).iter():
        name, value = local(element), (element.text or "").strip()
        if not value or name in _DULL:
            continue
        story.mark("property", name)
        story.add(element.text or "", parts.text_setter(part, element))
        story.add("\n")
        kind = (
            "custom"
            if custom and name not in ("bool", "i4", "r8")
            else _PERSONS.get(name, "path" if PATH.match(value) else "")
        )
        if kind and value.lower() not in NOBODY:
            clear = parts.text_setter(part, element)
            parent = element.getparent()
            at = (parent.get("name") or name) if custom and parent is not None else name
            file.remarks.append(
                Remark(
                    f"properties.{kind}",
                    "notice",
                    "property",
                    "property",
                    at,
                    remove=partial(clear, ""),
                )
            )
    if story.length:
        file.pieces.append(story.finish())


def _media(parts: Parts) -> Iterator[Inner]:
    for part in parts.package.parts():
        if _NO_FILE.search(part) or _DRAWING.search(part):
            continue
        content = parts.package.read(part)
        if content.strip(b"\0"):
            yield Inner(part.rpartition("/")[2], content, partial(parts.put, part))


def _drawings(parts: Parts, story: Story) -> None:
    """The figures that lie open in drawings of Windows, whose texts are UTF-16 or single bytes."""
    for part in parts.package.parts():
        if _DRAWING.search(part):
            content = parts.package.read(part)
            story.mark("part", part)
            for text in (
                content.decode("latin-1"),
                content.decode("utf-16-le", "replace"),
                content[1:].decode("utf-16-le", "replace"),
            ):
                story.add("\n".join(_RUNS.findall(text)) + "\n")
