"""What is drawn on a page: ruling lines, filled areas, pictures.

A ruling line may be a stroke, a thin filled rectangle, one edge of a cell's rectangle, or one of many pieces of a line.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from typing import TypeAlias

from gongkai.documents.model import Box
from gongkai.documents.pdf import library as pdf
from gongkai.documents.pdf.frame import Frame

Ruling: TypeAlias = tuple[float, float, float]
"""Position across, start, end: (y, left, right) of a horizontal line, (x, top, bottom) of a vertical one."""

THIN = 3.2
"""What is at most this thick, in points, is a line and not an area."""

DEPTH = 16
"""How deep forms may stand in forms."""

Matrix: TypeAlias = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Strokes:
    """The lines, areas and pictures of one page, in points from its upper left corner."""

    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    areas: list[Box] = field(default_factory=list)
    pictures: list[Box] = field(default_factory=list)
    objects: int = 0
    segments: int = 0
    hidden_text: bool = False


class TooComplex(Exception):
    """The page draws more than the limit allows."""


def page_strokes(page: pdf.Handle, frame: Frame, limit: int) -> Strokes:
    """Read what is drawn on a page. Raises TooComplex over `limit` objects or path segments."""
    found = Strokes()
    count: int = pdf.count_objects(page)
    _Walk(found, frame, limit).objects(
        list(map(pdf.get_object, repeat(page), range(_bounded(count, limit)))), None, 0
    )
    return found


def _bounded(count: int, limit: int) -> int:
    if count > limit:
        raise TooComplex
    return count


class _Walk:
    """The buffers that PDFium writes into, and where what is found goes."""

    def __init__(self, found: Strokes, frame: Frame, limit: int) -> None:
        self.found = found
        self.frame = frame
        self.limit = limit
        self.floats = (ctypes.c_float * 6)()
        self.integers = (ctypes.c_int * 4)()

    def objects(self, handles: list[pdf.Handle], matrix: Matrix | None, depth: int) -> None:
        found = self.found
        found.objects += len(handles)
        if found.objects > self.limit:
            raise TooComplex
        kinds = list(map(pdf.object_type, handles))
        paths = [handle for handle, kind in zip(handles, kinds, strict=True) if kind == pdf.PATH]
        for handle, box in zip(paths, self.boxes(paths, matrix), strict=True):
            left, top, right, bottom = box
            if bottom - top <= THIN:
                if right - left > THIN:
                    found.horizontal.append(((top + bottom) / 2, left, right))
                else:
                    found.dots.append(box)
            elif right - left <= THIN:
                found.vertical.append(((left + right) / 2, top, bottom))
            else:
                self.path(handle, matrix)
        others = set(kinds) - {pdf.PATH, pdf.TEXT}
        if pdf.IMAGE in others:
            images = [handle for handle, kind in zip(handles, kinds, strict=True) if kind == pdf.IMAGE]
            found.pictures += self.boxes(images, matrix)
            texts = [handle for handle, kind in zip(handles, kinds, strict=True) if kind == pdf.TEXT]
            found.hidden_text |= any(pdf.text_render_mode(text) == pdf.INVISIBLE for text in texts[:50])
        if pdf.FORM in others and depth < DEPTH:
            for handle, kind in zip(handles, kinds, strict=True):
                if kind == pdf.FORM:
                    self.form(handle, matrix, depth)

    def boxes(self, handles: list[pdf.Handle], matrix: Matrix | None) -> list[Box]:
        """The boxes of objects on the page as it is seen; stroke widths are part of them."""
        count = len(handles)
        if not count:
            return []
        buffer = (ctypes.c_float * (4 * count))()
        at = ctypes.addressof(buffer)
        end = at + 16 * count
        addresses = [range(at + offset, end + offset, 16) for offset in (0, 4, 8, 12)]
        deque(map(pdf.object_bounds, handles, *addresses), maxlen=0)
        values = buffer[:]
        corners = zip(values[::4], values[1::4], values[2::4], values[3::4], strict=True)
        frame = self.frame
        if matrix:
            return [frame.box(*_moved(matrix, *box)) for box in corners]
        if frame.turns:
            return [frame.box(*box) for box in corners]
        x, y = frame.left, frame.top
        return [(left - x, y - top, right - x, y - bottom) for left, bottom, right, top in corners]

    def form(self, handle: pdf.Handle, outer: Matrix | None, depth: int) -> None:
        count = _bounded(pdf.count_form_objects(handle), self.limit)
        pdf.object_matrix(handle, ctypes.addressof(self.floats))
        a, b, c, d, e, f = self.floats
        inner: Matrix = (a, b, c, d, e, f)
        if outer:
            inner = _product(inner, outer)
        self.objects(list(map(pdf.get_form_object, repeat(handle), range(count))), inner, depth + 1)

    def path(self, handle: pdf.Handle, matrix: Matrix | None) -> None:
        """Take a path that is no single line: its edges where it is stroked, the areas of its subpaths where it is filled."""
        integers = self.integers
        at = ctypes.addressof(integers)
        pdf.draw_mode(handle, at, at + 4)
        filled, stroked = integers[0], integers[1]
        for corners in self.subpaths(handle, matrix):
            if stroked:
                self.edges(corners)
            elif filled:
                self.area(corners, handle)

    def subpaths(self, handle: pdf.Handle, matrix: Matrix | None) -> list[list[tuple[float, float]]]:
        """The straight subpaths as lists of corners on the page; curves end a subpath."""
        found = self.found
        count: int = pdf.count_segments(handle)
        found.segments += max(count, 0)
        if found.segments > self.limit:
            raise TooComplex
        own = (ctypes.c_float * 6)()
        pdf.object_matrix(handle, ctypes.addressof(own))
        a, b, c, d, e, f = own
        whole: Matrix = _product((a, b, c, d, e, f), matrix) if matrix else (a, b, c, d, e, f)
        at = ctypes.addressof(self.floats)
        paths: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = pdf.get_segment(handle, index)
            kind = pdf.segment_type(segment)
            pdf.segment_point(segment, at, at + 4)
            x, y = self.floats[0], self.floats[1]
            x, y = whole[0] * x + whole[2] * y + whole[4], whole[1] * x + whole[3] * y + whole[5]
            seen = self.frame.box(x, y, x, y)
            if kind == pdf.MOVE or not paths:
                paths.append([seen[:2]])
            elif kind == pdf.LINE:
                paths[-1].append(seen[:2])
                if pdf.segment_closes(segment):
                    paths[-1].append(paths[-1][0])
            else:
                paths.append([seen[:2]])
        return paths

    def edges(self, corners: list[tuple[float, float]]) -> None:
        """Take the upright and level edges of a stroked path as lines."""
        for (x0, y0), (x1, y1) in pairwise(corners):
            if abs(y1 - y0) <= 0.5 and abs(x1 - x0) > THIN:
                self.found.horizontal.append(((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= 0.5 and abs(y1 - y0) > THIN:
                self.found.vertical.append(((x0 + x1) / 2, min(y0, y1), max(y0, y1)))

    def area(self, corners: list[tuple[float, float]], handle: pdf.Handle) -> None:
        """Take one filled subpath as a line where it is thin, else as an area where it is a rectangle and not white."""
        if len(corners) < 4:
            return
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if bottom - top <= THIN < right - left:
            self.found.horizontal.append(((top + bottom) / 2, left, right))
        elif right - left <= THIN < bottom - top:
            self.found.vertical.append(((left + right) / 2, top, bottom))
        elif len(corners) <= 6 and not self.is_white(handle):
            self.found.areas.append((left, top, right, bottom))

    def is_white(self, handle: pdf.Handle) -> bool:
        at = ctypes.addressof(self.integers)
        if not pdf.fill_colour(handle, at, at + 4, at + 8, at + 12):
            return True
        return min(self.integers[:3]) >= 250 or self.integers[3] == 0


def _moved(matrix: Matrix, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
    ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
    return min(xs), min(ys), max(xs), max(ys)


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
