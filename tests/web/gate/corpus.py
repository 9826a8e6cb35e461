"""A labelled corpus: documents of every format with values of made-up persons in every layer, and what only looks like it.

Seeded: the same number gives the same document. Shares nothing with the package.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape

from tests.web.gate import containers as made
from tests.web.gate import made_up
from tests.web.gate.innocent import lines_of_nothing

Make = Callable[[random.Random], str]
KINDS: dict[str, Make] = {
    "identity": made_up.identity,
    "old identity": made_up.old_identity,
    "mobile": made_up.mobile,
    "card": made_up.card,
    "address": made_up.address,
    "minor": lambda rng: made_up.identity(rng, child=True),
    "minor by name": made_up.name,
}


class Planted(NamedTuple):
    """A value put into a document: its kind, the layer (as findings name it; `inside` for files in files), the value."""

    kind: str
    layer: str
    value: str


class Labelled(NamedTuple):
    """One document with its name, format, what was put into it, and lines that must stay as they are."""

    name: str
    format: str
    content: bytes
    planted: tuple[Planted, ...]
    kept: tuple[str, ...] = ()


WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def written(kind: str, value: str, rng: random.Random) -> str:
    """A value as people write it: in full-width figures, in groups, with a small x."""
    if kind in ("address", "minor by name", "old identity"):
        return value
    way = rng.randrange(10)
    if way == 0:
        return value.translate(WIDE)
    if way in (1, 2):
        groups = {11: (3, 4, 4), 18: (6, 8, 4), 16: (4, 4, 4, 4), 19: (4, 4, 4, 4, 3)}[len(value)]
        sign, at, parts = " " if way == 1 else "-", 0, []
        for size in groups:
            parts.append(value[at : at + size])
            at += size
        return sign.join(parts)
    if way == 3:
        return value.lower()
    if way == 4 and kind == "mobile":
        return rng.choice(("+86 ", "+86", "86-", "0086")) + value
    if way == 5 and kind in ("identity", "minor"):
        return " ".join(value)
    return value


def sentence(kind: str, value: str, rng: random.Random) -> str:
    """A sentence of a notice that gives the value away."""
    who, shown = made_up.name(rng), written(kind, value, rng)
    return {
        "identity": (
            f"申请人{who}（身份证号：{shown}）符合条件。", f"经查，{who}，男，公民身份号码{shown}，未按时整改。", f"{who} {shown} 已领取。", f"持证人{who}，证件号码为{shown}。",
        ),
        "minor": (f"监护人{who}代其子女（身份证号{shown}）申请救助。", f"{who}，身份证号码：{shown}，在校。"),
        "old identity": (f"{who}，身份证号码：{value}，系原集体企业职工。", f"旧身份证：{value}，持有人{who}。"),
        "mobile": (f"联系人：{who}，手机{shown}。", f"如有疑问请致电{who}（{shown}）。", f"{who}{shown}", f"项目负责人：{who} {shown}", f"微信同号：{shown}，{who}"),
        "card": (f"补贴已打入{who}的账户，卡号{shown}。", f"开户行示例银行，银行卡号：{shown}（{who}）。", f"{who}一卡通 {shown}。", f"收款人{who}，账号：{shown}。"),
        "address": (f"{who}，家庭住址：{value}。", f"当事人{who}，住{value}，个体工商户。", f"户主{who}，现居住地为{value}。"),
        "minor by name": (f"学生{value}（三年级2班）获得资助。", f"资助儿童：{value}，女。", f"{value}，示范小学五年级学生。"),
    }[kind][rng.randrange({"identity": 4, "minor": 2, "old identity": 2, "mobile": 5, "card": 4, "address": 3, "minor by name": 3}[kind])]  # fmt: skip


HEADS = {
    "identity": "身份证号",
    "minor": "身份证号码",
    "old identity": "身份证号码",
    "mobile": "联系电话",
    "card": "银行卡号",
    "address": "家庭住址",
    "minor by name": "学生姓名",
}


def table(kind: str, value: str, rng: random.Random) -> list[list[str]]:
    """A list of persons with the value in a column."""
    head = ["序号", "姓名", HEADS[kind], "金额（元）"]
    rows = [[str(n), made_up.name(rng), "", str(rng.randrange(100, 9000))] for n in range(1, 5)]
    shown = value if kind == "minor by name" else written(kind, value, rng)
    rows[rng.randrange(4)][2] = shown
    return [head, *rows]


FORMATS = ("html", "text", "docx", "xlsx", "pdf", "zip", "image")


def document(number: int) -> Labelled:
    """Document `number` of the corpus; one in three holds nothing."""
    rng = random.Random(f"gate corpus {number}")
    format = FORMATS[number % len(FORMATS)]
    innocent = lines_of_nothing(rng, rng.randrange(4, 9))
    if number % 3 == 2:
        return Labelled(f"{number:04d}.{format}", format, _plain(format, innocent, rng), ())
    kinds = rng.sample(sorted(KINDS), 2)
    makers = _MAKERS[format]
    plan = [(kind, rng.choice(makers)) for kind in kinds]
    if plan[0][1] is plan[1][1]:
        plan[1] = (plan[1][0], makers[(makers.index(plan[0][1]) + 1) % len(makers)])
    bits: dict[str, object] = {}
    planted = []
    for kind, (layer, place) in plan:
        value = KINDS[kind](rng)
        bits[place] = (kind, value)
        planted.append(Planted(kind, layer, value))
    name, content = _BUILDERS[format](number, bits, innocent, rng)
    return Labelled(name, format, content, tuple(planted), tuple(innocent) if format != "image" else ())


def documents(count: int, start: int = 0) -> Iterator[Labelled]:
    """So many documents of the corpus."""
    yield from (document(number) for number in range(start, start + count))


def _said(bits: dict[str, object], place: str, rng: random.Random) -> str:
    given = bits.get(place)
    return sentence(*given, rng) if isinstance(given, tuple) else ""


def _rows(bits: dict[str, object], rng: random.Random) -> list[list[str]]:
    given = bits.get("table")
    return table(*given, rng) if isinstance(given, tuple) else []


def _plain(format: str, innocent: list[str], rng: random.Random) -> bytes:
    return _BUILDERS[format](0, {}, innocent, rng)[1]


def _html(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    body = [f"<p>{escape(line)}</p>" for line in innocent]
    said = {place: _said(bits, place, rng) for place in bits}
    if "text" in bits:
        body.insert(1, f"<p>{escape(said['text'])}</p>")
    if "split" in bits:
        text = said["split"]
        middle = len(text) // 2
        body.insert(2, f"<div>{escape(text[:middle])}<span style='color:red'>{escape(text[middle:])}</span></div>")
    if "hidden" in bits:
        body.append(f"<div style='display:none'>{escape(said['hidden'])}</div>")
    if "comment" in bits:
        body.append(f"<!-- {said['comment']} -->")
    if "attribute" in bits:
        body.append(f'<img src="a.png" alt="{escape(said["attribute"])}">')
    if "data" in bits:
        body.append(f'<img src="{made.data_address(made.picture(description=said["data"]))}">')
    if "table" in bits:
        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in _rows(bits, rng)
        )
        body.append(f"<table>{rows}</table>")
    return f"{number:04d}.html", made.page("\n".join(body))


def _text(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    lines = list(innocent)
    if "text" in bits:
        lines.insert(2, _said(bits, "text", rng))
    if "table" in bits:
        lines += ["", *("\t".join(row) for row in _rows(bits, rng)), ""]
    if "markdown" in bits:
        lines += ["", *(f"- {_said(bits, 'markdown', rng)}" for _ in range(1))]
    charset = "gb18030" if number % 5 == 0 else "utf-8"
    return f"{number:04d}.txt", "\n".join(lines).encode(charset)


def _docx(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    said = {place: _said(bits, place, rng) for place in bits}
    body = [made.paragraph(made.run(line)) for line in innocent]
    if "text" in bits:
        body.insert(1, made.paragraph(made.run(said["text"])))
    if "split" in bits:
        text = said["split"]
        body.insert(
            1,
            made.paragraph(
                *(made.run(text[at : at + 3], "<w:b/>" if at % 2 else "") for at in range(0, len(text), 3))
            ),
        )
    if "hidden" in bits:
        body.append(
            made.paragraph(
                made.run(
                    said["hidden"], rng.choice(("<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'))
                )
            )
        )
    if "deleted" in bits:
        body.append(
            f'<w:p><w:del w:id="1" w:author="甲"><w:r><w:delText>{escape(said["deleted"])}</w:delText></w:r></w:del></w:p>'
        )
    if "box" in bits:
        body.append(
            f"<w:p><w:r><w:pict><w:txbxContent>{made.paragraph(made.run(said['box']))}</w:txbxContent></w:pict></w:r></w:p>"
        )
    if "alternative" in bits:
        body.append(
            f'<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="图" descr="{escape(said["alternative"])}"/></wp:inline></w:drawing></w:r></w:p>'
        )
    if "table" in bits:
        body.append(made.word_table(_rows(bits, rng)))
    parts: dict[str, bytes | str] = {}
    if "media" in bits:
        parts["word/media/image1.jpeg"] = made.picture(description=said["media"])
    if "embedded" in bits:
        parts["word/embeddings/a.xlsx"] = made.workbook({"甲": [["说明"], [said["embedded"]]]})
    content = made.word(
        body, header=said.get("header", ""), footnote=said.get("footnote", ""), comment=said.get("comment", ""), title=said.get("property", ""), parts=parts,
    )  # fmt: skip
    return f"{number:04d}.docx", content


def _xlsx(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    said = {place: _said(bits, place, rng) for place in bits}
    sheets: dict[str, list[list[str]]] = {"公示": [[line] for line in innocent]}
    if "text" in bits:
        sheets["公示"].insert(1, [said["text"]])
    if "table" in bits:
        sheets["名单"] = _rows(bits, rng)
    if "sheet" in bits:
        sheets["底稿"] = [[said["sheet"]]]
    rows = []
    if "row" in bits:
        sheets["公示"].append([said["row"]])
        rows = [len(sheets["公示"])]
    content = made.workbook(
        sheets, hidden=("底稿",), hidden_rows=rows, comment=said.get("comment", ""), title=said.get("property", ""), leftover=said.get("leftover", ""),
        name_text=said.get("name", ""),
    )  # fmt: skip
    return f"{number:04d}.xlsx", content


def _pdf(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    said = {place: _said(bits, place, rng) for place in bits if place != "table"}
    lines = list(innocent)
    if "text" in bits:
        lines.insert(1, said["text"])
    content = made.portable(
        [lines, ["第二页", *innocent[:2]]], invisible=said.get("invisible", ""), white=said.get("white", ""), covered=said.get("covered", ""), outside=said.get("outside", ""),
        note=said.get("note", ""), title=said.get("property", ""), bookmark=said.get("bookmark", ""), columns=_rows(bits, rng),
    )  # fmt: skip
    return f"{number:04d}.pdf", content


def _zip(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:
    files: dict[str, str | bytes] = {"说明.txt": "\n".join(innocent)}
    if "name" in bits:
        given = bits["name"]
        assert isinstance(given, tuple)
        files[f"{HEADS[given[0]]}{given[1]}.txt"] = "已经受理，正在办理之中。"
    if "text" in bits:
        files["附件/通知.html"] = made.page(f"<p>{escape(_said(bits, 'text', rng))}</p>")
    if "table" in bits:
        files["附件/名单.xlsx"] = made.workbook({"名单": _rows(bits, rng)})
    if "deeper" in bits:
        files["附件.zip"] = made.zipped(
            {"表.docx": made.word([made.paragraph(made.run(_said(bits, "deeper", rng)))])}
        )
    return f"{number:04d}.zip", made.zipped(files)


def _image(number: int, bits: dict[str, object], innocent: list[str], rng: random.Random) -> tuple[str, bytes]:  # noqa: ARG001
    return f"{number:04d}.jpg", made.picture(
        description=_said(bits, "exif", rng) + " " + _said(bits, "exif2", rng),
        form=rng.choice(("JPEG", "PNG", "WEBP")),
    )


_BUILDERS = {"html": _html, "text": _text, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "zip": _zip, "image": _image}
_MAKERS: dict[str, list[tuple[str, str]]] = {
    "html": [("text", "text"), ("text", "split"), ("hidden", "hidden"), ("comment_markup", "comment"), ("attribute", "attribute"), ("inside", "data"), ("text", "table")],
    "text": [("text", "text"), ("text", "table"), ("text", "markdown")],
    "docx": [("text", "text"), ("text", "split"), ("hidden", "hidden"), ("deleted", "deleted"), ("text_box", "box"), ("attribute", "alternative"), ("text", "table"), ("inside", "media"),
             ("inside", "embedded"), ("header", "header"), ("footnote", "footnote"), ("comment", "comment"), ("property", "property")],
    "xlsx": [("text", "text"), ("text", "table"), ("sheet_hidden", "sheet"), ("hidden", "row"), ("comment", "comment"), ("property", "property"), ("leftover", "leftover"), ("attribute", "name")],
    "pdf": [("text", "text"), ("text", "table"), ("hidden", "invisible"), ("hidden", "white"), ("hidden", "covered"), ("hidden", "outside"), ("annotation", "note"), ("property", "property"),
            ("bookmark", "bookmark")],
    "zip": [("inside", "name"), ("inside", "text"), ("inside", "table"), ("inside", "deeper")],
    "image": [("exif", "exif"), ("exif", "exif2")],
}  # fmt: skip
