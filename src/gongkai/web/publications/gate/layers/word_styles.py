"""What a run of a Word file looks like: only as much as tells whether anybody can see it."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.docx.names import OFF, VAL, W
from gongkai.documents.package import Element

CHAIN = 12
SMALLEST = 2
"""Half-points: what is no larger than one point cannot be read."""
WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD", "FFFFFE"})


@dataclass(frozen=True, slots=True)
class Look:
    """Whether text is marked as hidden, its colour, its size in half-points (0: not said), the colour laid behind it."""

    vanish: bool | None = None
    colour: str = ""
    size: int = 0
    ground: str = ""
    theme: str = ""

    def over(self, below: Look) -> Look:
        """This look, with what it leaves open taken from `below`."""
        vanish = below.vanish if self.vanish is None else self.vanish
        colour, theme = (self.colour, self.theme) if self.colour or self.theme else (below.colour, below.theme)
        return Look(vanish, colour, self.size or below.size, self.ground or below.ground, theme)

    def hides(self, ground: str, styled: bool) -> bool:
        """Whether nobody sees the text on `ground`. In a table with a style white may stand on the style's colour."""
        if self.vanish or 0 < self.size <= SMALLEST:
            return True
        behind = self.ground or ground
        if self.colour in WHITE or self.theme in ("background1", "light1"):
            return (behind in WHITE) or (not behind and not styled)
        return bool(self.colour) and self.colour == behind


PLAIN = Look()


class Styles:
    """The character looks of a document's styles."""

    def __init__(self, root: Element | None) -> None:
        self._elements = (
            {} if root is None else {one.get(W + "styleId", ""): one for one in root.iterchildren(W + "style")}
        )
        self._known: dict[str, Look] = {}

    def look(self, run: Element) -> Look:
        """The look of a run: its own properties, its style's, its paragraph's style's."""
        own = run.find(W + "rPr")
        look = PLAIN if own is None else _own(own)
        named = None if own is None else own.find(W + "rStyle")
        if named is not None:
            look = look.over(self._style(named.get(VAL, "")))
        paragraph = next((one for one in run.iterancestors(W + "p")), None)
        style = None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle")
        return look if style is None else look.over(self._style(style.get(VAL, "")))

    def _style(self, style_id: str) -> Look:
        if style_id not in self._known:
            look, at = PLAIN, style_id
            for _ in range(CHAIN):
                element = self._elements.get(at)
                if element is None:
                    break
                properties = element.find(W + "rPr")
                look = look if properties is None else look.over(_own(properties))
                based = element.find(W + "basedOn")
                at = "" if based is None else based.get(VAL, "")
            self._known[style_id] = look
        return self._known[style_id]


def _own(properties: Element) -> Look:
    vanish: bool | None = None
    for name in ("vanish", "specVanish"):
        element = properties.find(W + name)
        if element is not None:
            vanish = element.get(VAL) not in OFF
    colour, size, shade, marker = (properties.find(W + name) for name in ("color", "sz", "shd", "highlight"))
    shown = "" if colour is None else colour.get(VAL, "").upper()
    theme = "" if colour is None else colour.get(W + "themeColor", "")
    behind = "" if shade is None else shade.get(W + "fill", "").upper()
    if marker is not None and marker.get(VAL, "none") != "none":
        behind = "FFFFFF" if marker.get(VAL) == "white" else "HIGHLIGHT"
    points = "" if size is None else size.get(VAL, "")
    return Look(
        vanish,
        "" if shown == "AUTO" else shown,
        int(points) if points.isdigit() and len(points) < 5 else 0,
        "" if behind == "AUTO" else behind,
        theme,
    )
