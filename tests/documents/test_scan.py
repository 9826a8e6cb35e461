"""Pictures: text is recognised, ruling lines make the grid, and the doubt is always said."""

from __future__ import annotations

import io
import random
import socket
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest

from gongkai import messages
from gongkai.documents import scan
from gongkai.documents.limits import Limits
from gongkai.documents.model import Document, Table
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from tests.documents.official import official_tables
from tests.documents.page_layout import HEIGHT, WIDTH, Page, Rule, Text, advance, lay_out

Image = pytest.importorskip("PIL.Image", reason="the extra gongkai[ocr] is not installed")
pytest.importorskip("rapidocr", reason="the extra gongkai[ocr] is not installed")
from PIL import ImageDraw, ImageFont  # noqa: E402

DOTS = 8
"""Pixels a millimetre: 203 dpi."""


def picture(page: Page, font_file: str | None = None) -> Any:
    """Paint a page; without a font file with Pillow's own font, which has Western characters only."""
    image = Image.new("RGB", (int(WIDTH * DOTS), int(HEIGHT * DOTS)), "white")
    draw = ImageDraw.Draw(image)
    for rule in page.rules:
        draw.line([at * DOTS for at in rule], fill="black", width=2)
    for text in page.texts:
        size = text.size * DOTS
        font = ImageFont.truetype(font_file, int(size)) if font_file else ImageFont.load_default(size)
        x = text.x
        for piece in text.text if font_file else [text.text]:
            draw.text((x * DOTS, text.baseline * DOTS), piece, font=font, fill="black", anchor="ls")
            x += advance(piece, text.size)
    return image


def saved(*images: Any, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    images[0].save(out, kind, **({"save_all": True, "append_images": images[1:]} if len(images) > 1 else {}))
    return out.getvalue()


def figures(rows: int = 5, columns: int = 6) -> tuple[Page, dict[tuple[int, int], str]]:
    """A ruled table of random figures, with empty cells and single digits."""
    draw = random.Random(7)
    page, truth = Page(), {}
    wide, tall, left, top = 24.0, 9.0, 30.0, 60.0
    for row in range(rows):
        for column in range(columns):
            text = draw.choice(
                ["0", "0", "", str(draw.randint(1, 9)), str(draw.randint(10, 99)), str(draw.randint(100, 9999))]
            )
            truth[row + 1, column + 1] = text
            if text:
                x = left + column * wide + (wide - len(text) * 1.8) / 2
                page.texts.append(Text(x, top + row * tall + 6.0, 3.6, text))
    for n in range(rows + 1):
        page.rules.append(Rule(left, top + n * tall, left + columns * wide, top + n * tall))
    for n in range(columns + 1):
        page.rules.append(Rule(left + n * wide, top, left + n * wide, top + rows * tall))
    page.texts.append(Text(30.0, 40.0, 6.0, "REPORT 2023"))
    return page, truth


def reading(data: bytes, name: str = "made.png") -> Document:
    return scan.read(Source(data, name), Limits())


def of(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in table.cells}


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise AssertionError(f"a connection was tried: {given}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("angle", [0.0, 0.8])
def test_figures_in_a_picture_come_back_in_their_cells_without_a_network(angle: float) -> None:
    page, truth = figures()
    image = picture(page).rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)
    document = reading(saved(image))
    (table,) = document.tables
    assert of(table) == truth
    assert sum(1 for text in truth.values() if text) > 20
    assert [one.text.replace(" ", "") for one in document.paragraphs] == ["REPORT2023"]
    assert (document.format, document.pages, document.doubts) == ("image", 1, ("document.ocr",))


def test_a_pdf_of_pictures_is_read_page_by_page() -> None:
    page, truth = figures(2, 3)
    document = reading(saved(picture(page), picture(page), kind="PDF"), "made.pdf")
    assert (document.format, document.pages) == ("pdf", 2)
    assert len(document.tables) in (1, 2)
    assert of(document.tables[0]).items() >= truth.items()


def chinese_font() -> str | None:
    names = ("*wqy*.tt[cf]", "*NotoSansCJK*.ttc", "*NotoSansSC*.[ot]tf", "*SourceHanSans*.[ot]t[cf]", "*uming*.ttc")
    folder = Path("/usr/share/fonts")
    return next((str(file) for name in names for file in sorted(folder.rglob(name))), None)


def test_the_official_tables_in_a_picture_come_back_cell_by_cell() -> None:
    font = chinese_font()
    if font is None:
        pytest.skip("no Chinese font under /usr/share/fonts to paint a report with")
    draw = random.Random(3)
    values = {f"requests.{row}.{column}": draw.choice([0, 0, 3, 17, 108, 2049]) for row in ("new", "granted", "total")
              for column in ("natural_person", "business", "other_org", "total")}  # fmt: skip
    given = official_tables(values)
    document = reading(saved(*(picture(page, font) for page in lay_out(given)), kind="TIFF"), "made.tif")
    assert len(document.tables) == 3
    wrong = checked = 0
    for read, made in zip(document.tables, given, strict=True):
        found = {(c.row, c.column, c.row_span, c.column_span): c.text for c in read.cells}
        assert found.keys() == {(c.row, c.column, c.row_span, c.column_span) for c in made.cells}
        for cell in made.cells:
            text = found[cell.row, cell.column, cell.row_span, cell.column_span]
            checked += 1
            if cell.text.isdigit():
                assert text == cell.text
            elif folded(text) != folded(cell.text):
                wrong += 1
    assert checked > 250
    assert wrong <= 0.03 * checked


def folded(text: str) -> str:
    return text.replace(" ", "").translate(str.maketrans("()", "（）"))


def refused(data: bytes, **more: Any) -> UnreadableDocument:
    with pytest.raises(UnreadableDocument) as caught:
        scan.read(Source(data, "made.png"), Limits(), **more)
    if caught.value.code not in {"document.no_text"}:
        for language in messages.LANGUAGES:
            assert messages.text(caught.value.code, language, **caught.value.facts)
    return caught.value


def test_without_the_extra_the_reader_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "find_spec", lambda _: None)
    error = refused(saved(Image.new("L", (9, 9))))
    assert error.code == "document.needs_ocr"
    assert "gongkai[ocr]" in messages.text(error.code, "zh", **error.facts)


def test_a_picture_that_promises_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    for side in (9_000, 60_000):
        header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
        bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
        assert refused(bomb).code == "document.image_too_large"


def test_damaged_and_empty_pictures_are_refused() -> None:
    good = saved(picture(figures()[0]))
    assert refused(good[: len(good) // 2]).code == "document.image_damaged"
    assert refused(b"\x89PNG\r\n\x1a\nnothing").code == "document.image_damaged"
    assert refused(saved(Image.new("RGB", (400, 560), "white"))).code == "document.no_text"


def test_recognition_stops_at_its_own_time_limit() -> None:
    assert refused(saved(picture(figures()[0])), seconds=0.0).code == "document.ocr_slow"
