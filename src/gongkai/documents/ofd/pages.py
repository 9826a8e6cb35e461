"""The objects of one page: characters with their boxes, ruling lines, filled areas."""

from __future__ import annotations

from itertools import pairwise

from gongkai.documents.model import Box
from gongkai.documents.ofd.geometry import POINTS, SAME, Matrix, Point, apply, matrix, numbers, steps, subpaths
from gongkai.documents.package import Element
from gongkai.documents.pdf.frame import Frame
from gongkai.documents.pdf.strokes import THIN, Strokes
from gongkai.documents.pdf.words import PageText, Word

ASCENT, DESCENT = 0.86, 0.14
"""How far a character reaches above and below its baseline, in heights; the file does not carry it."""
SLANT = 0.05
SMALLEST = 0.1
"""What is smaller than this, in points, is not to be seen."""


class OfdPage:
    """Collects what stands on a page. `budget` falls with every character and path segment; below 0 it is spent."""

    def __init__(self, area: Box, budget: int) -> None:
        """`area` is the page's physical box: x, y, width, height in millimetres."""
        self.left, self.top = area[0], area[1]
        width, height = area[2] * POINTS, area[3] * POINTS
        self.frame = Frame(width, height, 0.0, 0.0, width, height, 0)
        self.strokes = Strokes()
        self.budget = budget
        self.picture_area = 0.0
        self._words: list[Word] = []
        self._slanted: list[Word] = []

    def text(self) -> PageText:
        """The page's characters, each a word of its own, so that a ruling line can part any two."""
        return PageText(self._words, len(self._words), 0, 0, self._slanted)

    def add(self, parent: Element) -> None:
        """Read the objects in a layer, a block or the content of a page."""
        for child in parent:
            if self.budget < 0:
                return
            if child.get("Visible") == "false" or child.get("Alpha") == "0":
                continue
            name = str(child.tag).rpartition("}")[2]
            if name == "TextObject":
                self._text_object(child)
            elif name == "PathObject":
                self._path_object(child)
            elif name == "ImageObject":
                _, _, width, height = _boundary(child)
                self.picture_area += width * height * POINTS * POINTS
            elif name in ("Layer", "PageBlock"):
                self.add(child)

    def _text_object(self, element: Element) -> None:
        left, top, _, _ = _boundary(element)
        ctm = matrix(element.get("CTM"))
        size = (numbers(element.get("Size")) or [0.0])[0]
        scale = (numbers(element.get("HScale")) or [1.0])[0]
        x = y = 0.0
        for code in element.iterchildren("{*}TextCode"):
            x = (numbers(code.get("X")) or [x])[0]
            y = (numbers(code.get("Y")) or [y])[0]
            text = code.text or ""
            self.budget -= len(text)
            natural = [size * scale * (0.5 if character.isascii() else 1.0) for character in text]
            across = steps(code.get("DeltaX"), natural if code.get("DeltaY") is None else [0.0] * len(text))
            down = steps(code.get("DeltaY"), [0.0] * len(text))
            at_x, at_y = x, y
            for character, advance, step, fall in zip(text, natural, across, down, strict=True):
                self._character(
                    character, (left, top), ctm, (at_x, at_y), size, min(advance, step) if step > 0 else advance
                )
                at_x += step
                at_y += fall

    def _character(self, character: str, origin: Point, ctm: Matrix, at: Point, size: float, width: float) -> None:
        if character.isspace():
            return
        corners = [
            apply(ctm, at[0] + dx, at[1] + dy) for dx in (0.0, width) for dy in (-ASCENT * size, DESCENT * size)
        ]
        box = self._box(origin, corners)
        if box[2] - box[0] < SMALLEST or box[3] - box[1] < SMALLEST:
            return
        turned = abs(ctm[1]) > SLANT * abs(ctm[0]) or abs(ctm[2]) > SLANT * abs(ctm[3])
        word: Word = (*box, character, -1)
        if not turned:
            if 0 <= box[0] + box[2] <= 2 * self.frame.width and 0 <= box[1] + box[3] <= 2 * self.frame.height:
                self._words.append(word)
        elif self._slanted and at[0] > 0:
            last = self._slanted[-1]
            self._slanted[-1] = (last[0], last[1], box[2], box[3], last[4] + character, -1)
        else:
            self._slanted.append(word)

    def _box(self, origin: Point, corners: list[Point]) -> Box:
        """The box around points of an object whose boundary starts at `origin`, in points of the page."""
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        dx, dy = origin[0] - self.left, origin[1] - self.top
        return (
            (min(xs) + dx) * POINTS,
            (min(ys) + dy) * POINTS,
            (max(xs) + dx) * POINTS,
            (max(ys) + dy) * POINTS,
        )

    def _path_object(self, element: Element) -> None:
        left, top, _, _ = _boundary(element)
        text = element.get("CTM")
        ctm = matrix(text) if text else SAME
        stroked = element.get("Stroke") != "false"
        filled = element.get("Fill") == "true"
        for points in subpaths(element.findtext("{*}AbbreviatedData") or ""):
            self.budget -= len(points)
            placed = [apply(ctm, x, y) for x, y in points]
            if stroked:
                for pair in pairwise(placed):
                    self._ruling(self._box((left, top), list(pair)), 0.1 * THIN)
            if filled and len(placed) > 2:
                box = self._box((left, top), placed)
                if not self._ruling(box, THIN) and len(placed) == 5:
                    self.strokes.areas.append(box)

    def _ruling(self, box: Box, thin: float) -> bool:
        """Take a box no thicker than `thin` as a ruling line; tell whether it is one."""
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        if height <= thin and width > height:
            self.strokes.horizontal.append(((top + bottom) / 2, left, right))
        elif width <= thin and height > width:
            self.strokes.vertical.append(((left + right) / 2, top, bottom))
        else:
            return width <= thin and height <= thin
        return True


def _boundary(element: Element) -> tuple[float, float, float, float]:
    """An object's boundary: left, top, width, height in millimetres of the page."""
    values = numbers(element.get("Boundary"))
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0.0, 0.0, 0.0, 0.0)
