"""All kinds of file by name: report and seed in, bytes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.generator import html_kinds, office_kinds, pdf_kinds, text_kinds
from tests.generator.made import Made


@dataclass(frozen=True)
class Rendered:
    """A file: its bytes, the ending of its name, its format as `Document.format` calls it."""

    data: bytes
    ending: str
    format: str


@dataclass(frozen=True)
class Kind:
    """A kind of file. `positions` says that empty cells keep their place in it."""

    name: str
    render: Callable[[Made, Random], Rendered]
    positions: bool
    format: str = "text"


def _text(writer: text_kinds.Writer, **fixed: object) -> Callable[[Made, Random], Rendered]:
    def render(made: Made, rng: Random) -> Rendered:
        settings: dict[str, object] = {
            "wrap": rng.choice((0, 0, 0, 28, 44, 66)),
            "airy": rng.random() < 0.3,
            "indent": rng.choice(("", "", "　　", "  ", "\t")),
        }
        if writer is text_kinds.led and settings["indent"] == "\t":
            settings["indent"] = ""  # there a tab begins a cell
        text = text_kinds.compose(made, rng, writer, **{**settings, **fixed})  # type: ignore[arg-type]
        return encoded(text, rng)

    return render


def encoded(text: str, rng: Random) -> Rendered:
    """Text as bytes: mostly UTF-8, sometimes with a byte order mark, GB 18030, or UTF-16."""
    coding = rng.choices(("utf-8", "utf-8-sig", "gb18030", "utf-16"), (86, 6, 6, 2))[0]
    if rng.random() < 0.08:
        text = text.replace("\n", "\r\n")
    return Rendered(text.encode(coding), "txt", "text")


def _changed(made: Made, rng: Random) -> Rendered:
    writer = rng.choice((text_kinds.rows, text_kinds.broken_labels))
    text = text_kinds.compose(made, rng, writer, wrap=rng.choice((0, 40)), airy=rng.random() < 0.5)
    text = text_kinds.with_mixed_brackets(text, rng)
    if rng.random() < 0.7:
        text = text_kinds.with_radicals(text)
    return Rendered(text.encode(), "txt", "text")


def _page(writer: Callable[[Made, Random], str]) -> Callable[[Made, Random], Rendered]:
    return lambda made, rng: Rendered(writer(made, rng).encode(), "html", "html")


def _mislabelled(made: Made, rng: Random) -> Rendered:
    writer = rng.choice((html_kinds.official, html_kinds.furnished, html_kinds.word))
    return Rendered(html_kinds.coded(writer(made, rng), rng), "htm", "html")


def _bytes(writer: Callable[[Made, Random], bytes], ending: str) -> Callable[[Made, Random], Rendered]:
    return lambda made, rng: Rendered(writer(made, rng), ending, ending)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text-rows", _text(text_kinds.rows), positions=False),
        Kind("text-cells", _text(text_kinds.cells), positions=False),
        Kind("text-led", _text(text_kinds.led, wrap=0, airy=False), positions=True),
        Kind("text-tabs", _text(text_kinds.tabs), positions=True),
        Kind("text-shifted", _text(text_kinds.shifted, wrap=0), positions=False),
        Kind("text-pipes", _text(text_kinds.pipes, wrap=0), positions=True),
        Kind("text-markdown", _text(text_kinds.markdown, wrap=0), positions=True),
        Kind("text-trailing-pipes", _text(text_kinds.trailing_pipes, wrap=0), positions=True),
        Kind("text-broken", _text(text_kinds.broken_labels), positions=False),
        Kind("text-inside", _text(text_kinds.inside), positions=False),
        Kind("text-vertical", _text(text_kinds.vertical), positions=False),
        Kind("text-paged", _text(text_kinds.paged), positions=False),
        Kind("text-gaps", _text(text_kinds.gaps), positions=False),
        Kind("text-wide", _text(text_kinds.wide, wrap=0), positions=True),
        Kind("text-radicals", _changed, positions=False),
        Kind("html-official", _page(html_kinds.official), positions=True, format="html"),
        Kind("html-furnished", _page(html_kinds.furnished), positions=True, format="html"),
        Kind("html-word", _page(html_kinds.word), positions=True, format="html"),
        Kind("html-one-table", _page(html_kinds.one_table), positions=True, format="html"),
        Kind("html-layout", _page(html_kinds.layout), positions=True, format="html"),
        Kind("html-charset", _mislabelled, positions=True, format="html"),
        Kind("docx", _bytes(office_kinds.word, "docx"), positions=True, format="docx"),
        Kind("docx-split", _bytes(office_kinds.word_split, "docx"), positions=True, format="docx"),
        Kind("docx-tracked", _bytes(office_kinds.word_tracked, "docx"), positions=True, format="docx"),
        Kind("docx-boxed", _bytes(office_kinds.word_boxed, "docx"), positions=True, format="docx"),
        Kind("docx-numbered", _bytes(office_kinds.word_numbered, "docx"), positions=True, format="docx"),
        Kind("xlsx", _bytes(office_kinds.excel, "xlsx"), positions=True, format="xlsx"),
        Kind("ofd", _bytes(office_kinds.fixed, "ofd"), positions=True, format="ofd"),
        Kind("pdf-ruled", _bytes(pdf_kinds.ruled, "pdf"), positions=True, format="pdf"),
        Kind("pdf-repeated", _bytes(pdf_kinds.repeated, "pdf"), positions=True, format="pdf"),
        Kind("pdf-unruled", _bytes(pdf_kinds.unruled, "pdf"), positions=False, format="pdf"),
    )
}


def render(kind: str, made: Made, seed: int | None = None) -> Rendered:
    """Write a report as one kind of file. What the kind destroys is noted in `made.lost`."""
    return KINDS[kind].render(made, Random((made.seed if seed is None else seed) * 7919 + 1))
