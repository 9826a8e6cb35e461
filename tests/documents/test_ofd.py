"""OFD files: text and ruling lines come back as lines and tables, whatever the writer's manner."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pytest

from gongkai.documents.limits import Limits
from gongkai.documents.model import Document, Table
from gongkai.documents.ofd import read
from gongkai.documents.ofd.geometry import deltas, numbers, steps, subpaths
from gongkai.documents.source import Source
from gongkai.errors import UnreadableDocument
from tests.documents.ofd_made import NAMESPACE, ofd
from tests.documents.official import official_tables

PROSE = "全年主动公开政府信息124条，收到申请3件。" * 4


def reading(data: bytes, **limits: int) -> Document:
    return read(Source(data, "made.ofd"), Limits(**limits))


def grid(table: Table) -> list[tuple[object, ...]]:
    return [(c.text.replace(" ", ""), c.row, c.column, c.row_span, c.column_span) for c in table.cells]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("writing", ["lines", "runs", "characters"])
@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("rules", ["lines", "rectangles"])
def test_the_official_tables_come_back_cell_by_cell(form: str, writing: Any, scaled: bool, rules: Any) -> None:
    given = official_tables({"requests.new.total": 17, "requests.granted.natural_person": 108}, form)
    data = ofd(["某县年度报告", PROSE, *given, "落款"], title="某县", writing=writing, scaled=scaled, rules=rules)
    document = reading(data)
    assert [grid(one) for one in document.tables] == [grid(one) for one in given]
    assert sum(len(one.cells) for one in document.tables) > 250
    body = [one.text for one in document.paragraphs if one.part == "body"]
    assert body[0] == "某县年度报告"
    assert "".join(body[1:-1]) == PROSE
    assert body[-1] == "落款"
    assert document.title == "某县"
    assert document.pages == 2


def test_places_are_pages_and_boxes_in_points() -> None:
    document = reading(ofd(["第一行"], page_numbers=False))
    (line,) = document.paragraphs
    assert line.page == 1
    assert line.box is not None
    # 27 mm from the left, three characters of 4.2 mm.
    assert line.box[0] == pytest.approx(27 * 72 / 25.4, abs=0.1)
    assert line.box[2] - line.box[0] == pytest.approx(3 * 4.2 * 72 / 25.4, abs=0.2)


def test_page_numbers_and_templates_are_not_body_text() -> None:
    document = reading(ofd([PROSE] * 20, template="某县人民政府办公室"))
    parts = {one.part for one in document.paragraphs if one.text == "某县人民政府办公室"}
    assert parts == {"header"}
    numbers_found = [(one.text.replace(" ", ""), one.part) for one in document.paragraphs if "—" in one.text]
    assert numbers_found == [("—1—", "footer"), ("—2—", "footer"), ("—3—", "footer")][: document.pages]
    assert document.pages is not None
    assert document.pages >= 2


def page(objects: str, before: str = "") -> str:
    return f'<ofd:Page xmlns:ofd="{NAMESPACE}">{before}<ofd:Content><ofd:Layer ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def text_object(inner: str, attributes: str = "") -> str:
    return f'<ofd:TextObject ID="2" Boundary="20 40 100 6" Font="2" Size="4" {attributes}>{inner}</ofd:TextObject>'


def texts(objects: str) -> list[str]:
    data = ofd([], parts={"Doc_0/Pages/Page_0/Content.xml": page(objects)})
    return [one.text for one in reading(data).paragraphs]


def test_invisible_objects_are_not_read() -> None:
    seen = text_object('<ofd:TextCode X="0" Y="4">看</ofd:TextCode>')
    hidden = text_object('<ofd:TextCode X="8" Y="4">藏</ofd:TextCode>', 'Visible="false"')
    nothing = '<ofd:TextObject ID="2" Boundary="20 40 100 6" Size="0"><ofd:TextCode X="9" Y="4">无无</ofd:TextCode></ofd:TextObject>'
    assert texts(seen + hidden + nothing) == ["看"]


def test_a_text_code_without_its_own_place_goes_on_at_the_last_one() -> None:
    two = '<ofd:TextCode X="0" Y="4" DeltaX="4">甲乙</ofd:TextCode><ofd:TextCode Y="12">丙</ofd:TextCode>'
    assert texts(text_object(two)) == ["甲乙", "丙"]


def test_blocks_within_layers_are_read() -> None:
    inner = text_object('<ofd:TextCode X="0" Y="4">内</ofd:TextCode>')
    assert texts(f"<ofd:PageBlock ID='9'><ofd:PageBlock ID='8'>{inner}</ofd:PageBlock></ofd:PageBlock>") == ["内"]


def test_a_promise_of_endless_steps_costs_nothing() -> None:
    assert list(islice(deltas("g 99999999 2 7"), 3)) == [2.0, 2.0, 2.0]
    assert list(deltas("g 2 3.5 4, 5")) == [3.5, 3.5, 4.0, 5.0]
    assert list(steps("3", [1.0, 1.0, 1.0])) == [3.0, 1.0, 1.0]
    assert texts(text_object('<ofd:TextCode X="0" Y="4" DeltaX="g 999999999 4">甲乙丙</ofd:TextCode>')) == ["甲乙丙"]


def test_paths_keep_their_corners() -> None:
    assert list(subpaths("M 0 0 L 10 0 L 10 5 C M 1 1 B 0 0 0 0 4 4")) == [
        [(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 0.0)],
        [(1.0, 1.0), (4.0, 4.0)],
    ]
    assert list(subpaths("M 0 L x C")) == []
    assert numbers("1e999 -.5 3.") == [0.0, -0.5, 3.0]


def refused(data: bytes, **limits: int) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        reading(data, **limits)
    return caught.value.code


def test_what_cannot_be_read_is_refused() -> None:
    assert refused(ofd([], page_numbers=False)) == "document.no_text"
    assert refused(ofd([PROSE] * 30), pages=1) == "document.too_many_pages"
    assert refused(ofd(["字"], parts={"OFD.xml": f'<o:OFD xmlns:o="{NAMESPACE}"/>'})) == "document.damaged.package"
    assert refused(ofd(["字"], parts={"Doc_0/Pages/Page_0/Content.xml": "<a"})) == "document.damaged.package"
    much = text_object(f'<ofd:TextCode X="0" Y="4">{"字" * 1_100_000}</ofd:TextCode>')
    assert refused(ofd([], parts={"Doc_0/Pages/Page_0/Content.xml": page(much)})) == "document.too_complex"


def test_a_large_picture_raises_a_doubt() -> None:
    picture = '<ofd:ImageObject ID="5" Boundary="0 0 210 200" ResourceID="7"/>'
    data = ofd(
        ["正文"],
        parts={
            "Doc_0/Pages/Page_0/Content.xml": page(
                picture + text_object('<ofd:TextCode X="0" Y="4">字</ofd:TextCode>')
            )
        },
    )
    assert reading(data).doubts == ("document.picture_not_read",)
