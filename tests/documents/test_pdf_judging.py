"""PDFs that cannot be read, or not wholly: each ends in a reason, none in silence."""

from __future__ import annotations

import random
import resource
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.documents import Document, Limits, Source
from gongkai.documents.pdf import library, page_images, read, reading
from gongkai.errors import UnreadableDocument
from gongkai.messages import LANGUAGES, catalogue, text
from tests.documents import pdf_made as made

CODES = [
    "encrypted",
    "truncated",
    "damaged.pdf",
    "too_many_pages",
    "too_complex",
    "image_only",
    "no_text",
    "garbled.pdf",
    "page_without_text",
    "picture_not_read",
    "ocr_layer",
    "repaired",
    "cut_inside",
    "damaged.inside",
]


def read_bytes(data: bytes, limits: Limits | None = None) -> Document:
    return read(Source(data, "made.pdf"), limits or Limits())


def refusal(data: bytes, limits: Limits | None = None) -> str:
    """The code of the error, whose message must be there in both languages."""
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, limits)
    for language in LANGUAGES:
        assert "made.pdf" in text(caught.value.code, language, **caught.value.facts)
    return caught.value.code


def outcome(data: bytes) -> str:
    try:
        read_bytes(data)
    except UnreadableDocument as error:
        return error.code
    return "read"


def picture() -> ImageReader:
    return ImageReader(Image.new("RGB", (60, 80), "grey"))


def full_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 0, 0, *A4)


def some_text(canvas: Canvas) -> None:
    canvas.setFont(made.font(), 10.5)
    for line in range(5):
        canvas.drawString(90, 700 - 20 * line, made.PROSE[:30])


def test_every_code_has_a_message_in_both_languages() -> None:
    missing = [
        (code, language) for code in CODES for language in LANGUAGES if f"document.{code}" not in catalogue(language)
    ]
    assert len(CODES) == 14
    assert not missing


def test_a_file_that_asks_for_a_password_says_so() -> None:
    assert refusal(made.drawn(some_text, encrypt="geheim")) == "document.encrypted"


def test_a_file_that_only_forbids_printing_is_read() -> None:
    data = made.drawn(some_text, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    assert len(read_bytes(data).paragraphs) == 5


def test_a_file_that_was_cut_off_is_never_half_read() -> None:
    data = made.report_pdf()
    cuts = 0
    for share in (0.05, 0.3, 0.6, 0.9, 0.98):
        assert refusal(data[: int(len(data) * share)]) in {"document.truncated", "document.damaged.pdf"}
        cuts += 1
    assert cuts == 5
    assert refusal(data[: int(len(data) * 0.6)]) == "document.truncated"


def test_padding_after_the_end_does_no_harm() -> None:
    assert len(read_bytes(made.drawn(some_text) + b"\0" * 10_000).paragraphs) == 5


def test_a_file_that_is_no_pdf_inside_is_damaged() -> None:
    assert refusal(b"%PDF-1.7\n" + b"nothing here " * 50 + b"\n%%EOF\n") == "document.damaged.pdf"


def test_a_file_whose_directory_is_broken_is_read_with_a_doubt() -> None:
    data = made.drawn(some_text)
    at = data.rindex(b"startxref")
    document = read_bytes(data[:at] + b"startxref\n99\n%%EOF\n")
    assert document.doubts == ("document.repaired",)
    assert len(document.paragraphs) == 5


def plain_flate(draw: Callable[[Canvas], None]) -> tuple[bytes, int, int]:
    """A PDF whose page is compressed once, as office programs write it; where its compressed part begins and ends."""
    data = made.drawn(draw, pageCompression=0)
    start = data.index(b"stream", data.index(b"/Length")) + 7
    while b" Tj" not in data[start : data.index(b"endstream", start)]:
        start = data.index(b"stream", data.index(b"endstream", start) + 9) + 7
    end = data.index(b"endstream", start)
    packed = zlib.compress(data[start:end])
    head_at = data.rindex(b"<<", 0, start)
    head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    body = data[:head_at] + head + packed + b"\n" + data[end:]
    return body, head_at + len(head), head_at + len(head) + len(packed)


def test_a_changed_byte_in_the_compressed_page_is_never_read_as_figures() -> None:
    data, start, end = plain_flate(some_text)
    whole = [p.text for p in read_bytes(data).paragraphs]
    assert whole == [made.PROSE[:30]] * 5
    refused = 0
    for at in range(start, end):
        mutant = bytearray(data)
        mutant[at] ^= 0x10
        result = outcome(bytes(mutant))
        if result == "read":
            document = read_bytes(bytes(mutant))
            assert [p.text for p in document.paragraphs] == whole or document.doubts
        else:
            refused += 1
    assert refused > 0.9 * (end - start)


def test_a_compressed_page_without_its_checksum_is_read_with_a_doubt() -> None:
    data, _, end = plain_flate(some_text)
    document = read_bytes(data[: end - 4] + data[end:])
    assert "document.cut_inside" in document.doubts
    assert len(document.paragraphs) == 5


def test_pages_that_are_pictures_only_ask_for_text_recognition() -> None:
    assert refusal(made.drawn(full_picture)) == "document.image_only"
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(made.drawn(full_picture))
    assert "gongkai[ocr]" in text("document.image_only", "zh", **caught.value.facts)


def test_a_picture_with_only_a_page_number_is_still_a_picture() -> None:
    def draw(canvas: Canvas) -> None:
        full_picture(canvas)
        canvas.drawString(300, 40, "- 1 -")

    assert refusal(made.drawn(draw)) == "document.image_only"


def test_a_page_that_is_a_picture_among_pages_of_text_does_not_vanish_in_silence() -> None:
    def draw(canvas: Canvas) -> None:
        some_text(canvas)
        canvas.showPage()
        full_picture(canvas)

    document = read_bytes(made.drawn(draw))
    assert document.doubts == ("document.page_without_text",)
    assert len(document.paragraphs) == 5


def test_a_large_picture_beside_text_is_said() -> None:
    def draw(canvas: Canvas) -> None:
        some_text(canvas)
        canvas.drawImage(picture(), 90, 100, 400, 450)

    assert read_bytes(made.drawn(draw)).doubts == ("document.picture_not_read",)


def test_a_small_picture_beside_text_is_no_doubt() -> None:
    def draw(canvas: Canvas) -> None:
        some_text(canvas)
        canvas.drawImage(picture(), 90, 100, 60, 80)

    assert read_bytes(made.drawn(draw)).doubts == ()


def test_hidden_text_over_a_scan_is_read_with_a_doubt() -> None:
    def draw(canvas: Canvas) -> None:
        full_picture(canvas)
        layer = canvas.beginText(90, 700)
        layer.setFont(made.font(), 10.5)
        layer.setTextRenderMode(3)
        for _ in range(5):
            layer.textLine(made.PROSE[:30])
        canvas.drawText(layer)

    document = read_bytes(made.drawn(draw))
    assert document.doubts == ("document.ocr_layer",)
    assert len(document.paragraphs) == 5


def test_a_page_without_anything_is_no_text_and_a_blank_page_among_others_is_nothing() -> None:
    assert refusal(made.drawn(Canvas.getPageNumber)) == "document.no_text"

    def draw(canvas: Canvas) -> None:
        some_text(canvas)
        canvas.showPage()

    assert read_bytes(made.drawn(draw)).doubts == ()


def test_fonts_without_a_table_of_characters_are_garbled() -> None:
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Vera", 10)
        for line in range(8):
            canvas.drawString(90, 700 - 20 * line, "≤≥∂∑∏∫Ω√∞≈≠◊–—•…‹›")

    data = made.drawn(draw)
    assert len(read_bytes(data).paragraphs) == 8
    assert data.count(b"/ToUnicode") == 1
    assert refusal(data.replace(b"/ToUnicode", b"/ToUnknown")) == "document.garbled.pdf"


def test_more_pages_than_the_limit_are_refused() -> None:
    assert refusal(made.report_pdf(), Limits(pages=2)) == "document.too_many_pages"


def test_a_drawing_of_too_many_lines_and_a_text_of_too_many_characters_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def draw(canvas: Canvas) -> None:
        some_text(canvas)
        path = canvas.beginPath()
        path.moveTo(0, 0)
        for n in range(600):
            path.lineTo(n, n * 7 % 500)
        canvas.drawPath(path)

    data = made.drawn(draw)
    assert read_bytes(data).doubts == ()
    monkeypatch.setattr(reading, "MOST", 500)
    assert refusal(data) == "document.too_complex"
    monkeypatch.setattr(reading, "MOST", 100)
    assert refusal(made.drawn(some_text)) == "document.too_complex"


def test_more_cells_or_lines_than_the_limits_are_refused() -> None:
    data = made.report_pdf()
    assert refusal(data, Limits(cells=100)) == "document.too_complex"
    assert refusal(data, Limits(paragraphs=10)) == "document.too_complex"


@pytest.fixture
def handles(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many handles of each kind were opened and not closed."""
    open_handles: Counter[str] = Counter()

    def counted(kind: str, name: str, step: int) -> None:
        function: Callable[..., object] = getattr(library, name)

        def call(*arguments: object) -> object:
            result = function(*arguments)
            if step < 0 or result:
                open_handles[kind] += step
                open_handles["calls"] += 1
            return result

        monkeypatch.setattr(library, name, call)

    for kind, opens, closes in (
        ("document", "load_document", "close_document"),
        ("page", "load_page", "close_page"),
        ("text", "load_text", "close_text"),
        ("bitmap", "create_bitmap", "destroy_bitmap"),
    ):
        counted(kind, opens, 1)
        counted(kind, closes, -1)
    return open_handles


def test_all_handles_are_closed_also_after_a_refusal(handles: Counter[str], monkeypatch: pytest.MonkeyPatch) -> None:
    data = made.report_pdf()
    read_bytes(data)
    refusal(data, Limits(pages=1))
    refusal(made.drawn(full_picture))
    monkeypatch.setattr(reading, "MOST", 1500)
    refusal(data)
    images = page_images(Source(data, "made.pdf"), Limits(), 1.0)
    next(images)
    images.close()  # type: ignore[attr-defined]
    assert handles["calls"] > 30
    assert {kind: count for kind, count in handles.items() if kind != "calls"} == dict.fromkeys(
        ("document", "page", "text", "bitmap"), 0
    )


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes only on Linux")
def test_a_thousand_documents_leave_no_memory_behind() -> None:
    data = made.drawn(some_text)
    for _ in range(200):
        read_bytes(data)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(1000):
        read_bytes(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


def test_changed_bytes_end_in_a_document_or_in_a_refusal() -> None:
    data = made.report_pdf()
    outcomes: Counter[str] = Counter()
    for seed in range(120):
        chance = random.Random(seed)
        mutant = bytearray(data)
        for _ in range(chance.choice([1, 5, 40])):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        outcomes[outcome(bytes(mutant))] += 1
    assert outcomes.total() == 120
    assert outcomes["read"]
    assert outcomes.keys() - {"read"} <= {f"document.{code}" for code in CODES}
    assert len(outcomes) > 1


def test_pages_can_be_painted_for_text_recognition() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(100, A4[1] - 300, 200, 200, fill=1)

    (image,) = page_images(Source(made.drawn(draw), "made.pdf"), Limits(), 2.0)
    assert (image.number, round(image.width), round(image.height)) == (1, 595, 842)
    assert (image.columns, image.rows) == (round(image.width * 2), round(image.height * 2))
    assert len(image.pixels) == image.columns * image.rows * 3

    def pixel(x: float, y: float) -> bytes:
        at = (int(y * 2) * image.columns + int(x * 2)) * 3
        return image.pixels[at : at + 3]

    assert pixel(200, 200) == b"\0\0\0"
    assert pixel(50, 50) == b"\xff\xff\xff"


def test_a_page_too_large_to_paint_is_refused() -> None:
    data = made.drawn(lambda canvas: canvas.rect(1, 1, 5, 5), size=(9000.0, 9000.0))
    with pytest.raises(UnreadableDocument, match="too_complex"):
        next(iter(page_images(Source(data, "made.pdf"), Limits(), 2.0)))
