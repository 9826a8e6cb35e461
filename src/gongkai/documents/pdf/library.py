"""PDFium's functions as plain callables: integer handles, no wrapper objects, no leaks.

pypdfium2 carries the library and starts it. Its own functions check and wrap every argument, which costs more than the
work itself where a function is called once a character, so the few that are needed are bound again to the same addresses.
They hold the interpreter lock: PDFium must never run in two threads at once.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_char_p, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2  # noqa: F401 - starts the library, and ends it with the process
import pypdfium2.raw as raw

Handle = int

PATH = raw.FPDF_PAGEOBJ_PATH
IMAGE = raw.FPDF_PAGEOBJ_IMAGE
FORM = raw.FPDF_PAGEOBJ_FORM
TEXT = raw.FPDF_PAGEOBJ_TEXT
MOVE = raw.FPDF_SEGMENT_MOVETO
LINE = raw.FPDF_SEGMENT_LINETO
INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE


def _bound(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    if address is None:
        raise ImportError(f"PDFium has no function {name}")
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


load_document = _bound("FPDF_LoadMemDocument64", c_void_p, c_char_p, c_size_t, c_char_p)
close_document = _bound("FPDF_CloseDocument", None, c_void_p)
last_error = _bound("FPDF_GetLastError", c_ulong)
page_count = _bound("FPDF_GetPageCount", c_int, c_void_p)
has_valid_references = _bound("FPDF_DocumentHasValidCrossReferenceTable", c_int, c_void_p)
meta_text = _bound("FPDF_GetMetaText", c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)

load_page = _bound("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _bound("FPDF_ClosePage", None, c_void_p)
page_width = _bound("FPDF_GetPageWidthF", c_float, c_void_p)
page_height = _bound("FPDF_GetPageHeightF", c_float, c_void_p)
page_rotation = _bound("FPDFPage_GetRotation", c_int, c_void_p)
page_bounds = _bound("FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
count_objects = _bound("FPDFPage_CountObjects", c_int, c_void_p)
get_object = _bound("FPDFPage_GetObject", c_void_p, c_void_p, c_int)

load_text = _bound("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bound("FPDFText_ClosePage", None, c_void_p)
count_characters = _bound("FPDFText_CountChars", c_int, c_void_p)
get_text = _bound("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
get_unicode = _bound("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
has_map_error = _bound("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)
is_generated = _bound("FPDFText_IsGenerated", c_int, c_void_p, c_int)
loose_box = _bound("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, c_void_p)
character_angle = _bound("FPDFText_GetCharAngle", c_float, c_void_p, c_int)
text_render_mode = _bound("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)

object_type = _bound("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bound("FPDFPageObj_GetBounds", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
object_matrix = _bound("FPDFPageObj_GetMatrix", c_int, c_void_p, c_void_p)
fill_colour = _bound("FPDFPageObj_GetFillColor", c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
draw_mode = _bound("FPDFPath_GetDrawMode", c_int, c_void_p, c_void_p, c_void_p)
count_segments = _bound("FPDFPath_CountSegments", c_int, c_void_p)
get_segment = _bound("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_type = _bound("FPDFPathSegment_GetType", c_int, c_void_p)
segment_point = _bound("FPDFPathSegment_GetPoint", c_int, c_void_p, c_void_p, c_void_p)
segment_closes = _bound("FPDFPathSegment_GetClose", c_int, c_void_p)
count_form_objects = _bound("FPDFFormObj_CountObjects", c_int, c_void_p)
get_form_object = _bound("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)

create_bitmap = _bound("FPDFBitmap_CreateEx", c_void_p, c_int, c_int, c_int, c_void_p, c_int)
fill_bitmap = _bound("FPDFBitmap_FillRect", c_int, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
destroy_bitmap = _bound("FPDFBitmap_Destroy", None, c_void_p)
render_page = _bound("FPDF_RenderPageBitmap", None, c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_int, c_int)
BGR = raw.FPDFBitmap_BGR


@contextmanager
def page(document: Handle, index: int) -> Iterator[Handle | None]:
    """Open the page at `index`, from 0; None where PDFium cannot. Closed on leaving."""
    handle: Handle | None = load_page(document, index)
    try:
        yield handle
    finally:
        if handle:
            close_page(handle)


@contextmanager
def text_of(page_handle: Handle) -> Iterator[Handle | None]:
    """Open the text of a page; None where PDFium cannot. Closed on leaving."""
    handle: Handle | None = load_text(page_handle)
    try:
        yield handle
    finally:
        if handle:
            close_text(handle)
