"""Word files (.docx, also as saved by WPS) read from their XML, one pass over the body."""

from __future__ import annotations

from gongkai.documents.docx.names import BODY, STRICT, P, R, W
from gongkai.documents.docx.numbering import Numbering
from gongkai.documents.docx.story import Story
from gongkai.documents.docx.styles import Styles
from gongkai.documents.limits import Limits
from gongkai.documents.model import Document, Paragraph
from gongkai.documents.package import Element, Package, parse, relationships
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument

CORE = "docProps/core.xml"


def read(source: Source, limits: Limits) -> Document:
    """Read a .docx: body paragraphs and tables, then headers, footers and notes, each once.

    Tracked changes are read as accepted, hidden text is left out, automatic numbers are written out. Raises
    UnreadableDocument, see `package`; also `document.too_many_paragraphs`, `document.too_many_cells`, `document.span`.
    """
    return read_as(source, limits, "docx")


def read_as(source: Source, limits: Limits, name: str) -> Document:
    """Read a .docx into a Document whose format is `name`, for files that were converted first."""
    package = Package(source.data, limits, source.name)
    main = main_part(package)
    data = package.read(main)
    most = limits.paragraphs + limits.cells
    # Cheaper than the tree of a file that holds nothing but paragraphs, which take six bytes each.
    if len(data) > 6 * most and data.count(b"<w:p>") + data.count(b"<w:p/>") + data.count(b"<w:p ") > most:
        raise UnreadableDocument("document.too_many_paragraphs", limit=limits.paragraphs)
    root = _parse(data, package)
    body = root.find(BODY)
    if body is None:
        raise package.damaged(main)
    related = relationships(package, main)
    styles = Styles(_related(package, related, "styles"))
    story = Story(styles, Numbering(_related(package, related, "numbering"), styles.lists), limits)
    story.read(body)
    _notes(story, package, related)
    _headers(story, package, related)
    return Document(
        format=name,
        sha256=source.sha256,
        size=len(source.data),
        blocks=tuple(story.blocks),
        title=_title(package),
        doubts=tuple(sorted(story.doubts)),
    )


def main_part(package: Package) -> str:
    """The part with the body: what the package says, else where every writer puts it."""
    for kind, target in relationships(package, "").values():
        if kind == "officeDocument" and target in package:
            return target
    return "word/document.xml"


def _parse(data: bytes, package: Package) -> Element:
    root = parse(data, package.limits, package.name)
    if STRICT[0][0].decode() in root.nsmap.values():
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        root = parse(data, package.limits, package.name)
    return root


def _related(package: Package, related: dict[str, tuple[str, str]], kind: str) -> Element | None:
    """The root of the part that the main part names as its `kind`, None without one."""
    part = next((target for one, target in related.values() if one == kind), None)
    return None if part is None or part not in package else _parse(package.read(part), package)


def _notes(story: Story, package: Package, related: dict[str, tuple[str, str]]) -> None:
    """Read the notes that the body refers to, in that order."""
    wanted = list(dict.fromkeys(story.notes))
    for kind, prefix in (("footnotes", ""), ("endnotes", "e")):
        root = _related(package, related, kind) if wanted else None
        notes = {} if root is None else {prefix + one.get(W + "id", ""): one for one in root}
        for note in wanted:
            if note in notes:
                story.read(notes[note], "footnote")


def _headers(story: Story, package: Package, related: dict[str, tuple[str, str]]) -> None:
    """Read each header and footer that a section names; the same text again is left out."""
    done: set[str] = set()
    for section in tuple(story.sections):
        for reference in section.iterchildren(W + "headerReference", W + "footerReference"):
            part = related.get(reference.get(R + "id", ""), ("", ""))[1]
            if part in done or part not in package:
                continue
            done.add(part)
            root = _parse(package.read(part), package)
            if next(root.iter(P), None) is not None:
                _once(story, root, "header" if reference.tag == W + "headerReference" else "footer")


def _once(story: Story, root: Element, part: str) -> None:
    before = len(story.blocks)
    seen = {block for block in story.blocks if isinstance(block, Paragraph) and block.part == part}
    story.read(root, part)
    story.blocks[before:] = [block for block in story.blocks[before:] if block not in seen]


def _title(package: Package) -> str | None:
    """The title in the document properties, None where it is empty."""
    if CORE not in package:
        return None
    title = package.xml(CORE).find("{http://purl.org/dc/elements/1.1/}title")
    return (title.text or "").strip() or None if title is not None else None
