"""Pictures: what their makers wrote into them. What is painted on them is not read."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.documents.limits import Limits
from gongkai.errors import UnreadableDocument
from gongkai.web.publications.gate.layers.exif import Tags, orientation_only, read_tags
from gongkai.web.publications.gate.layers.picture_blocks import Block, blocks_of, joined
from gongkai.web.publications.gate.piece import Opened, Remark, Story

_XMP_TEXT = re.compile(rb">([^<>]{2,4000})<|=\"([^\"]{2,2000})\"|='([^']{2,2000})'")
_KEPT = re.compile(rb"^\s*(?:https?://|uuid:|xmp|W5M0|\d{1,4}$)")


def open_image(data: bytes, name: str, limits: Limits) -> Opened:  # noqa: ARG001
    """Take a picture apart: JPEG, PNG, WebP, GIF and TIFF. Raises UnreadableDocument `document.damaged`."""
    kind = _kind(data)
    story, xmp = Story("exif"), Story("xmp")
    file = Opened("image", [])
    if kind == "tiff":
        _remark(file, read_tags(data), story, None)
    elif kind in ("jpeg", "png", "webp", "gif"):
        try:
            blocks = blocks_of(data, kind)
        except (ValueError, IndexError) as error:
            raise UnreadableDocument("document.damaged", name=name, reason=str(error)) from error
        state = {"strip": False}

        def strip() -> None:
            state["strip"] = True

        kept: list[Block] = []
        for block in blocks:
            if block.kind == "exif":
                tags = read_tags(block.payload)
                _remark(file, tags, story, strip)
                small = orientation_only(tags.orientation)
                if small and kind == "jpeg":
                    kept.append(
                        Block("exif", b"\xff\xe1" + (len(small) + 8).to_bytes(2, "big") + b"Exif\0\0" + small, small)
                    )
            elif block.kind in ("xmp", "text"):
                layer = xmp if block.kind == "xmp" else story
                _texts(block, layer, strip)
                if block.kind == "text" and block.payload.strip():
                    _plain_remark(file, "image.text", strip)
            else:
                kept.append(block)
        file.save = lambda: joined(kept, kind) if state["strip"] else data
    elif kind != "bmp":  # which has nothing but pixels
        raise UnreadableDocument("document.other_kind", name=name, kind=kind or "image")
    file.remarks.append(Remark("image.unread", "notice", "image", "file", "", remedy="none"))
    file.pieces = [one.finish() for one in (story, xmp) if one.length]
    return file


def _kind(data: bytes) -> str:
    for start, kind in (
        (b"\xff\xd8\xff", "jpeg"),
        (b"\x89PNG", "png"),
        (b"GIF8", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
    ):
        if data.startswith(start):
            return kind
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else "bmp" if data.startswith(b"BM") else ""


def _remark(file: Opened, tags: Tags, story: Story, strip: Callable[[], None] | None) -> None:
    if tags.position:
        file.remarks.append(Remark("image.position", "error", "exif", "attribute", "GPS", remove=strip))
    if tags.maker:
        file.remarks.append(Remark("image.maker", "notice", "exif", "attribute", "MakerNote", remove=strip))
    if tags.device:
        file.remarks.append(Remark("image.device", "notice", "exif", "attribute", "Device", remove=strip))
    if tags.persons:
        file.remarks.append(Remark("properties.author", "notice", "exif", "attribute", "Artist", remove=strip))
    for name, text in tags.texts:
        story.mark("attribute", name)
        story.add(text, (lambda _: strip()) if strip is not None else None)
        story.add("\n")


def _plain_remark(file: Opened, code: str, strip: Callable[[], None]) -> None:
    if not any(remark.code == code for remark in file.remarks):
        file.remarks.append(Remark(code, "notice", "exif", "attribute", "text", remove=strip))


def _texts(block: Block, story: Story, strip: Callable[[], None]) -> None:
    story.mark("attribute", block.kind)
    if block.kind == "text":
        story.add(block.payload.decode("utf-8", "replace"), lambda _: strip())
        story.add("\n")
        return
    if b"GPSLatitude" in block.payload:
        story.piece.layer = "xmp"
    for found in _XMP_TEXT.finditer(block.payload):
        value = next(group for group in found.groups() if group is not None)
        if value.strip() and not _KEPT.match(value):
            story.add(value.decode("utf-8", "replace"), lambda _: strip())
            story.add("\n")
