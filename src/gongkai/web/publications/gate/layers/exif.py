"""The tags that cameras write (EXIF, in the layout of TIFF): position, maker's notes, names, texts."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_DEEPER = {0x8769: "exif", 0x8825: "gps", 0xA005: "interop"}
_TEXTS = {
    0x010E: "ImageDescription", 0x013B: "Artist", 0x8298: "Copyright", 0x9286: "UserComment", 0x9C9B: "XPTitle", 0x9C9C: "XPComment",
    0x9C9D: "XPAuthor", 0x9C9E: "XPKeywords", 0x9C9F: "XPSubject", 0xA430: "CameraOwnerName", 0x010D: "DocumentName", 0x013C: "HostComputer",
}  # fmt: skip
_PERSONS = frozenset({0x013B, 0x9C9D, 0xA430})
_DEVICE = frozenset({0xA431, 0xA435, 0xA420, 0x013C})
MOST_TAGS = 2_000
LONGEST = 64_000


@dataclass
class Tags:
    """What the tags say: whether they hold a position, maker's notes, a device, persons; texts by tag name."""

    position: bool = False
    maker: bool = False
    device: bool = False
    persons: bool = False
    orientation: int = 1
    texts: list[tuple[str, str]] = field(default_factory=list)


def read_tags(data: bytes) -> Tags:
    """Read tags; damaged ones are passed over, since what is left is still read by whoever wants it."""
    tags = Tags()
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        return tags
    waiting = [(struct.unpack(order + "I", data[4:8])[0], "main")]
    seen: set[int] = set()
    count = 0
    while waiting:
        at, kind = waiting.pop()
        if at in seen or at + 2 > len(data) or count > MOST_TAGS:
            continue
        seen.add(at)
        (entries,) = struct.unpack_from(order + "H", data, at)
        for number in range(min(entries, MOST_TAGS)):
            place = at + 2 + 12 * number
            if place + 12 > len(data):
                break
            count += 1
            _entry(data, order, place, kind, tags, waiting)
        end = at + 2 + 12 * entries
        if kind == "main" and end + 4 <= len(data):
            following = struct.unpack_from(order + "I", data, end)[0]
            if following:
                waiting.append((following, "main"))
    return tags


def _entry(data: bytes, order: str, place: int, kind: str, tags: Tags, waiting: list[tuple[int, str]]) -> None:
    tag, form, number = struct.unpack_from(order + "HHI", data, place)
    size = _SIZES.get(form, 0) * number
    if tag in _DEEPER and size:
        waiting.append((struct.unpack_from(order + "I", data, place + 8)[0], _DEEPER[tag]))
        return
    at = place + 8 if size <= 4 else struct.unpack_from(order + "I", data, place + 8)[0]
    value = data[at : at + min(size, LONGEST)]
    if kind == "gps":
        # Every writer puts the version there; latitude and longitude are 2 and 4, places by name 27 and 28.
        tags.position = tags.position or (tag in (2, 4, 27, 28) and any(value))
        return
    if tag == 0x0112 and size == 2 and kind == "main" and tags.orientation == 1:
        tags.orientation = struct.unpack_from(order + "H", data, place + 8)[0]
    tags.maker = tags.maker or (tag == 0x927C and size > 0)
    tags.device = tags.device or (tag in _DEVICE and any(value))
    if tag in _TEXTS:
        text = _text(tag, value, order)
        if text:
            tags.texts.append((_TEXTS[tag], text))
            tags.persons = tags.persons or tag in _PERSONS


def _text(tag: int, value: bytes, order: str) -> str:
    if 0x9C9B <= tag <= 0x9C9F:
        return value.decode("utf-16-le", "replace").strip("\0 ")
    if tag == 0x9286:
        coded, value = value[:8], value[8:]
        if coded.startswith(b"UNICODE"):
            return value.decode("utf-16-be" if order == ">" else "utf-16-le", "replace").strip("\0 ")
    for charset in ("utf-8", "gb18030"):
        try:
            return value.decode(charset).strip("\0 ")
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1").strip("\0 ")


def orientation_only(orientation: int) -> bytes:
    """Tags that only say how the picture is turned; nothing where it is not turned."""
    if not 2 <= orientation <= 8:
        return b""
    return (
        b"MM\0*"
        + struct.pack(">IH", 8, 1)
        + struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
        + struct.pack(">I", 0)
    )
